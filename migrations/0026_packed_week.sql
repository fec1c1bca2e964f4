-- What searching and booking cost, once more (0024, decision 0019): a week travels packed, and a hold is placed by one right.

-- A week's shifts lie with the calendar too, packed as `hours_around` says (4 bytes each, in network order), so that a search over
-- everybody reads one row for each therapist. Kept by the trigger below, in the transaction that changes the shifts.
ALTER TABLE scheduling.calendar ADD COLUMN week bytea NOT NULL DEFAULT '';
CREATE POLICY kept_by_functions ON scheduling.calendar FOR UPDATE TO CURRENT_USER USING (true);
REVOKE INSERT, UPDATE ON scheduling.calendar FROM tele_app;
GRANT INSERT (therapist_id, zone), UPDATE (zone, day_visits, day_minutes, week_visits, week_minutes) ON scheduling.calendar TO tele_app;

CREATE FUNCTION scheduling.packed_week(therapist uuid) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT COALESCE(string_agg(int4send(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min), ''), '')
    FROM scheduling.availability_rule w WHERE w.therapist_id = therapist
    $$;
REVOKE ALL ON FUNCTION scheduling.packed_week FROM PUBLIC;
UPDATE scheduling.calendar SET week = scheduling.packed_week(therapist_id);

CREATE FUNCTION scheduling.keep_week() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    UPDATE calendar c SET week = packed_week(c.therapist_id) WHERE c.therapist_id IN (OLD.therapist_id, NEW.therapist_id);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION scheduling.keep_week FROM PUBLIC;
CREATE TRIGGER availability_rule_kept AFTER INSERT OR UPDATE OR DELETE ON scheduling.availability_rule
    FOR EACH ROW EXECUTE FUNCTION scheduling.keep_week();

-- What a search over everybody who offers a service needs to know of their time, in no order. What there is much of is packed:
-- `weeks` as the calendar has them; `taken` led by whose it is (16 bytes), with start and end (8 and 8, microseconds since 2000), in
-- network order. One row comes to five hundred therapists; nothing is grouped, sorted or joined for it. A clinic's closure is
-- nobody's. Absences and dates may be of somebody who offers something else. Nothing at all for a stranger.
DROP FUNCTION scheduling.time_of_all(uuid, tstzrange, timestamptz);
CREATE FUNCTION scheduling.time_of_all(wanted uuid, reach tstzrange, at timestamptz)
    RETURNS TABLE (ids uuid[], zones text[], weeks bytea[], dated_of uuid[], dated_on date[], dated_from smallint[],
                   dated_until smallint[], away_of uuid[], away_from timestamptz[], away_until timestamptz[], taken bytea)
    LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, scheduling
    SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    IF kernel.role() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT *
    FROM (
        SELECT array_agg(o.therapist_id), array_agg(c.zone), array_agg(c.week)
        FROM offer o LEFT JOIN calendar c ON c.therapist_id = o.therapist_id WHERE o.service_id = wanted
    ) o
    CROSS JOIN (
        SELECT array_agg(x.therapist_id), array_agg(x.on_date), array_agg(x.starts_min), array_agg(x.ends_min)
        FROM availability_override x WHERE x.on_date BETWEEN lower(reach)::date - 1 AND upper(reach)::date + 1
    ) x
    CROSS JOIN (
        SELECT array_agg(COALESCE(t.therapist_id, '00000000-0000-0000-0000-000000000000')), array_agg(lower(t.during)),
               array_agg(upper(t.during))
        FROM time_off t WHERE t.during && reach
    ) t
    CROSS JOIN (
        SELECT string_agg(uuid_send(k.holder_id) || timestamptz_send(k.starts_at) || timestamptz_send(k.ends_at), '')
        FROM calendar_claim k
        WHERE k.released_at IS NULL AND k.holder_id = k.therapist_id AND (k.expires_at IS NULL OR k.expires_at > at)
          AND k.starts_at > lower(reach) - interval '1 day' AND k.starts_at < upper(reach) AND k.ends_at > lower(reach)
    ) k;
END
$$;
REVOKE ALL ON FUNCTION scheduling.time_of_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.time_of_all TO tele_app;

-- A booking asks once whose time it takes, not for each of its rows: what follows runs as its owner.
CREATE POLICY placed_by_functions ON scheduling.slot_hold FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY taken_by_functions ON scheduling.calendar_claim FOR INSERT TO CURRENT_USER WITH CHECK (true);

-- Writes a hold: lets end what is over (the outbox hears of the requests among it), lets go of the account's earlier hold, takes
-- both claims. Only for oneself, and for a patient whom one acts for: anybody else is refused as row security would.
-- Nothing is looked up beforehand to see whether the time is free: calendar_claim_free decides, and the patient's claim, where it
-- is the one refused, says so by another name.
CREATE OR REPLACE FUNCTION scheduling.place_hold(hold uuid, account uuid, patient uuid, therapist uuid, service uuid, visit tstzrange,
                                      with_buffers tstzrange, at timestamptz, until timestamptz, draft bytea, claims uuid[])
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ended   uuid[];
    earlier uuid;
BEGIN
    IF account IS DISTINCT FROM kernel.uid() OR NOT people.acts_for(patient) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a hold is for whom the actor acts for';
    END IF;
    ended := ARRAY(SELECT make_way(ARRAY[therapist, patient, account], at));
    IF ended <> '{}' THEN
        INSERT INTO kernel.outbox (id, topic, payload, created_at, run_at)
        SELECT gen_random_uuid(), 'scheduling.request_expired', jsonb_build_object('request', e), at, at FROM unnest(ended) e;
    END IF;
    UPDATE slot_hold h SET state = CASE WHEN h.expires_at > at THEN 'released' ELSE 'expired' END
    WHERE h.account_id = account AND h.state = 'active' RETURNING h.id INTO earlier;
    IF FOUND THEN
        UPDATE calendar_claim k SET released_at = at WHERE k.cause_id = earlier AND k.released_at IS NULL;
    END IF;
    BEGIN
        WITH kept AS (
            INSERT INTO slot_hold (id, account_id, patient_id, therapist_id, service_id, during, state, created_at, expires_at,
                                   reason)
            VALUES (hold, account, patient, therapist, service, visit, 'active', at, until, draft)
        )
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
        VALUES (claims[1], therapist, therapist, patient, with_buffers, 'hold', hold, until),
               (claims[2], patient, therapist, patient, visit, 'hold', hold, until);
    EXCEPTION WHEN exclusion_violation THEN
        -- Whose time was it? The locks above still stand, so that the answer is the constraint's.
        IF EXISTS (SELECT FROM free_time(ARRAY[therapist], with_buffers, at) f WHERE f.busy_from IS NOT NULL) THEN
            RAISE;
        END IF;
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free_of_patient',
            MESSAGE = 'the patient has something else at that time';
    END;
    RETURN true;
END
$$;
