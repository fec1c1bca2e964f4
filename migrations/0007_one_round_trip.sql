-- What became one round trip, mended after 0001 to 0006 had landed: who asks is said in the statement itself, all that decides
-- about a time comes in one row, a hold is written by one call, and whoever changes a calendar stands in line first.

-- Says who asks until the end of the transaction, and hands the actor on. For a statement that is a transaction by itself: its
-- functions stand in FROM and take what this answers, so that they cannot run before it. A statement that forgets it sees nothing.
CREATE FUNCTION kernel.act_as(uid uuid, actor_role text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    said := set_config('app.uid', COALESCE(uid::text, ''), true);
    said := set_config('app.role', actor_role, true);
    RETURN uid;
END
$$;

-- Appends the entries of one transaction, if there are any. kernel::audit::verify computes the same hashes on its own.
CREATE OR REPLACE FUNCTION kernel.append_audit(uid uuid, actor_role text, entries jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, kernel AS $$
DECLARE
    head  kernel.audit_head;
    entry jsonb;
    next  bytea;
    now_  timestamptz := date_trunc('microseconds', clock_timestamp());
BEGIN
    IF entries = '[]' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO STRICT head FROM kernel.audit_head FOR UPDATE;
    FOR entry IN SELECT * FROM jsonb_array_elements(entries) LOOP
        head.seq := head.seq + 1;
        next := sha256(head.hash
            || kernel.audit_field(head.seq::text)
            || kernel.audit_field(((extract(epoch FROM now_) * 1000000)::bigint)::text)
            || kernel.audit_field(uid::text)
            || kernel.audit_field(entry->>'acting_for')
            || kernel.audit_field(actor_role)
            || kernel.audit_field(entry->>'patient')
            || kernel.audit_field(entry->>'action')
            || kernel.audit_field(entry->>'kind')
            || kernel.audit_field(entry->>'object'));
        INSERT INTO kernel.audit_entry
        VALUES (head.seq, now_, uid, (entry->>'acting_for')::uuid, actor_role, (entry->>'patient')::uuid,
                entry->>'action', entry->>'kind', (entry->>'object')::uuid, head.hash, next);
        head.hash := next;
    END LOOP;
    UPDATE kernel.audit_head SET seq = head.seq, hash = head.hash;
    RETURN head.seq;
END
$$;

-- The links of an account to a patient, ended ones included, each with what decides whether the patient may be booked with a
-- therapist: for a statement of another schema. Inlined like the above; whether a link covers booking is judged by the asker.
CREATE FUNCTION people.pairings(account uuid, patient uuid, therapist uuid)
    RETURNS TABLE (kind text, scope text[], starts_at timestamptz, ends_at timestamptz, patient_kind text, licensed boolean,
                   accepts_new boolean)
    LANGUAGE sql STABLE AS $$
    SELECT r.kind, r.scope, r.starts_at, r.ends_at, p.kind, COALESCE(l.valid_until >= CURRENT_DATE, false), t.accepts_new
    FROM people.relation r JOIN people.patient p ON p.id = r.patient_id CROSS JOIN people.therapist t
    LEFT JOIN people.licence l ON l.therapist_id = t.id AND l.state_code = p.state_code
    WHERE r.account_id = account AND r.patient_id = patient AND t.id = therapist
    $$;
REVOKE ALL ON FUNCTION people.pairings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.pairings TO tele_app;

DROP FUNCTION scheduling.free_time(uuid[], tstzrange, timestamptz);
-- All that a search for the free times of these holders needs to know, in one statement: hours, absences and taken stretches,
-- and of the latter only from when until when, in no order. A holder is a therapist, or a patient whom the actor sees. Expired
-- claims count as free; who leaves the judgement to the constraint asks for nothing taken. A shift is packed into one number:
-- weekday * 4194304 + start * 2048 + end. One plan for good: to make a new one for each call costs more than the call.
CREATE FUNCTION scheduling.free_time(holders uuid[], reach tstzrange, at timestamptz, taken_too boolean DEFAULT true)
    RETURNS TABLE (holder_id uuid, zone text, weekly integer[], dated_on date[], dated_from smallint[],
                   dated_until smallint[], away_from timestamptz[], away_until timestamptz[], busy_from timestamptz[],
                   busy_until timestamptz[])
    LANGUAGE plpgsql STABLE ROWS 2 SECURITY DEFINER SET search_path = pg_catalog, scheduling
    SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT h, c.zone, r.weekly, o.dated_on, o.dated_from, o.dated_until, a.away_from, a.away_until, b.busy_from, b.busy_until
    FROM unnest(holders) AS h
    LEFT JOIN LATERAL (SELECT i.therapist_id, i.zone FROM calendar i WHERE i.therapist_id = h LIMIT 1) c ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min) AS weekly
        FROM availability_rule w WHERE w.therapist_id = h
    ) r ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(d.on_date ORDER BY d.on_date, d.starts_min) AS dated_on,
               array_agg(d.starts_min ORDER BY d.on_date, d.starts_min) AS dated_from,
               array_agg(d.ends_min ORDER BY d.on_date, d.starts_min) AS dated_until
        FROM availability_override d
        -- One day to spare on both sides: dates are local, the reach is not.
        WHERE d.therapist_id = h AND d.on_date BETWEEN lower(reach)::date - 1 AND upper(reach)::date + 1
    ) o ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(lower(t.during)) AS away_from, array_agg(upper(t.during)) AS away_until
        FROM time_off t
        WHERE (t.therapist_id = h OR t.therapist_id IS NULL) AND t.during && reach
    ) a ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(k.starts_at) AS busy_from, array_agg(k.ends_at) AS busy_until
        FROM (
            SELECT c.starts_at, c.ends_at, c.expires_at FROM calendar_claim c
            WHERE c.holder_id = h AND c.during && reach AND c.released_at IS NULL AND c.overbooked_by IS NULL
            UNION ALL
            SELECT c.starts_at, c.ends_at, c.expires_at FROM calendar_claim c
            WHERE c.holder_id = h AND c.during && reach AND c.released_at IS NULL AND c.overbooked_by IS NOT NULL
        ) k
        WHERE taken_too AND (k.expires_at IS NULL OR k.expires_at > at)
    ) b ON true
    WHERE kernel.role() IS NOT NULL AND (c.therapist_id IS NOT NULL OR people.sees(h));
