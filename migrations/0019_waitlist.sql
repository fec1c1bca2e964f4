-- The waiting list: who wants to hear when a time is free, and the times that are kept for one of them at a time.
--
-- What takes a person's time stays a row of `calendar_claim`: an offer claims therapist and patient like a hold does, so the
-- exclusion constraint is the judge between it and everybody else. Freed time tells the outbox by itself, whoever frees it.

-- A wish to hear of a time. It is for a new visit, for a visit of the patient's that should come sooner, or for a request whose
-- time was gone (U1). How many hours it may be away, and which part of which days fit, is read on the patient's clock.
CREATE TABLE scheduling.waitlist_wish (
    id           uuid PRIMARY KEY,
    patient_id   uuid NOT NULL,
    service_id   uuid NOT NULL REFERENCES scheduling.service,
    therapist_id uuid,                                            -- NULL: anyone who fits
    visit_id     uuid REFERENCES scheduling.visit,                -- sooner than this one
    request_id   uuid REFERENCES scheduling.booking_request,      -- instead of this one's time
    weekdays     smallint NOT NULL CHECK (weekdays BETWEEN 1 AND 127), -- one bit a day, Monday is 1
    parts        smallint NOT NULL CHECK (parts BETWEEN 1 AND 7), -- one bit each: morning, afternoon, evening
    until        timestamptz NOT NULL,                            -- no visit that starts at or after this
    reason       bytea,                                           -- sealed: why the patient wants the visit
    state        text NOT NULL CHECK (state IN ('waiting', 'taken', 'left', 'over')),
    joined_at    timestamptz NOT NULL,                            -- whose turn it is goes by this
    joined_by    uuid NOT NULL,
    ended_at     timestamptz,
    looked_at    timestamptz,                                     -- when a free time was last looked for; NULL: never
    CONSTRAINT waitlist_wish_of CHECK (num_nonnulls(visit_id, request_id) <= 1),
    CONSTRAINT waitlist_wish_with CHECK (therapist_id IS NOT NULL OR num_nonnulls(visit_id, request_id) = 0),
    CONSTRAINT waitlist_wish_ended CHECK ((state = 'waiting') = (ended_at IS NULL))
);
-- Nobody waits twice for the same thing.
CREATE UNIQUE INDEX waitlist_wish_once ON scheduling.waitlist_wish
    (patient_id, service_id, COALESCE(therapist_id, patient_id), COALESCE(visit_id, request_id, patient_id))
    WHERE state = 'waiting';
CREATE INDEX waitlist_wish_turn ON scheduling.waitlist_wish (therapist_id, joined_at) WHERE state = 'waiting';
CREATE INDEX waitlist_wish_look ON scheduling.waitlist_wish (looked_at NULLS FIRST) WHERE state = 'waiting';
CREATE INDEX waitlist_wish_patient ON scheduling.waitlist_wish (patient_id, id);

-- A time that is kept for one wish until it is answered or its time is over. Its claims have the cause `offer`, and its id.
CREATE TABLE scheduling.waitlist_offer (
    id            uuid PRIMARY KEY,
    wish_id       uuid NOT NULL REFERENCES scheduling.waitlist_wish,
    patient_id    uuid NOT NULL,
    therapist_id  uuid NOT NULL,
    service_id    uuid NOT NULL REFERENCES scheduling.service,
    during        tstzrange NOT NULL CHECK (NOT isempty(during)), -- the visit itself, without buffers
    state         text NOT NULL CHECK (state IN ('open', 'taken', 'passed', 'expired', 'withdrawn')),
    created_at    timestamptz NOT NULL,
    created_by    uuid,                                           -- NULL: found by the clinic's own program
    expires_at    timestamptz NOT NULL,
    answered_at   timestamptz,
    answered_role text,                                           -- who ended it
    request_id    uuid REFERENCES scheduling.booking_request,     -- what it became
    visit_id      uuid REFERENCES scheduling.visit,
    CONSTRAINT waitlist_offer_answered CHECK ((state = 'open') = (answered_at IS NULL)),
    CONSTRAINT waitlist_offer_became CHECK (state = 'taken' OR num_nonnulls(request_id, visit_id) = 0)
);
-- One at a time.
CREATE UNIQUE INDEX waitlist_offer_one ON scheduling.waitlist_offer (wish_id) WHERE state = 'open';
CREATE INDEX waitlist_offer_of ON scheduling.waitlist_offer (wish_id, id);

