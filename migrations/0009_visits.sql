-- Visits after they are agreed: moved, planned by staff, overbooked for a reason.
--
-- What takes a person's time stays a row of `calendar_claim`; a visit that moves takes its claims along, in place, so that the
-- old time goes in the very step in which the new one is taken.

ALTER TABLE scheduling.visit
    ADD COLUMN message bytea;                                     -- sealed: words to the patient of whoever planned it (R37)

-- A visit that staff planned by mistake is cancelled like any other, and lists leave it out (R38).
ALTER TABLE scheduling.visit DROP CONSTRAINT visit_cancel_reason_check;
ALTER TABLE scheduling.visit ADD CONSTRAINT visit_cancel_reason_check
    CHECK (cancel_reason IN ('time_does_not_fit', 'unwell', 'not_needed', 'therapist_away', 'technical', 'planned_by_mistake',
                             'other'));

-- A step of the history may say from when to when, from whom to whom, and in sealed words why.
ALTER TABLE scheduling.visit_history
    ADD COLUMN was tstzrange,
    ADD COLUMN becomes tstzrange,
    ADD COLUMN was_therapist uuid,                                -- only where somebody else takes over
    ADD COLUMN words bytea,                                       -- sealed
    ADD CONSTRAINT visit_history_moved CHECK ((to_state = 'moved') = (num_nonnulls(was, becomes) = 2)),
    ADD CONSTRAINT visit_history_took_over CHECK (was_therapist IS NULL OR to_state = 'moved');

-- Row security -----------------------------------------------------------------------------------------------------------

-- Staff agree visits without a request (R12): a therapist with the own patients, the desk for everybody.
CREATE POLICY planned ON scheduling.visit FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid()) AND people.sees(patient_id));
CREATE POLICY for_functions ON scheduling.visit FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY moved_by_functions ON scheduling.visit FOR UPDATE TO CURRENT_USER USING (true);

CREATE POLICY taken_by_staff ON scheduling.calendar_claim FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'liaison'
        OR ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid()) AND people.sees(patient_id)));
-- Whoever may take time may not therefore overbook: that is for staff, in their own name.
CREATE POLICY overbooked_by_staff ON scheduling.calendar_claim AS RESTRICTIVE FOR INSERT TO tele_app
    WITH CHECK (overbooked_by IS NULL
        OR (overbooked_by = (SELECT kernel.uid()) AND (SELECT kernel.role()) IN ('therapist', 'liaison')));

-- What was overbooked counts as taken for everybody who comes later. The exclusion constraint cannot say that, because it
-- leaves both sides of an overbooking out; so the claim that comes later is refused here, in the constraint's name. A booking
-- locks its holders first (`make_way`), hence sees what was taken before.
CREATE FUNCTION scheduling.respect_overbooked() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    IF EXISTS (
        SELECT FROM calendar_claim k
        WHERE k.holder_id = NEW.holder_id AND k.during && NEW.during AND k.released_at IS NULL AND k.overbooked_by IS NOT NULL
          AND k.id <> NEW.id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free',
            MESSAGE = 'something was overbooked at that time';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION scheduling.respect_overbooked FROM PUBLIC;
CREATE TRIGGER calendar_claim_overbooked_counts BEFORE INSERT OR UPDATE OF holder_id, during ON scheduling.calendar_claim
    FOR EACH ROW WHEN (NEW.overbooked_by IS NULL AND NEW.released_at IS NULL)
    EXECUTE FUNCTION scheduling.respect_overbooked();

-- Functions ----------------------------------------------------------------------------------------------------------------

-- Takes a therapist's time (buffers included) and a patient's for one cause; answers whether the therapist's was overbooked.
-- `overbook`: staff chose to, in case it is taken. The patient's time is never overbooked: nobody is in two visits at once.
-- Not SECURITY DEFINER, so that row security judges every row.
CREATE FUNCTION scheduling.take_time(claims uuid[], cause text, cause_id uuid, therapist uuid, patient uuid, meeting tstzrange,
                                     with_buffers tstzrange, until timestamptz, overbook boolean)
    RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
DECLARE
    overbooked boolean := false;
BEGIN
    BEGIN
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
        VALUES (claims[1], therapist, therapist, patient, with_buffers, take_time.cause, take_time.cause_id, until);
    EXCEPTION WHEN exclusion_violation THEN
        IF NOT overbook THEN
            RAISE;
        END IF;
        overbooked := true;
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at, overbooked_by)
        VALUES (claims[1], therapist, therapist, patient, with_buffers, take_time.cause, take_time.cause_id, until, kernel.uid());
    END;
    BEGIN
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
        VALUES (claims[2], patient, therapist, patient, meeting, take_time.cause, take_time.cause_id, until);
    EXCEPTION WHEN exclusion_violation THEN
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free_of_patient',
            MESSAGE = 'the patient has something else at that time';
    END;
    RETURN overbooked;
END
$$;
REVOKE ALL ON FUNCTION scheduling.take_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.take_time TO tele_app;

