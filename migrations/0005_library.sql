-- The library: a therapist's pictures, videos and documents, the sealed files behind them, and the kit of each visit.
--
-- Material belongs to its therapist. Somebody else sees an item only through the kit of a visit they are in, and only
-- once it is checked. The files themselves are sealed objects in the blob store; a row here knows an object's length,
-- without which nobody can open it.

CREATE SCHEMA library;
GRANT USAGE ON SCHEMA library TO tele_app;

-- One thing on the shelf. A removed item keeps its row: the order of a session can then say what is missing.
CREATE TABLE library.item (
    id           uuid PRIMARY KEY,
    owner_id     uuid NOT NULL,                              -- the therapist
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    kind         text NOT NULL CHECK (kind IN ('picture', 'video', 'document')),
    state        text NOT NULL CHECK (state IN ('uploading', 'checking', 'ready', 'refused')),
    refusal      text,                                       -- a code of library::model::Refusal
    bytes        bigint NOT NULL CHECK (bytes > 0),          -- of the file as it was sent; counts against the quota
    width        integer NOT NULL DEFAULT 0,
    height       integer NOT NULL DEFAULT 0,
    pages        integer NOT NULL DEFAULT 0,
    duration_ms  integer NOT NULL DEFAULT 0,                 -- of a video; the browser's word until the file is read
    steps_done   integer NOT NULL DEFAULT 0,                 -- of the check: pages of a document
    steps_all    integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    removed_at   timestamptz,
    CONSTRAINT item_refusal CHECK ((state = 'refused') = (refusal IS NOT NULL))
);
CREATE INDEX item_shelf ON library.item (owner_id, created_at DESC) WHERE removed_at IS NULL;

-- A piece of an upload, sealed like everything else. The pieces of an item lie end to end from byte 0; the sum of their
-- bytes is where the upload goes on. They go away when the check is over.
CREATE TABLE library.upload_part (
    item_id    uuid NOT NULL REFERENCES library.item,
    starts_at  bigint NOT NULL CHECK (starts_at >= 0),
    bytes      bigint NOT NULL CHECK (bytes > 0),
    object_id  uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    CONSTRAINT upload_part_once PRIMARY KEY (item_id, starts_at)
);

-- A file a device loads: a picture or page in two sizes, a film, the still of a film. Written once, never changed.
CREATE TABLE library.asset (
    object_id uuid PRIMARY KEY,
    item_id   uuid NOT NULL REFERENCES library.item,
    variant   text NOT NULL CHECK (variant ~ '^[a-z0-9-]{1,20}$'),  -- its word in /media/{item}/{variant}
    role      text NOT NULL CHECK (role IN ('full', 'small')),      -- shown on the stage, or in a list
    page      integer NOT NULL DEFAULT 0,                           -- from 1 in a document
    mime      text NOT NULL,
    bytes     bigint NOT NULL CHECK (bytes > 0),                    -- plain
    sha256    bytea NOT NULL CHECK (octet_length(sha256) = 32),     -- of the plain bytes
    CONSTRAINT asset_variant UNIQUE (item_id, variant)
);

-- The kit of a visit: what the therapist prepared for it. The patient is here because the message is sealed under theirs.
CREATE TABLE library.kit (
    visit_id     uuid PRIMARY KEY,
    therapist_id uuid NOT NULL,
    patient_id   uuid NOT NULL,
    waiting_item uuid REFERENCES library.item,               -- the film in the waiting room
    message      bytea,                                      -- for the waiting room, sealed
    changed_at   timestamptz NOT NULL
);
CREATE INDEX kit_waiting_item ON library.kit (waiting_item) WHERE waiting_item IS NOT NULL;

