-- The room of a visit: what happened in it, as a log of sealed batches, and now and then its whole state, so that a server
-- that was killed brings the board back as it was acknowledged. Only the room's own task reads and writes here, on behalf
-- of the people it has checked at the door: no role of a person sees a row, not even of their own visit.

CREATE SCHEMA room;
GRANT USAGE ON SCHEMA room TO tele_app;

-- One row per room that was ever opened.
CREATE TABLE room.session (
    visit_id   uuid PRIMARY KEY REFERENCES scheduling.visit (id),
    patient_id uuid NOT NULL,                       -- whose key seals
    epoch      bigint NOT NULL CHECK (epoch > 0),   -- grows each time the room is read back: its numbering started anew
    opened_at  timestamptz NOT NULL,
    saved      bytea,                               -- the whole state, sealed
    saved_n    bigint NOT NULL DEFAULT 0            -- the last batch that `saved` contains
);

-- Everything that was kept, in order of `n`: people, what was shown, every operation on the board. Append-only. It is also
-- what a replay is made of.
CREATE TABLE room.batch (
    visit_id uuid NOT NULL REFERENCES room.session (visit_id),
    n        bigint GENERATED ALWAYS AS IDENTITY,
    id       uuid NOT NULL,                         -- binds the sealed body to this row
    kept_at  timestamptz NOT NULL,
    body     bytea NOT NULL,
    PRIMARY KEY (visit_id, n)
);

ALTER TABLE room.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE room.session FORCE ROW LEVEL SECURITY;
CREATE POLICY room_task ON room.session TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker') WITH CHECK ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT, UPDATE (epoch, saved, saved_n) ON room.session TO tele_app;

ALTER TABLE room.batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE room.batch FORCE ROW LEVEL SECURITY;
CREATE POLICY room_task ON room.batch TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker') WITH CHECK ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT ON room.batch TO tele_app;
