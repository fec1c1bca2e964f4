-- The desk: one queue over everything that waits for a decision, and what a liaison keeps for their own work.
--
-- What waits is asked from the slices and never copied here: these tables only say who has an item, what was put aside, and how a
-- liaison likes to write and look. All of it is the desk's alone.

CREATE SCHEMA desk;
GRANT USAGE ON SCHEMA desk TO tele_app;

-- Who works on an item. The primary key makes taking atomic: of two liaisons one inserts the row.
CREATE TABLE desk.taken (
    kind       text NOT NULL CHECK (kind IN ('request', 'proposal', 'affected', 'confirm', 'letter', 'waitlist')),
    item_id    uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES identity.account,
    taken_at   timestamptz NOT NULL,
    PRIMARY KEY (kind, item_id)
);

-- An item that needs nobody although its cause goes on: the visit takes place all the same, the letter was given by phone.
CREATE TABLE desk.put_aside (
    kind       text NOT NULL CHECK (kind IN ('affected', 'confirm', 'letter')),
    item_id    uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES identity.account,
    at         timestamptz NOT NULL,
    PRIMARY KEY (kind, item_id)
);

-- Texts the desk writes again and again. About nobody, so not sealed; the page says so where they are written.
CREATE TABLE desk.template (
    id         uuid PRIMARY KEY,
    purpose    text NOT NULL CHECK (purpose IN ('decline', 'question', 'proposal')),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    body       text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
    reason     text CHECK (length(reason) <= 40),                 -- the listed reason it belongs to, for a decline
    changed_by uuid NOT NULL REFERENCES identity.account,
    changed_at timestamptz NOT NULL,
    CHECK (purpose = 'decline' OR reason IS NULL),
    CONSTRAINT template_name UNIQUE (purpose, name)
);

-- A saved set of filters of the table of all visits. `filters` is the query of the address: codes, dates and ids.
CREATE TABLE desk.saved_view (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    filters    text NOT NULL CHECK (length(filters) <= 400 AND filters ~ '^[A-Za-z0-9_=&-]*$'),
    CONSTRAINT saved_view_name UNIQUE (account_id, name)
);

-- Which columns of that table an account wants to see, in order.
CREATE TABLE desk.chosen_columns (
    account_id uuid PRIMARY KEY REFERENCES identity.account,
    columns    text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 12)
);

-- Whom a search found. The words that were typed are not kept; the address carries the id of this row and nothing else.
CREATE TABLE desk.found (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account,
    at         timestamptz NOT NULL,
    patients   uuid[] NOT NULL
);
CREATE INDEX found_of ON desk.found (account_id, at);

-- A table that left the house as a file: who, when, why, which filters. What was in it is in the audit chain.
CREATE TABLE desk.export (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account,
    at         timestamptz NOT NULL,
    reason     text NOT NULL CHECK (length(reason) BETWEEN 3 AND 200),
    filters    text NOT NULL CHECK (length(filters) <= 400)
);

DO $$
DECLARE
    one text;
BEGIN
    -- The desk's own: every liaison.
    FOREACH one IN ARRAY ARRAY['taken', 'put_aside', 'template'] LOOP
        EXECUTE format('ALTER TABLE desk.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE desk.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY desk ON desk.%I TO tele_app USING ((SELECT kernel.role()) = ''liaison'')', one);
    END LOOP;
    -- A liaison's own.
    FOREACH one IN ARRAY ARRAY['saved_view', 'chosen_columns', 'found', 'export'] LOOP
        EXECUTE format('ALTER TABLE desk.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE desk.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY own ON desk.%I TO tele_app
                        USING ((SELECT kernel.role()) = ''liaison'' AND account_id = (SELECT kernel.uid()))', one);
    END LOOP;
END
$$;
-- Nobody takes or puts aside in another's name.
CREATE POLICY in_own_name ON desk.taken AS RESTRICTIVE FOR INSERT TO tele_app
    WITH CHECK (account_id = (SELECT kernel.uid()));
CREATE POLICY over_to_oneself ON desk.taken AS RESTRICTIVE FOR UPDATE TO tele_app
    USING (true) WITH CHECK (account_id = (SELECT kernel.uid()));
CREATE POLICY in_own_name ON desk.put_aside AS RESTRICTIVE FOR INSERT TO tele_app
    WITH CHECK (account_id = (SELECT kernel.uid()));
GRANT SELECT, INSERT, UPDATE (account_id, taken_at), DELETE ON desk.taken TO tele_app;
GRANT SELECT, INSERT, DELETE ON desk.put_aside TO tele_app;
GRANT SELECT, INSERT, UPDATE (name, body, reason, changed_by, changed_at), DELETE ON desk.template TO tele_app;
GRANT SELECT, INSERT, UPDATE (filters), DELETE ON desk.saved_view TO tele_app;
GRANT SELECT, INSERT, UPDATE (columns) ON desk.chosen_columns TO tele_app;
GRANT SELECT, INSERT, DELETE ON desk.found TO tele_app;
GRANT SELECT, INSERT ON desk.export TO tele_app;

-- What the desk needs of scheduling ---------------------------------------------------------------------------------------

-- The desk asks the patient something before it decides; one question at a time. Both texts are sealed.
CREATE TABLE scheduling.request_question (
    id          uuid PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES scheduling.booking_request,
    patient_id  uuid NOT NULL,
    asked_by    uuid NOT NULL,
    asked_at    timestamptz NOT NULL,
    question    bytea NOT NULL,
    answered_by uuid,
    answered_at timestamptz,
    answer      bytea,
    CHECK (num_nonnulls(answered_by, answered_at, answer) IN (0, 3))
);
CREATE INDEX request_question_of ON scheduling.request_question (request_id, asked_at);
CREATE UNIQUE INDEX request_question_open ON scheduling.request_question (request_id) WHERE answered_at IS NULL;
ALTER TABLE scheduling.request_question ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.request_question FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON scheduling.request_question FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' OR people.acts_for(patient_id));
CREATE POLICY asked ON scheduling.request_question FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'liaison' AND asked_by = (SELECT kernel.uid()) AND answered_at IS NULL);
CREATE POLICY answered ON scheduling.request_question FOR UPDATE TO tele_app
    USING (answered_at IS NULL AND people.acts_for(patient_id))
    WITH CHECK (answered_by = (SELECT kernel.uid()) AND people.acts_for(patient_id));
