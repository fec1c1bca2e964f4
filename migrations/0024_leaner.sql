-- What booking and searching read, leaner: all that decides about one time comes from one plan instead of eight, and a search
-- over everybody hands out its hours and taken stretches as packed bytes instead of arrays of single values.

-- Who may book is decided from here too, for functions that run as their owner.
CREATE POLICY for_functions ON people.therapist FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY for_functions ON people.licence FOR SELECT TO CURRENT_USER USING (true);

-- The links of an account to a patient, ended ones included, each with what decides whether the patient may be booked with a
-- therapist: for a statement of another schema. Inlined; whether a link covers booking is judged by the asker. `licence_end`
-- and `age` go by the patient's clock; `age` is that at an instant, in full years, NULL where no birth date is known.
DROP FUNCTION people.pairings(uuid, uuid, uuid);
CREATE FUNCTION people.pairings(account uuid, patient uuid, therapist uuid, at timestamptz)
    RETURNS TABLE (kind text, scope text[], starts_at timestamptz, ends_at timestamptz, patient_kind text,
                   licence_end timestamptz, age smallint, accepts_new boolean)
    LANGUAGE sql STABLE AS $$
    SELECT r.kind, r.scope, r.starts_at, r.ends_at, p.kind, (l.valid_until + 1)::timestamp AT TIME ZONE p.zone,
           extract(year FROM age((at AT TIME ZONE p.zone)::date, p.birth_date))::smallint, t.accepts_new
    FROM people.relation r JOIN people.patient p ON p.id = r.patient_id CROSS JOIN people.therapist t
    LEFT JOIN people.licence l ON l.therapist_id = t.id AND l.state_code = p.state_code
    WHERE r.account_id = account AND r.patient_id = patient AND t.id = therapist
    $$;
REVOKE ALL ON FUNCTION people.pairings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.pairings TO tele_app;

-- The licences of these therapists are asked for by the page that shows them.
DROP FUNCTION people.licences();

-- The hours and absences of a therapist around a time, always one row; `named`: some shifts are for some services only. A shift
-- is packed into one number: weekday * 4194304 + start * 2048 + end. Inlined; called by functions that run as their owner.
CREATE FUNCTION scheduling.hours_around(therapist uuid, reach tstzrange)
    RETURNS TABLE (zone text, weekly integer[], named boolean, dated_on date[], dated_from smallint[], dated_until smallint[],
                   away_from timestamptz[], away_until timestamptz[])
    LANGUAGE sql STABLE AS $$
    SELECT c.zone, r.weekly, r.named, o.dated_on, o.dated_from, o.dated_until, a.away_from, a.away_until
    FROM (
        SELECT array_agg(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min) AS weekly,
               bool_or(w.service_ids IS NOT NULL) AS named
        FROM scheduling.availability_rule w WHERE w.therapist_id = therapist
    ) r
    CROSS JOIN (
        SELECT array_agg(d.on_date ORDER BY d.on_date, d.starts_min) AS dated_on,
               array_agg(d.starts_min ORDER BY d.on_date, d.starts_min) AS dated_from,
               array_agg(d.ends_min ORDER BY d.on_date, d.starts_min) AS dated_until
        FROM scheduling.availability_override d
        -- One day to spare on both sides: dates are local, the reach is not.
        WHERE d.therapist_id = therapist AND d.on_date BETWEEN lower(reach)::date - 1 AND upper(reach)::date + 1
    ) o
    CROSS JOIN (
        SELECT array_agg(lower(t.during)) AS away_from, array_agg(upper(t.during)) AS away_until
        FROM scheduling.time_off t
        WHERE (t.therapist_id = therapist OR t.therapist_id IS NULL) AND t.during && reach
    ) a
    LEFT JOIN scheduling.calendar c ON c.therapist_id = therapist
    $$;
REVOKE ALL ON FUNCTION scheduling.hours_around FROM PUBLIC;

