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
