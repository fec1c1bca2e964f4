-- Visits that repeat: planned, moved and cancelled together.
--
-- The visits of a series are ordinary rows of `visit`: every rule, claim and history of a visit holds for each of them. What is
-- new is where they come from, and functions that do for many what 0009 does for one, so that a change of many is few round
-- trips and still judged row by row by the exclusion constraint.

-- A series as it was agreed, in local time: a weekday and a reading of the clock in one zone (G3). The reading follows when
-- the rest of the series is moved; the dates are those of its visits.
CREATE TABLE scheduling.series (
    id           uuid PRIMARY KEY,
    patient_id   uuid NOT NULL,
    therapist_id uuid NOT NULL,
    service_id   uuid NOT NULL REFERENCES scheduling.service,
    zone         text NOT NULL,
    first_date   date NOT NULL,
    minute       smallint NOT NULL CHECK (minute BETWEEN 0 AND 1439),
    every_weeks  smallint NOT NULL CHECK (every_weeks IN (1, 2)),
    visits       smallint NOT NULL CHECK (visits BETWEEN 1 AND 52),  -- planned at the start; places count up to this
    created_at   timestamptz NOT NULL,
    created_by   uuid NOT NULL,
    created_role text NOT NULL,
    CONSTRAINT series_of UNIQUE (id, patient_id)
);
ALTER TABLE scheduling.series ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.series FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.series FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.series FOR SELECT TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) IN ('liaison', 'system:worker')
        OR people.sees(patient_id));
-- Staff agree series as they agree visits (R12): the desk for everybody, a therapist with the own patients.
CREATE POLICY planned ON scheduling.series FOR INSERT TO tele_app
    WITH CHECK (created_by = (SELECT kernel.uid()) AND created_role = (SELECT kernel.role())
        AND ((SELECT kernel.role()) = 'liaison'
            OR ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid()) AND people.sees(patient_id))));
CREATE POLICY moved ON scheduling.series FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) = 'liaison'
        OR ((SELECT kernel.role()) = 'therapist' AND therapist_id = (SELECT kernel.uid())));
GRANT SELECT, INSERT, UPDATE (minute) ON scheduling.series TO tele_app;

-- Which visit of which series; nobody's visit is part of somebody else's series, and no place is given twice.
ALTER TABLE scheduling.visit
    ADD COLUMN series_id uuid,
    ADD COLUMN series_place smallint CHECK (series_place BETWEEN 1 AND 52),
    ADD CONSTRAINT visit_in_series CHECK ((series_id IS NULL) = (series_place IS NULL)),
    ADD CONSTRAINT visit_series FOREIGN KEY (series_id, patient_id) REFERENCES scheduling.series (id, patient_id);
CREATE UNIQUE INDEX visit_place ON scheduling.visit (series_id, series_place) WHERE series_id IS NOT NULL;

-- Functions ----------------------------------------------------------------------------------------------------------------

-- Takes the time of both for several visits of one pair: all or none. `claims` are two for each visit, the therapist's first.
-- Not SECURITY DEFINER, so that row security judges every row.
CREATE FUNCTION scheduling.take_times(claims uuid[], visits uuid[], therapist uuid, patient uuid, starts timestamptz[],
                                      ends timestamptz[], from_buffer timestamptz[], until_buffer timestamptz[])
    RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
BEGIN
    INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
    SELECT claims[2 * v.n - 1], therapist, therapist, patient, tstzrange(from_buffer[v.n], until_buffer[v.n]), 'visit', v.id
    FROM unnest(visits) WITH ORDINALITY AS v (id, n);
    BEGIN
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
        SELECT claims[2 * v.n], patient, therapist, patient, tstzrange(starts[v.n], ends[v.n]), 'visit', v.id
        FROM unnest(visits) WITH ORDINALITY AS v (id, n);
    EXCEPTION WHEN exclusion_violation THEN
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free_of_patient',
            MESSAGE = 'the patient has something else at that time';
    END;
END
$$;
REVOKE ALL ON FUNCTION scheduling.take_times FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.take_times TO tele_app;

-- Moves several visits of one therapist, in the order in which they are named: all or none. The caller names them so that none
-- runs into one that has not gone yet.
CREATE FUNCTION scheduling.move_visits(visits uuid[], therapist uuid, starts timestamptz[], ends timestamptz[],
                                       from_buffer timestamptz[], until_buffer timestamptz[])
    RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
BEGIN
    FOR n IN 1 .. cardinality(visits) LOOP
        PERFORM move_visit(visits[n], therapist, tstzrange(starts[n], ends[n]), tstzrange(from_buffer[n], until_buffer[n]), false);
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION scheduling.move_visits FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.move_visits TO tele_app;

-- Letters ------------------------------------------------------------------------------------------------------------------

-- A change of many visits is one letter to each reader, not one for each visit.
ALTER TABLE letters.letter DROP CONSTRAINT letter_kind_check;
ALTER TABLE letters.letter ADD CONSTRAINT letter_kind_check
    CHECK (kind IN ('request_received', 'request_declined', 'request_expired', 'time_gone', 'question_asked', 'times_proposed',
                    'visit_confirmed', 'visit_moved', 'visit_cancelled', 'reminder', 'new_visit', 'confirm_nudge',
                    'series_confirmed', 'new_series', 'series_moved', 'series_cancelled'));

-- The visits such a letter speaks of, each as the reader's calendar knows it from then on. The letter's own visit is the first.
CREATE TABLE letters.letter_visit (
    letter_id uuid NOT NULL REFERENCES letters.letter,
    visit_id  uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at   timestamptz NOT NULL,
    sequence  integer NOT NULL CHECK (sequence >= 0),
    PRIMARY KEY (letter_id, visit_id)
);
CREATE INDEX letter_visit_visit ON letters.letter_visit (visit_id);
ALTER TABLE letters.letter_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.letter_visit FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON letters.letter_visit TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
CREATE POLICY overseen ON letters.letter_visit FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison');
GRANT SELECT, INSERT ON letters.letter_visit TO tele_app;