END
$$;
REVOKE ALL ON FUNCTION scheduling.free_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.free_time TO tele_app;

-- What a search over everybody who offers a service needs to know of their time, in columns instead of rows: for each kind of
-- fact its holders and, at the same place, its values, in no order. One row comes to five hundred therapists; nothing is
-- grouped, sorted or joined for it. Shifts are packed as in `free_time`; a clinic's closure is nobody's. Shifts may be of
-- somebody who offers something else. Nothing at all for a stranger.
DROP FUNCTION scheduling.free_time_of_offer(uuid, uuid, tstzrange, timestamptz);
CREATE FUNCTION scheduling.time_of_all(wanted uuid, reach tstzrange, at timestamptz)
    RETURNS TABLE (ids uuid[], zones text[], shift_of uuid[], shifts integer[], dated_of uuid[], dated_on date[],
                   dated_from smallint[], dated_until smallint[], away_of uuid[], away_from timestamptz[],
                   away_until timestamptz[], busy_of uuid[], busy_from timestamptz[], busy_until timestamptz[])
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
        SELECT array_agg(o.therapist_id), array_agg(c.zone)
        FROM offer o LEFT JOIN calendar c ON c.therapist_id = o.therapist_id WHERE o.service_id = wanted
    ) o
    CROSS JOIN (
        SELECT array_agg(w.therapist_id), array_agg(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min)
        FROM availability_rule w
    ) w
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
        SELECT array_agg(k.holder_id), array_agg(k.starts_at), array_agg(k.ends_at)
        FROM calendar_claim k
        WHERE k.released_at IS NULL AND k.holder_id = k.therapist_id AND (k.expires_at IS NULL OR k.expires_at > at)
          AND k.starts_at > lower(reach) - interval '1 day' AND k.starts_at < upper(reach) AND k.ends_at > lower(reach)
    ) k;
END
$$;
REVOKE ALL ON FUNCTION scheduling.time_of_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.time_of_all TO tele_app;

-- Whoever changes what stands in a calendar first stands in line for everybody concerned, in one order for all: nobody who
-- stands in line waits for a row of somebody behind, so that bookings wait for each other instead of deadlocking. This one is
-- for a hold, a request or a visit that the actor sees; the row may be locked afterwards.
CREATE FUNCTION scheduling.stand_in_line(cause uuid) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, scheduling SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('scheduling ' || o.h::text, 0))
    FROM (
        SELECT unnest(ARRAY[s.therapist_id, s.patient_id, s.account_id]) AS h FROM slot_hold s WHERE s.id = cause
        UNION SELECT unnest(ARRAY[r.therapist_id, r.patient_id, r.account_id]) FROM booking_request r WHERE r.id = cause
        UNION SELECT unnest(ARRAY[v.therapist_id, v.patient_id]) FROM visit v WHERE v.id = cause
        ORDER BY h
    ) o;
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION scheduling.stand_in_line FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.stand_in_line TO tele_app;