ALTER TABLE scheduling.calendar_claim DROP CONSTRAINT calendar_claim_cause_check;
ALTER TABLE scheduling.calendar_claim ADD CONSTRAINT calendar_claim_cause_check
    CHECK (cause IN ('hold', 'request', 'visit', 'proposal', 'offer'));

-- What somebody typed for a patient into the form to join, and was refused: without script the text travels in that call alone
-- and comes back from here. Forgotten when they join, and after a day.
CREATE TABLE scheduling.waitlist_draft (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    reason     bytea NOT NULL,                                    -- sealed
    saved_at   timestamptz NOT NULL,
    CONSTRAINT waitlist_draft_one UNIQUE (account_id, patient_id)
);
CREATE INDEX waitlist_draft_old ON scheduling.waitlist_draft (saved_at);

-- What staff freed and may take back within a minute. Until then nobody on the waiting list is offered it, whoever frees other
-- time of the same therapist meanwhile.
CREATE TABLE scheduling.resting_time (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    therapist_id uuid NOT NULL,
    during       tstzrange NOT NULL,
    until        timestamptz NOT NULL
);
CREATE INDEX resting_time_of ON scheduling.resting_time (therapist_id, until);

-- Row security -----------------------------------------------------------------------------------------------------------

ALTER TABLE scheduling.waitlist_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.waitlist_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON scheduling.waitlist_draft TO tele_app
    USING (account_id = (SELECT kernel.uid()))
    WITH CHECK (account_id = (SELECT kernel.uid()) AND people.acts_for(patient_id));
CREATE POLICY forgotten ON scheduling.waitlist_draft TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker') WITH CHECK (false);
GRANT SELECT, INSERT, UPDATE (id, reason, saved_at), DELETE ON scheduling.waitlist_draft TO tele_app;

-- Written by the function that tells who waits, read by the worker that offers.
ALTER TABLE scheduling.resting_time ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.resting_time FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.resting_time TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY seen ON scheduling.resting_time FOR SELECT TO tele_app USING ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT ON scheduling.resting_time TO tele_app;

-- The patient's side and the desk; therapists do not see who waits for them. A wish about a visit or a request is of the same
-- patient, therapist and service, and of a request only where its time was gone.
ALTER TABLE scheduling.waitlist_wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.waitlist_wish FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.waitlist_wish FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.waitlist_wish FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker') OR people.acts_for(patient_id));
CREATE POLICY joined ON scheduling.waitlist_wish FOR INSERT TO tele_app
    WITH CHECK (joined_by = (SELECT kernel.uid()) AND state = 'waiting' AND people.acts_for(patient_id)
        AND (visit_id IS NULL OR EXISTS (
            SELECT FROM scheduling.visit v
            WHERE v.id = visit_id AND v.patient_id = waitlist_wish.patient_id AND v.therapist_id = waitlist_wish.therapist_id
              AND v.service_id = waitlist_wish.service_id))
        AND (request_id IS NULL OR EXISTS (
            SELECT FROM scheduling.booking_request q
            WHERE q.id = request_id AND q.patient_id = waitlist_wish.patient_id AND q.therapist_id = waitlist_wish.therapist_id
              AND q.service_id = waitlist_wish.service_id AND q.state = 'waitlisted')));
CREATE POLICY changed ON scheduling.waitlist_wish FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker') OR people.acts_for(patient_id));
GRANT SELECT, INSERT, UPDATE (state, ended_at, looked_at) ON scheduling.waitlist_wish TO tele_app;

-- Made by the worker, or by hand at the desk; answered by the patient's side.
ALTER TABLE scheduling.waitlist_offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.waitlist_offer FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.waitlist_offer FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY expired_by_functions ON scheduling.waitlist_offer FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.waitlist_offer FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker') OR people.acts_for(patient_id));
CREATE POLICY made ON scheduling.waitlist_offer FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) IN ('liaison', 'system:worker') AND state = 'open'
        AND created_by IS NOT DISTINCT FROM (SELECT kernel.uid())
        AND EXISTS (SELECT FROM scheduling.waitlist_wish w
                    WHERE w.id = wish_id AND w.patient_id = waitlist_offer.patient_id
                      AND w.service_id = waitlist_offer.service_id AND w.state = 'waiting'));