-- All that decides whether the actor may take a therapist's time for a patient, except whether it is taken: once for each living
-- link between the two, in no order, and nothing where there is none or the service is not offered. `particular`: there is more to
-- ask of this therapist. The last unsent draft comes along. It runs as its owner, so that rights are asked once: whoever is not
-- linked to the patient gets no row, whatever they say.
DROP FUNCTION scheduling.bookable(uuid, uuid, uuid, uuid, tstzrange, timestamptz, timestamptz);
CREATE FUNCTION scheduling.bookable(account uuid, patient uuid, therapist uuid, wanted uuid, around tstzrange,
                                    starts timestamptz, drafts_since timestamptz)
    RETURNS TABLE (relation text, scope text[], linked_from timestamptz, linked_until timestamptz, patient_kind text,
                   licence_end timestamptz, age smallint, accepts_new boolean, met boolean,
                   line text, name text, minutes smallint, step smallint, buffer_before smallint, buffer_after smallint,
                   price_cents bigint,
                   zone text, weekly integer[], dated_on date[], dated_from smallint[], dated_until smallint[],
                   away_from timestamptz[], away_until timestamptz[], particular boolean,
                   draft_of uuid, draft bytea)
    LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, scheduling
    SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    IF account IS DISTINCT FROM kernel.uid() OR kernel.role() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.kind, p.scope, p.starts_at, p.ends_at, p.patient_kind, p.licence_end, p.age, p.accepts_new,
           EXISTS (SELECT FROM visit v WHERE v.patient_id = bookable.patient AND v.therapist_id = bookable.therapist
                     AND v.state <> 'cancelled' AND v.undone_at IS NULL),
           s.line, s.name, s.minutes, s.step, s.buffer_before, s.buffer_after, s.price_cents,
           h.zone, h.weekly, h.dated_on, h.dated_from, h.dated_until, h.away_from, h.away_until,
           o.particular OR s.particular OR COALESCE(h.named, false)
               OR EXISTS (SELECT FROM calendar c WHERE c.therapist_id = bookable.therapist AND c.particular)
               OR EXISTS (SELECT FROM travel_zone z WHERE z.therapist_id = bookable.therapist),
           d.id, d.reason
    FROM people.pairings(account, patient, therapist, starts) p
    CROSS JOIN offer o
    JOIN service s ON s.id = o.service_id AND s.retired_at IS NULL
    CROSS JOIN scheduling.hours_around(therapist, around) h
    LEFT JOIN LATERAL (
        SELECT k.id, k.reason FROM slot_hold k
        WHERE k.account_id = account AND k.patient_id = bookable.patient AND k.reason IS NOT NULL
          AND k.expires_at > drafts_since
        ORDER BY k.created_at DESC LIMIT 1
    ) d ON true
    -- A link that has not begun or has ended opens nothing, here as little as by row security.
    WHERE o.therapist_id = bookable.therapist AND o.service_id = wanted
      AND p.starts_at <= kernel.now() AND (p.ends_at IS NULL OR p.ends_at > kernel.now());
END
$$;
REVOKE ALL ON FUNCTION scheduling.bookable FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.bookable TO tele_app;

-- As before, with the hours from the one place that tells them.
CREATE OR REPLACE FUNCTION scheduling.free_time(holders uuid[], reach tstzrange, at timestamptz, taken_too boolean DEFAULT true)
    RETURNS TABLE (holder_id uuid, zone text, weekly integer[], dated_on date[], dated_from smallint[],
                   dated_until smallint[], away_from timestamptz[], away_until timestamptz[], busy_from timestamptz[],
                   busy_until timestamptz[])
    LANGUAGE plpgsql STABLE ROWS 2 SECURITY DEFINER SET search_path = pg_catalog, scheduling
    SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT h, t.zone, t.weekly, t.dated_on, t.dated_from, t.dated_until, t.away_from, t.away_until, b.busy_from, b.busy_until
    FROM unnest(holders) AS h
    CROSS JOIN LATERAL scheduling.hours_around(h, reach) t
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
    WHERE kernel.role() IS NOT NULL AND (t.zone IS NOT NULL OR people.sees(h));
END
$$;

-- What a search over everybody who offers a service needs to know of their time, in no order. What there is much of is packed,
-- each entry led by whose it is (16 bytes): `shifts` with the number of `hours_around` (4), `taken` with start and end (8 and 8,
-- microseconds since 2000), all in network order. One row comes to five hundred therapists; nothing is grouped, sorted or joined
-- for it. A clinic's closure is nobody's. Shifts may be of somebody who offers something else. Nothing at all for a stranger.
DROP FUNCTION scheduling.time_of_all(uuid, tstzrange, timestamptz);
CREATE FUNCTION scheduling.time_of_all(wanted uuid, reach tstzrange, at timestamptz)
    RETURNS TABLE (ids uuid[], zones text[], shifts bytea, dated_of uuid[], dated_on date[], dated_from smallint[],
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
        SELECT array_agg(o.therapist_id), array_agg(c.zone)
        FROM offer o LEFT JOIN calendar c ON c.therapist_id = o.therapist_id WHERE o.service_id = wanted
    ) o
    CROSS JOIN (
        SELECT string_agg(uuid_send(w.therapist_id) || int4send(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min), '')
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
        SELECT string_agg(uuid_send(k.holder_id) || timestamptz_send(k.starts_at) || timestamptz_send(k.ends_at), '')
        FROM calendar_claim k
        WHERE k.released_at IS NULL AND k.holder_id = k.therapist_id AND (k.expires_at IS NULL OR k.expires_at > at)
          AND k.starts_at > lower(reach) - interval '1 day' AND k.starts_at < upper(reach) AND k.ends_at > lower(reach)
    ) k;
END
$$;
REVOKE ALL ON FUNCTION scheduling.time_of_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.time_of_all TO tele_app;