-- Puts an agreed visit and its claims to another time, and by a liaison to another therapist; answers whether it is overbooked
-- there. The claims change in place: whoever wants the old time gets it when this commits and not before, and when the new
-- one is taken the old one stays.
CREATE FUNCTION scheduling.move_visit(visit uuid, therapist uuid, meeting tstzrange, with_buffers tstzrange, overbook boolean)
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    old        scheduling.visit;
    overbooked boolean := false;
    moved      integer;
BEGIN
    SELECT * INTO old FROM visit v WHERE v.id = move_visit.visit FOR UPDATE;
    IF NOT FOUND OR NOT COALESCE(
        kernel.role() = 'liaison'
        OR (therapist = old.therapist_id
            AND ((kernel.role() = 'therapist' AND old.therapist_id = kernel.uid())
                 OR (people.acts_for(old.patient_id) AND NOT overbook))), false)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'this visit is not the actor''s to move';
    END IF;
    BEGIN
        UPDATE calendar_claim k
        SET holder_id = move_visit.therapist, therapist_id = move_visit.therapist, during = with_buffers, overbooked_by = NULL
        WHERE k.cause_id = old.id AND k.released_at IS NULL AND k.holder_id = old.therapist_id;
        GET DIAGNOSTICS moved = ROW_COUNT;
    EXCEPTION WHEN exclusion_violation THEN
        IF NOT overbook THEN
            RAISE;
        END IF;
        overbooked := true;
        UPDATE calendar_claim k
        SET holder_id = move_visit.therapist, therapist_id = move_visit.therapist, during = with_buffers,
            overbooked_by = kernel.uid()
        WHERE k.cause_id = old.id AND k.released_at IS NULL AND k.holder_id = old.therapist_id;
        GET DIAGNOSTICS moved = ROW_COUNT;
    END;
    IF moved <> 1 THEN
        RAISE EXCEPTION 'the visit holds no time of its therapist';
    END IF;
    BEGIN
        UPDATE calendar_claim k SET therapist_id = move_visit.therapist, during = meeting
        WHERE k.cause_id = old.id AND k.released_at IS NULL AND k.holder_id = old.patient_id;
    EXCEPTION WHEN exclusion_violation THEN
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free_of_patient',
            MESSAGE = 'the patient has something else at that time';
    END;
    UPDATE visit v SET therapist_id = move_visit.therapist, during = meeting WHERE v.id = old.id;
    RETURN overbooked;
END
$$;
REVOKE ALL ON FUNCTION scheduling.move_visit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.move_visit TO tele_app;

-- Proposals ----------------------------------------------------------------------------------------------------------------

-- Other times that are kept for a patient until they choose one: for a request whose time is not possible, or for an agreed
-- visit that should move. Their claims have the cause `proposal`, and the time's id as cause.
CREATE TABLE scheduling.proposal (
    id           uuid PRIMARY KEY,
    request_id   uuid REFERENCES scheduling.booking_request,
    visit_id     uuid REFERENCES scheduling.visit,
    patient_id   uuid NOT NULL,
    therapist_id uuid NOT NULL,                                   -- who would meet them
    service_id   uuid NOT NULL REFERENCES scheduling.service,
    state        text NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'expired', 'replaced')),
    words        bytea,                                           -- sealed: to the patient
    created_at   timestamptz NOT NULL,
    created_by   uuid NOT NULL,
    created_role text NOT NULL,
    expires_at   timestamptz NOT NULL,
    answered_at  timestamptz,
    CONSTRAINT proposal_of CHECK (num_nonnulls(request_id, visit_id) = 1),
    CONSTRAINT proposal_answered CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX proposal_of_request ON scheduling.proposal (request_id) WHERE state = 'open';
CREATE UNIQUE INDEX proposal_of_visit ON scheduling.proposal (visit_id) WHERE state = 'open';

-- One to three of them.
CREATE TABLE scheduling.proposal_time (
    id          uuid PRIMARY KEY,
    proposal_id uuid NOT NULL REFERENCES scheduling.proposal,
    during      tstzrange NOT NULL CHECK (NOT isempty(during)),
    place       smallint NOT NULL CHECK (place BETWEEN 1 AND 3),
    chosen      boolean NOT NULL DEFAULT false,
    UNIQUE (proposal_id, place)
);

ALTER TABLE scheduling.calendar_claim DROP CONSTRAINT calendar_claim_cause_check;
ALTER TABLE scheduling.calendar_claim ADD CONSTRAINT calendar_claim_cause_check
    CHECK (cause IN ('hold', 'request', 'visit', 'proposal'));

ALTER TABLE scheduling.proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.proposal FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY expired_by_functions ON scheduling.proposal FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.proposal FOR SELECT TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'liaison' OR people.sees(patient_id));
CREATE POLICY made ON scheduling.proposal FOR INSERT TO tele_app
    WITH CHECK (created_by = (SELECT kernel.uid()) AND created_role = (SELECT kernel.role())
        AND ((SELECT kernel.role()) = 'liaison'
            OR ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid()) AND visit_id IS NOT NULL)));