CREATE POLICY answered ON scheduling.waitlist_offer FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker') OR people.acts_for(patient_id));
GRANT SELECT, INSERT, UPDATE (state, answered_at, answered_role, request_id, visit_id) ON scheduling.waitlist_offer TO tele_app;

-- The worker takes time for offers and for nothing else.
CREATE POLICY taken_for_offers ON scheduling.calendar_claim FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:worker' AND cause = 'offer' AND overbooked_by IS NULL
        AND expires_at IS NOT NULL);

-- A liaison wanted to approve the request and found its time gone; with the patient's yes to another time of the same therapist
-- it is agreed.
CREATE POLICY taken_from_waitlist ON scheduling.visit FOR INSERT TO tele_app
    WITH CHECK (people.acts_for(patient_id) AND EXISTS (
        SELECT FROM scheduling.waitlist_offer o JOIN scheduling.waitlist_wish w ON w.id = o.wish_id
        WHERE w.request_id = visit.request_id AND o.patient_id = visit.patient_id AND o.therapist_id = visit.therapist_id
          AND o.during = visit.during AND o.state = 'taken'));

-- Freed time ---------------------------------------------------------------------------------------------------------------

-- What functions say into the outbox, on behalf of whoever changed something.
CREATE POLICY said_by_functions ON kernel.outbox FOR INSERT TO CURRENT_USER
    WITH CHECK (kernel.role() IS NOT NULL AND attempts = 0 AND done_at IS NULL AND dead_at IS NULL);