GRANT SELECT, INSERT, UPDATE (answered_by, answered_at, answer) ON scheduling.request_question TO tele_app;

-- Before it approves, the desk may change time, therapist or the end of waiting; the claims move with the request.
GRANT UPDATE (therapist_id, service_id, during, expires_at) ON scheduling.booking_request TO tele_app;

-- A visit that was agreed and taken back at once, before anybody had looked at it. For everybody it never was; the row stays,
-- because nothing is deleted here and the history of the request tells of it.
ALTER TABLE scheduling.visit ADD COLUMN undone_at timestamptz;
ALTER TABLE scheduling.visit ADD CONSTRAINT visit_undone CHECK (undone_at IS NULL OR (state = 'cancelled' AND request_id IS NULL));
CREATE POLICY never_was ON scheduling.visit AS RESTRICTIVE FOR SELECT TO tele_app USING (undone_at IS NULL);
CREATE POLICY ended_by_functions ON people.relation FOR UPDATE TO CURRENT_USER USING (true);

-- Has anybody but the desk looked at this patient since this thing was last changed? The audit chain knows.
CREATE FUNCTION scheduling.looked_at_since(patient uuid, thing uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, kernel AS $$
BEGIN
    RETURN kernel.role() IS DISTINCT FROM 'liaison' OR EXISTS (
        SELECT FROM audit_entry e
        WHERE e.patient = looked_at_since.patient AND e.action = 'read' AND e.role <> 'liaison'
          AND e.seq > (SELECT max(c.seq) FROM audit_entry c
                       WHERE c.patient = looked_at_since.patient AND c.object = thing AND c.action IN ('created', 'changed')));
END
$$;
REVOKE ALL ON FUNCTION scheduling.looked_at_since FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.looked_at_since TO tele_app;

-- An approval is taken back: the visit never was, its time is the request's again, and a therapist whom it had made part of the
-- care team is no longer. Whether it may be taken back is decided by the caller, who holds the request's lock.
CREATE FUNCTION scheduling.take_back_approval(request uuid, at timestamptz) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    taken scheduling.visit;
    asked scheduling.booking_request;
BEGIN
    IF kernel.role() IS DISTINCT FROM 'liaison' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO asked FROM booking_request q
        WHERE q.id = request AND q.state = 'approved' AND q.decided_by = kernel.uid() FOR UPDATE;
    SELECT * INTO taken FROM visit v WHERE v.request_id = request AND v.state = 'scheduled' FOR UPDATE;
    IF asked.id IS NULL OR taken.id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE calendar_claim k SET cause = 'request', cause_id = request, expires_at = asked.expires_at
        WHERE k.cause_id = taken.id AND k.released_at IS NULL;
    UPDATE visit v SET state = 'cancelled', cancel_reason = 'other', cancel_role = 'liaison', cancel_late = false,
                       request_id = NULL, undone_at = at
        WHERE v.id = taken.id;
    UPDATE booking_request q SET state = 'pending', visit_id = NULL, decided_at = NULL, decided_by = NULL WHERE q.id = request;
    UPDATE people.relation r SET ends_at = at
        WHERE r.account_id = asked.therapist_id AND r.patient_id = asked.patient_id AND r.kind = 'care_team'
          AND r.starts_at = asked.decided_at AND r.created_by = asked.decided_by AND r.ends_at IS NULL;
    RETURN taken.id;
END
$$;
REVOKE ALL ON FUNCTION scheduling.take_back_approval FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.take_back_approval TO tele_app;

-- The table of all visits is filtered by one of these and leafed through in order of time.
CREATE INDEX visit_state ON scheduling.visit (state, starts_at, id);
CREATE INDEX visit_service ON scheduling.visit (service_id, starts_at, id);
-- What waits for the therapist's word.
CREATE INDEX visit_unconfirmed ON scheduling.visit (ends_at) WHERE state = 'ended';

-- About how many visits lie in a stretch: the planner's guess, which costs no counting. As the owner, because row security would
-- spoil the guess; it tells a number and no row.
CREATE FUNCTION desk.about_visits(from_ timestamptz, until_ timestamptz, state_ text, therapist uuid, service uuid)
    RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    plan json;
BEGIN
    IF kernel.role() IS DISTINCT FROM 'liaison' THEN
        RETURN 0;
    END IF;
    EXECUTE format(
        'EXPLAIN (FORMAT JSON) SELECT FROM scheduling.visit v WHERE v.starts_at >= %L AND v.starts_at < %L', from_, until_)
        || CASE WHEN state_ IS NULL THEN '' ELSE format(' AND v.state = %L', state_) END
        || CASE WHEN therapist IS NULL THEN '' ELSE format(' AND v.therapist_id = %L', therapist) END
        || CASE WHEN service IS NULL THEN '' ELSE format(' AND v.service_id = %L', service) END
        INTO plan;
    RETURN (plan->0->'Plan'->>'Plan Rows')::numeric::bigint;
END
$$;
REVOKE ALL ON FUNCTION desk.about_visits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk.about_visits TO tele_app;