CREATE POLICY answered ON scheduling.proposal FOR UPDATE TO tele_app
    USING (people.acts_for(patient_id) OR (SELECT kernel.role()) = 'liaison'
        OR ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid())));
GRANT SELECT, INSERT, UPDATE (state, answered_at) ON scheduling.proposal TO tele_app;

ALTER TABLE scheduling.proposal_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.proposal_time FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.proposal_time FOR SELECT TO CURRENT_USER USING (true);
-- A subquery on a guarded table asks its policies: whoever sees the proposal sees its times.
CREATE POLICY seen ON scheduling.proposal_time FOR SELECT TO tele_app
    USING (EXISTS (SELECT FROM scheduling.proposal p WHERE p.id = proposal_id));
CREATE POLICY made ON scheduling.proposal_time FOR INSERT TO tele_app
    WITH CHECK (EXISTS (SELECT FROM scheduling.proposal p WHERE p.id = proposal_id AND p.created_by = (SELECT kernel.uid())));
CREATE POLICY chosen ON scheduling.proposal_time FOR UPDATE TO tele_app
    USING (EXISTS (SELECT FROM scheduling.proposal p WHERE p.id = proposal_id AND people.acts_for(p.patient_id)));
GRANT SELECT, INSERT, UPDATE (chosen) ON scheduling.proposal_time TO tele_app;

-- The desk decided when it proposed; with the patient's yes the visit is agreed (its therapist joins the care team as 0007 has
-- it for visits that are agreed by rule).
CREATE POLICY accepted ON scheduling.visit FOR INSERT TO tele_app
    WITH CHECK (people.acts_for(patient_id) AND EXISTS (
        SELECT FROM scheduling.proposal p
        WHERE p.request_id = visit.request_id AND p.patient_id = visit.patient_id AND p.therapist_id = visit.therapist_id
          AND p.state = 'accepted' AND p.created_role = 'liaison'));
-- As in 0004, and proposals end like holds and requests: their request ends with them, an agreed visit stays as it is.
CREATE OR REPLACE FUNCTION scheduling.make_way(holders uuid[], at timestamptz) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    due      uuid[];
    holds    uuid[];
    asked    uuid[];
    offers   uuid[];
    proposed uuid[];
    times    uuid[];
BEGIN
    IF kernel.role() IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('scheduling ' || o.h::text, 0))
    FROM (SELECT DISTINCT h FROM unnest(holders) AS h ORDER BY h) o;
    SELECT array_agg(DISTINCT k.cause_id) INTO due FROM calendar_claim k
    WHERE k.released_at IS NULL AND k.expires_at <= at AND (holders IS NULL OR k.holder_id = ANY (holders));
    IF due IS NULL THEN
        RETURN;
    END IF;
    holds := ARRAY(SELECT s.id FROM slot_hold s WHERE s.id = ANY (due) AND s.state = 'active' FOR UPDATE SKIP LOCKED);
    asked := ARRAY(SELECT q.id FROM booking_request q WHERE q.id = ANY (due) AND q.state = 'pending' FOR UPDATE SKIP LOCKED);
    offers := ARRAY(
        SELECT p.id FROM proposal p
        WHERE p.state = 'open' AND p.id IN (SELECT t.proposal_id FROM proposal_time t WHERE t.id = ANY (due))
        FOR UPDATE SKIP LOCKED);
    proposed := ARRAY(
        SELECT q.id FROM booking_request q
        WHERE q.state = 'proposed' AND q.id IN (SELECT p.request_id FROM proposal p WHERE p.id = ANY (offers))
        FOR UPDATE SKIP LOCKED);
    -- A proposal whose request somebody else has in hand waits for the next time, as a whole.
    offers := ARRAY(SELECT p.id FROM proposal p
                    WHERE p.id = ANY (offers) AND (p.request_id IS NULL OR p.request_id = ANY (proposed)));
    times := ARRAY(SELECT t.id FROM proposal_time t WHERE t.proposal_id = ANY (offers));
    UPDATE calendar_claim k SET released_at = at
    WHERE k.cause_id = ANY (holds || asked || times) AND k.released_at IS NULL;
    UPDATE slot_hold s SET state = 'expired' WHERE s.id = ANY (holds);
    UPDATE proposal p SET state = 'expired', answered_at = at WHERE p.id = ANY (offers);
    RETURN QUERY
        WITH expired AS (
            UPDATE booking_request q SET state = 'expired', decided_at = at WHERE q.id = ANY (asked || proposed)
            RETURNING q.id, q.patient_id, q.therapist_id, CASE WHEN q.id = ANY (asked) THEN 'pending' ELSE 'proposed' END AS was
        ), noted AS (
            INSERT INTO visit_history (id, request_id, patient_id, therapist_id, at, by_role, from_state, to_state)
            SELECT gen_random_uuid(), e.id, e.patient_id, e.therapist_id, at, 'system:worker', e.was, 'expired'
            FROM expired e
        )
        SELECT e.id FROM expired e;
END
$$;