-- The order of the session. Positions are 1, 2, 3 ... without gaps; the check waits for the end of the transaction, so
-- that two rows can change places.
CREATE TABLE library.kit_item (
    visit_id uuid NOT NULL REFERENCES library.kit,
    item_id  uuid NOT NULL REFERENCES library.item,
    position integer NOT NULL CHECK (position > 0),
    CONSTRAINT kit_item_once PRIMARY KEY (visit_id, item_id),
    CONSTRAINT kit_item_position UNIQUE (visit_id, position) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX kit_item_use ON library.kit_item (item_id);

ALTER TABLE library.item ENABLE ROW LEVEL SECURITY;
ALTER TABLE library.item FORCE ROW LEVEL SECURITY;
ALTER TABLE library.upload_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE library.upload_part FORCE ROW LEVEL SECURITY;
ALTER TABLE library.asset ENABLE ROW LEVEL SECURITY;
ALTER TABLE library.asset FORCE ROW LEVEL SECURITY;
ALTER TABLE library.kit ENABLE ROW LEVEL SECURITY;
ALTER TABLE library.kit FORCE ROW LEVEL SECURITY;
ALTER TABLE library.kit_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE library.kit_item FORCE ROW LEVEL SECURITY;

-- Does the item belong to the actor? A function of its own, because a kit's policy asks an item and an item's asks the kit.
CREATE FUNCTION library.owns(item uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT EXISTS (SELECT FROM library.item i WHERE i.id = item AND i.owner_id = (SELECT kernel.uid())) $$;
REVOKE ALL ON FUNCTION library.owns FROM PUBLIC;
GRANT EXECUTE ON FUNCTION library.owns TO tele_app;

-- Kits are read by whoever is in the visit, and written by its therapist. An item enters a kit only by its owner's hand:
-- a foreign key alone would let a therapist put a stranger's item into an own kit and look at it there.
CREATE POLICY in_visit ON library.kit FOR SELECT
    USING (scheduling.in_visit(visit_id));
CREATE POLICY host ON library.kit
    USING (therapist_id = (SELECT kernel.uid()) AND (SELECT kernel.role()) = 'therapist')
    WITH CHECK (therapist_id = (SELECT kernel.uid()) AND (SELECT kernel.role()) = 'therapist'
        AND scheduling.in_visit(visit_id)
        AND (waiting_item IS NULL OR library.owns(waiting_item)));
CREATE POLICY task ON library.kit
    USING ((SELECT kernel.role()) IN ('system:worker', 'system:seed'));

CREATE POLICY in_visit ON library.kit_item FOR SELECT
    USING (scheduling.in_visit(visit_id));
CREATE POLICY host ON library.kit_item
    USING ((SELECT kernel.role()) = 'therapist' AND EXISTS (
        SELECT FROM library.kit k WHERE k.visit_id = kit_item.visit_id AND k.therapist_id = (SELECT kernel.uid())))
    WITH CHECK ((SELECT kernel.role()) = 'therapist'
        AND EXISTS (
            SELECT FROM library.kit k WHERE k.visit_id = kit_item.visit_id AND k.therapist_id = (SELECT kernel.uid()))
        AND library.owns(item_id));
CREATE POLICY task ON library.kit_item
    USING ((SELECT kernel.role()) IN ('system:worker', 'system:seed'));

CREATE POLICY own ON library.item
    USING (owner_id = (SELECT kernel.uid()) AND (SELECT kernel.role()) = 'therapist');
CREATE POLICY in_kit ON library.item FOR SELECT
    USING (state = 'ready' AND removed_at IS NULL AND (
        EXISTS (SELECT FROM library.kit_item k WHERE k.item_id = item.id AND scheduling.in_visit(k.visit_id))
        OR EXISTS (SELECT FROM library.kit k WHERE k.waiting_item = item.id AND scheduling.in_visit(k.visit_id))));
CREATE POLICY task ON library.item
    USING ((SELECT kernel.role()) IN ('system:worker', 'system:seed'));

-- A file is seen by whoever sees its item; only its owner sees the pieces of an upload.
CREATE POLICY with_item ON library.asset FOR SELECT
    USING (EXISTS (SELECT FROM library.item i WHERE i.id = item_id));
CREATE POLICY own ON library.asset FOR DELETE
    USING (EXISTS (SELECT FROM library.item i WHERE i.id = item_id AND i.owner_id = (SELECT kernel.uid())));
CREATE POLICY task ON library.asset
    USING ((SELECT kernel.role()) IN ('system:worker', 'system:seed'));
CREATE POLICY own ON library.upload_part
    USING (EXISTS (SELECT FROM library.item i WHERE i.id = item_id AND i.owner_id = (SELECT kernel.uid())));
CREATE POLICY task ON library.upload_part
    USING ((SELECT kernel.role()) IN ('system:worker', 'system:seed'));

GRANT SELECT, INSERT, UPDATE ON library.item TO tele_app;
GRANT SELECT, INSERT, DELETE ON library.upload_part, library.asset TO tele_app;
GRANT SELECT, INSERT, UPDATE ON library.kit TO tele_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON library.kit_item TO tele_app;