-- Lets holds and requests of these holders (NULL: of everybody) end whose time is over, and answers which requests did. An
-- index predicate cannot ask the clock, so the booking transaction does it before it claims. With holders given, it stands in
-- line for them until the end of the transaction. What somebody else has in hand right now is theirs to end: it is not waited
-- for, because they may be standing in line behind.
CREATE OR REPLACE FUNCTION scheduling.make_way(holders uuid[], at timestamptz) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    due   uuid[];
    holds uuid[];
    asked uuid[];
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
    UPDATE calendar_claim k SET released_at = at WHERE k.cause_id = ANY (holds || asked) AND k.released_at IS NULL;
    UPDATE slot_hold s SET state = 'expired' WHERE s.id = ANY (holds);
    RETURN QUERY
        WITH expired AS (
            UPDATE booking_request q SET state = 'expired', decided_at = at WHERE q.id = ANY (asked)
            RETURNING q.id, q.patient_id, q.therapist_id
        ), noted AS (
            INSERT INTO visit_history (id, request_id, patient_id, therapist_id, at, by_role, from_state, to_state)
            SELECT gen_random_uuid(), e.id, e.patient_id, e.therapist_id, at, 'system:worker', 'pending', 'expired'
            FROM expired e
        )
        SELECT e.id FROM expired e;
END
$$;

-- All that decides whether an account may take a therapist's time for a patient, except whether it is taken: once for each link
-- between the two, in no order, and nothing where the service is not offered. The last unsent draft comes along. Row security is
-- the asker's.
CREATE FUNCTION scheduling.bookable(account uuid, patient uuid, therapist uuid, wanted uuid, around tstzrange, at timestamptz,
                                    drafts_since timestamptz)
    RETURNS TABLE (relation text, scope text[], linked_from timestamptz, linked_until timestamptz, patient_kind text,
                   licensed boolean, welcome boolean,
                   line text, name text, minutes smallint, step smallint, buffer_before smallint, buffer_after smallint,
                   price_cents bigint,
                   zone text, weekly integer[], dated_on date[], dated_from smallint[], dated_until smallint[],
                   away_from timestamptz[], away_until timestamptz[],
                   draft_of uuid, draft bytea)
    LANGUAGE plpgsql STABLE ROWS 1 SET search_path = pg_catalog, scheduling SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT p.kind, p.scope, p.starts_at, p.ends_at, p.patient_kind, p.licensed,
           p.accepts_new OR EXISTS (SELECT FROM visit v WHERE v.patient_id = bookable.patient
                                      AND v.therapist_id = bookable.therapist AND v.state <> 'cancelled'),
           s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents,
           f.zone, f.weekly, f.dated_on, f.dated_from, f.dated_until, f.away_from, f.away_until,
           d.id, d.reason
    FROM people.pairings(account, patient, therapist) p
    CROSS JOIN offer o
    JOIN service s ON s.id = o.service_id AND s.retired_at IS NULL
    CROSS JOIN free_time(ARRAY[therapist], around, at, false) f
    LEFT JOIN LATERAL (
        SELECT h.id, h.reason FROM slot_hold h
        WHERE h.account_id = account AND h.patient_id = bookable.patient AND h.reason IS NOT NULL
          AND h.expires_at > drafts_since
        ORDER BY h.created_at DESC LIMIT 1
    ) d ON true
    WHERE o.therapist_id = bookable.therapist AND o.service_id = wanted;
END
$$;
REVOKE ALL ON FUNCTION scheduling.bookable FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.bookable TO tele_app;

DROP FUNCTION scheduling.place_hold(uuid, uuid, uuid, uuid, uuid, tstzrange, tstzrange, timestamptz, timestamptz, bytea, uuid[]);
-- Writes a hold: lets end what is over (the outbox hears of the requests among it), lets go of the account's earlier hold, takes
-- both claims. One function, so that a booking is one round trip; not SECURITY DEFINER, so that row security judges every row.
-- Nothing is looked up beforehand to see whether the time is free: calendar_claim_free decides, and the patient's claim, where it
-- is the one refused, says so by another name.
CREATE FUNCTION scheduling.place_hold(hold uuid, account uuid, patient uuid, therapist uuid, service uuid, visit tstzrange,
                                      with_buffers tstzrange, at timestamptz, until timestamptz, draft bytea, claims uuid[])
    RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, scheduling SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    ended   uuid[];
    earlier uuid;
BEGIN
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
REVOKE ALL ON FUNCTION scheduling.place_hold FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.place_hold TO tele_app;