-- Somebody waits who might be given time of this therapist (NULL: of anybody): the outbox hears of it, once in a transaction for
-- each therapist, however much it frees. What staff free rests for a minute, in which they take a slip back; what a patient or
-- time itself frees is offered at once. Not a word where nobody waits. `freed`: the stretch, where one is given back.
CREATE FUNCTION scheduling.tell_waiting(therapist uuid, freed tstzrange DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    rest      interval := CASE WHEN kernel.role() IN ('liaison', 'therapist', 'admin') THEN interval '1 minute' ELSE interval '0' END;
    told      text := COALESCE(current_setting('scheduling.told', true), '');
    concerned uuid[];
BEGIN
    IF kernel.role() IS NULL THEN
        RETURN;
    END IF;
    IF tell_waiting.therapist IS NULL THEN
        concerned := ARRAY(
            SELECT x.therapist_id FROM waitlist_wish x
            WHERE x.state = 'waiting' AND x.until > kernel.now() AND x.therapist_id IS NOT NULL
            UNION
            SELECT o.therapist_id FROM waitlist_wish x JOIN offer o ON o.service_id = x.service_id
            WHERE x.state = 'waiting' AND x.until > kernel.now() AND x.therapist_id IS NULL);
    ELSIF EXISTS (SELECT FROM waitlist_wish x
                  WHERE x.state = 'waiting' AND x.until > kernel.now() AND x.therapist_id = tell_waiting.therapist)
       OR EXISTS (SELECT FROM waitlist_wish x JOIN offer o ON o.service_id = x.service_id
                  WHERE x.state = 'waiting' AND x.until > kernel.now() AND x.therapist_id IS NULL
                    AND o.therapist_id = tell_waiting.therapist)
    THEN
        concerned := ARRAY[tell_waiting.therapist];
    END IF;
    IF concerned IS NULL THEN
        RETURN;
    END IF;
    IF freed IS NOT NULL AND rest > interval '0' THEN
        DELETE FROM resting_time r
        WHERE r.id IN (SELECT o.id FROM resting_time o WHERE o.until <= kernel.now() FOR UPDATE SKIP LOCKED);
        INSERT INTO resting_time (therapist_id, during, until)
        VALUES (tell_waiting.therapist, freed, kernel.now() + rest);
    END IF;
    concerned := ARRAY(SELECT one FROM unnest(concerned) AS one WHERE position(one::text IN told) = 0);
    PERFORM set_config('scheduling.told', told || array_to_string(concerned, ' ') || ' ', true);
    INSERT INTO kernel.outbox (id, topic, payload, created_at, run_at)
    SELECT gen_random_uuid(), 'scheduling.time_freed', jsonb_build_object('therapist', one), kernel.now(), kernel.now() + rest
    FROM unnest(concerned) AS one;
END
$$;
REVOKE ALL ON FUNCTION scheduling.tell_waiting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.tell_waiting TO tele_app;

-- A therapist's time is given back, or a visit moves away from it.
CREATE FUNCTION scheduling.time_is_freed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
BEGIN
    PERFORM tell_waiting(OLD.holder_id, OLD.during);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION scheduling.time_is_freed FROM PUBLIC;
CREATE TRIGGER calendar_claim_frees_time AFTER UPDATE ON scheduling.calendar_claim
    FOR EACH ROW WHEN (OLD.released_at IS NULL AND OLD.holder_id = OLD.therapist_id
                       AND (NEW.released_at IS NOT NULL OR NEW.during <> OLD.during OR NEW.holder_id <> OLD.holder_id))
    EXECUTE FUNCTION scheduling.time_is_freed();

-- Hours are added, an absence goes.
CREATE FUNCTION scheduling.hours_are_added() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
BEGIN
    PERFORM tell_waiting(h.therapist_id) FROM (SELECT DISTINCT therapist_id FROM changed) h;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION scheduling.hours_are_added FROM PUBLIC;
CREATE TRIGGER availability_rule_adds AFTER INSERT ON scheduling.availability_rule
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION scheduling.hours_are_added();
CREATE TRIGGER availability_override_adds AFTER INSERT ON scheduling.availability_override
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION scheduling.hours_are_added();
CREATE TRIGGER availability_override_goes AFTER DELETE ON scheduling.availability_override
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION scheduling.hours_are_added();
CREATE TRIGGER time_off_goes AFTER DELETE ON scheduling.time_off
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION scheduling.hours_are_added();

-- As in 0009, and offers end like proposals: what was kept is given back, and whose turn is next hears of it by the trigger above.
CREATE OR REPLACE FUNCTION scheduling.make_way(holders uuid[], at timestamptz) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    due      uuid[];
    holds    uuid[];
    asked    uuid[];
    offers   uuid[];
    proposed uuid[];
    times    uuid[];
    kept     uuid[];
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
    kept := ARRAY(SELECT w.id FROM waitlist_offer w WHERE w.id = ANY (due) AND w.state = 'open' FOR UPDATE SKIP LOCKED);
    UPDATE waitlist_offer w SET state = 'expired', answered_at = at, answered_role = 'system:worker' WHERE w.id = ANY (kept);
    UPDATE calendar_claim k SET released_at = at
    WHERE k.cause_id = ANY (holds || asked || times || kept) AND k.released_at IS NULL;
    UPDATE slot_hold s SET state = 'expired' WHERE s.id = ANY (holds);
    UPDATE proposal p SET state = 'expired', answered_at = at WHERE p.id = ANY (offers);
    INSERT INTO visit_history (id, request_id, visit_id, patient_id, therapist_id, at, by_role, from_state, to_state)
    SELECT gen_random_uuid(), q.id, v.id, w.patient_id, w.therapist_id, at, 'system:worker', COALESCE(q.state, v.state),
           'offer_expired'
    FROM waitlist_offer w JOIN waitlist_wish x ON x.id = w.wish_id
    LEFT JOIN booking_request q ON q.id = x.request_id
    LEFT JOIN visit v ON v.id = x.visit_id
    WHERE w.id = ANY (kept) AND num_nonnulls(q.id, v.id) = 1;
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

-- Letters ------------------------------------------------------------------------------------------------------------------

-- A letter may be about an offer.
ALTER TABLE letters.letter
    ADD COLUMN offer_id uuid,
    DROP CONSTRAINT letter_check,
    ADD CONSTRAINT letter_about CHECK (num_nonnulls(request_id, visit_id, proposal_id, offer_id) = 1),
    DROP CONSTRAINT letter_kind_check,
    ADD CONSTRAINT letter_kind_check CHECK (kind IN (
        'request_received', 'request_declined', 'request_expired', 'time_gone', 'question_asked', 'times_proposed',
        'visit_confirmed', 'visit_moved', 'visit_cancelled', 'reminder', 'new_visit', 'confirm_nudge', 'series_confirmed',
        'new_series', 'series_moved', 'series_cancelled', 'time_offered'));
