-- Hours in full: what each therapist offers otherwise than the service says, shifts for named services, limits of a day and a
-- week, zones of a therapist who travels, closures, and whom patients meet during an absence.
--
-- Most therapists have none of it. `scheduling.particular` names those who do by indexes that hold nobody else, so that a search
-- over all therapists pays for it only where there is something to read.

-- A service says all of this; what is NULL is left to the rules of the house.
ALTER TABLE scheduling.service
    ADD COLUMN start_offset smallint NOT NULL DEFAULT 0 CHECK (start_offset BETWEEN 0 AND 240), -- first start after the shift's
    ADD COLUMN mode         text NOT NULL DEFAULT 'video' CHECK (mode IN ('video', 'phone', 'either')),
    ADD COLUMN booker       text NOT NULL DEFAULT 'everybody' CHECK (booker IN ('everybody', 'new', 'known', 'nobody')),
    ADD COLUMN age_from     smallint NOT NULL DEFAULT 0 CHECK (age_from BETWEEN 0 AND 150),     -- full years, both included
    ADD COLUMN age_until    smallint NOT NULL DEFAULT 150 CHECK (age_until BETWEEN 0 AND 150),
    ADD COLUMN notice_min   integer CHECK (notice_min BETWEEN 0 AND 43200),
    ADD COLUMN ahead_days   smallint CHECK (ahead_days BETWEEN 1 AND 366),                      -- rolling days from now
    ADD COLUMN ahead_work_days smallint CHECK (ahead_work_days BETWEEN 1 AND 262),              -- rolling working days
    ADD COLUMN open_from    date,                                                               -- fixed dates, both included
    ADD COLUMN open_until   date,
    ADD COLUMN day_visits   smallint CHECK (day_visits BETWEEN 0 AND 100),
    ADD COLUMN day_minutes  smallint CHECK (day_minutes BETWEEN 0 AND 1440),
    ADD COLUMN week_visits  smallint CHECK (week_visits BETWEEN 0 AND 500),
    ADD COLUMN week_minutes smallint CHECK (week_minutes BETWEEN 0 AND 10080),
    ADD CONSTRAINT service_ages CHECK (age_from <= age_until),
    ADD CONSTRAINT service_open CHECK ((open_from IS NULL) = (open_until IS NULL) AND open_from <= open_until),
    ADD CONSTRAINT service_one_horizon CHECK (num_nonnulls(ahead_days, ahead_work_days, open_until) <= 1);
ALTER TABLE scheduling.service
    ADD COLUMN particular boolean NOT NULL GENERATED ALWAYS AS (
        num_nonnulls(notice_min, ahead_days, ahead_work_days, open_until, day_visits, day_minutes, week_visits, week_minutes) > 0
        OR start_offset > 0 OR booker <> 'everybody' OR age_from > 0 OR age_until < 150) STORED;

-- One therapist's own terms for a service; NULL is as the service has it.
ALTER TABLE scheduling.offer
    ADD COLUMN minutes      smallint CHECK (minutes BETWEEN 5 AND 480),
    ADD COLUMN step         smallint CHECK (step BETWEEN 5 AND 480),
    ADD COLUMN start_offset smallint CHECK (start_offset BETWEEN 0 AND 240),
    ADD COLUMN buffer_before smallint CHECK (buffer_before BETWEEN 0 AND 240),
    ADD COLUMN buffer_after smallint CHECK (buffer_after BETWEEN 0 AND 240),
    ADD COLUMN price_cents  bigint CHECK (price_cents >= 0),
    ADD COLUMN mode         text CHECK (mode IN ('video', 'phone', 'either')),
    ADD COLUMN booker       text CHECK (booker IN ('everybody', 'new', 'known', 'nobody')),
    ADD COLUMN age_from     smallint CHECK (age_from BETWEEN 0 AND 150),
    ADD COLUMN age_until    smallint CHECK (age_until BETWEEN 0 AND 150),
    ADD COLUMN notice_min   integer CHECK (notice_min BETWEEN 0 AND 43200),
    ADD COLUMN ahead_days   smallint CHECK (ahead_days BETWEEN 1 AND 366),
    ADD COLUMN ahead_work_days smallint CHECK (ahead_work_days BETWEEN 1 AND 262),
    ADD COLUMN open_from    date,
    ADD COLUMN open_until   date,
    ADD COLUMN day_visits   smallint CHECK (day_visits BETWEEN 0 AND 100),
    ADD COLUMN day_minutes  smallint CHECK (day_minutes BETWEEN 0 AND 1440),
    ADD COLUMN week_visits  smallint CHECK (week_visits BETWEEN 0 AND 500),
    ADD COLUMN week_minutes smallint CHECK (week_minutes BETWEEN 0 AND 10080),
    ADD CONSTRAINT offer_ages CHECK ((age_from IS NULL) = (age_until IS NULL) AND age_from <= age_until),
    ADD CONSTRAINT offer_open CHECK ((open_from IS NULL) = (open_until IS NULL) AND open_from <= open_until),
    ADD CONSTRAINT offer_one_horizon CHECK (num_nonnulls(ahead_days, ahead_work_days, open_until) <= 1);
ALTER TABLE scheduling.offer
    ADD COLUMN particular boolean NOT NULL GENERATED ALWAYS AS (
        num_nonnulls(minutes, step, start_offset, buffer_before, buffer_after, price_cents, mode, booker, age_from, notice_min,
                     ahead_days, ahead_work_days, open_until, day_visits, day_minutes, week_visits, week_minutes) > 0) STORED;
CREATE INDEX offer_particular ON scheduling.offer (service_id, therapist_id) WHERE particular;

-- Limits of a therapist over all services.
ALTER TABLE scheduling.calendar
    ADD COLUMN day_visits   smallint CHECK (day_visits BETWEEN 0 AND 100),
    ADD COLUMN day_minutes  smallint CHECK (day_minutes BETWEEN 0 AND 1440),
    ADD COLUMN week_visits  smallint CHECK (week_visits BETWEEN 0 AND 500),
    ADD COLUMN week_minutes smallint CHECK (week_minutes BETWEEN 0 AND 10080);
ALTER TABLE scheduling.calendar
    ADD COLUMN particular boolean NOT NULL GENERATED ALWAYS AS (
        num_nonnulls(day_visits, day_minutes, week_visits, week_minutes) > 0) STORED;
CREATE INDEX calendar_particular ON scheduling.calendar (therapist_id) WHERE particular;

-- A shift may be for named services only. Shifts of a day stay apart: two services in one stretch share its row.
ALTER TABLE scheduling.availability_rule
    ADD COLUMN service_ids uuid[] CHECK (cardinality(service_ids) > 0);                         -- NULL: every service
CREATE INDEX availability_rule_named ON scheduling.availability_rule (therapist_id) WHERE service_ids IS NOT NULL;

-- From a date on a therapist reads the hours on the clock of another place, until the next row says otherwise.
CREATE TABLE scheduling.travel_zone (
    therapist_id uuid NOT NULL REFERENCES scheduling.calendar,
    from_date    date NOT NULL,                                                                 -- by the new clock
    zone         text NOT NULL,                                                                 -- IANA name
    PRIMARY KEY (therapist_id, from_date)
);

-- Whom patients are pointed to during an absence, and who entered it.
ALTER TABLE scheduling.time_off
    ADD COLUMN colleague_id uuid,
    ADD COLUMN created_by   uuid,
    ADD CONSTRAINT time_off_somebody_else CHECK (colleague_id <> therapist_id);

-- Row security ------------------------------------------------------------------------------------------------------------

ALTER TABLE scheduling.travel_zone ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.travel_zone FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.travel_zone FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY signed_in ON scheduling.travel_zone FOR SELECT TO tele_app USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY own ON scheduling.travel_zone TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT, DELETE ON scheduling.travel_zone TO tele_app;

-- Liaisons keep services, and every therapist's schedule current (R28).
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['service', 'offer', 'calendar', 'availability_rule', 'availability_override', 'travel_zone'] LOOP
        EXECUTE format('CREATE POLICY desk ON scheduling.%I TO tele_app USING ((SELECT kernel.role()) = ''liaison'')', one);
    END LOOP;
    FOREACH one IN ARRAY ARRAY['service', 'offer', 'visit'] LOOP
        EXECUTE format('CREATE POLICY for_functions_of_hours ON scheduling.%I FOR SELECT TO CURRENT_USER USING (true)', one);
    END LOOP;
END
$$;
GRANT UPDATE ON scheduling.service TO tele_app;
GRANT UPDATE, DELETE ON scheduling.offer TO tele_app;

-- The desk enters absences; a closure is entered by the desk or an admin.
CREATE POLICY entered_by_desk ON scheduling.time_off FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'liaison'
        OR ((SELECT kernel.role()) = 'admin' AND therapist_id IS NULL));
CREATE POLICY removed_by_desk ON scheduling.time_off FOR DELETE TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' OR ((SELECT kernel.role()) = 'admin' AND therapist_id IS NULL));
CREATE POLICY closures ON scheduling.time_off FOR SELECT TO tele_app
    USING (therapist_id IS NULL AND (SELECT kernel.role()) = 'admin');

-- Licences -----------------------------------------------------------------------------------------------------------------

-- Until when a therapist may see a patient: the end of the last day of the licence for the patient's state, by the patient's
-- clock. NULL without one. Row security is the asker's.
CREATE FUNCTION people.licence_end(therapist uuid, patient uuid) RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT (l.valid_until + 1)::timestamp AT TIME ZONE p.zone
            FROM people.patient p JOIN people.licence l ON l.state_code = p.state_code
            WHERE p.id = patient AND l.therapist_id = therapist);
END
$$;
-- Full years on the day of an instant, by the patient's clock; NULL where no birth date is known.
CREATE FUNCTION people.age_at(patient uuid, at timestamptz) RETURNS smallint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT extract(year FROM age((at AT TIME ZONE p.zone)::date, p.birth_date))::smallint
            FROM people.patient p WHERE p.id = patient);
END
$$;
REVOKE ALL ON FUNCTION people.licence_end, people.age_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.licence_end, people.age_at TO tele_app;

-- As before, with the last day of the licence, after which no time is offered; the other states are asked for apart.
DROP FUNCTION people.licensed(text);
CREATE FUNCTION people.licensed(state text)
    RETURNS TABLE (id uuid, name text, title text, languages text[], specialties text[], accepts_new boolean, licensed_until date)
    LANGUAGE sql STABLE AS $$
    SELECT t.id, t.name, t.title, t.languages, t.specialties, t.accepts_new, v.valid_until
    FROM people.licence v JOIN people.therapist t ON t.id = v.therapist_id
    WHERE v.state_code = state AND v.valid_until >= CURRENT_DATE
    $$;
-- All licences that are valid today, in no order.
CREATE FUNCTION people.licences() RETURNS TABLE (therapist_id uuid, state_code text) LANGUAGE sql STABLE AS $$
    SELECT v.therapist_id, v.state_code FROM people.licence v WHERE v.valid_until >= CURRENT_DATE
    $$;
REVOKE ALL ON FUNCTION people.licensed, people.licences FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.licensed, people.licences TO tele_app;

-- What a search reads beyond the plain hours ---------------------------------------------------------------------------------

-- Therapists of whom there is more to know for a service than `free_time` says. Each part is an index that holds nobody else.
CREATE FUNCTION scheduling.particular(wanted uuid) RETURNS TABLE (therapist_id uuid) LANGUAGE sql STABLE AS $$
    SELECT o.therapist_id FROM scheduling.offer o WHERE o.service_id = wanted AND o.particular
    UNION SELECT c.therapist_id FROM scheduling.calendar c WHERE c.particular
    UNION SELECT z.therapist_id FROM scheduling.travel_zone z
    UNION SELECT r.therapist_id FROM scheduling.availability_rule r WHERE r.service_ids IS NOT NULL
    UNION SELECT o.therapist_id FROM scheduling.offer o JOIN scheduling.service s ON s.id = o.service_id
          WHERE s.id = wanted AND s.particular
    $$;
REVOKE ALL ON FUNCTION scheduling.particular FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.particular TO tele_app;

-- What counts against limits in a reach: whatever is taken of a therapist by visits, requests, holds and other claims, each once,
-- with its true length. The asker's own hold does not count: taking another time lets it go. No more is told than when, how long,
-- and whether it is of one service.
CREATE FUNCTION scheduling.counted(therapist uuid, wanted uuid, reach tstzrange, at timestamptz)
    RETURNS TABLE (starts_at timestamptz, minutes integer, same_service boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
#variable_conflict use_column
BEGIN
    IF kernel.role() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT lower(t.during), (extract(epoch FROM upper(t.during) - lower(t.during)) / 60)::integer, COALESCE(t.service_id = wanted, false)
    FROM (
        SELECT DISTINCT ON (k.cause_id) COALESCE(v.during, q.during, h.during, k.during) AS during,
               COALESCE(v.service_id, q.service_id, h.service_id) AS service_id
        FROM (
            -- Two parts, because the index of the exclusion constraint leaves out what was overbooked.
            SELECT c.* FROM calendar_claim c
            WHERE c.holder_id = therapist AND c.during && reach AND c.released_at IS NULL AND c.overbooked_by IS NULL
            UNION ALL
            SELECT c.* FROM calendar_claim c
            WHERE c.holder_id = therapist AND c.during && reach AND c.released_at IS NULL AND c.overbooked_by IS NOT NULL
        ) k
        LEFT JOIN visit v ON v.id = k.cause_id
        LEFT JOIN booking_request q ON q.id = k.cause_id
        LEFT JOIN slot_hold h ON h.id = k.cause_id
        WHERE (k.expires_at IS NULL OR k.expires_at > at) AND h.account_id IS DISTINCT FROM kernel.uid()
        ORDER BY k.cause_id, k.starts_at
    ) t;
END
$$;
REVOKE ALL ON FUNCTION scheduling.counted FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.counted TO tele_app;

-- The rest of what decides a therapist's times for a service: own terms, limits and what counts against them, zones of a journey,
-- the shifts for this service. NULL for whoever has none of it. `wanted` may be NULL: then hours and zones only.
-- Shifts are packed as in `free_time`, with 33554432 added to one that names its services.
CREATE FUNCTION scheduling.particulars(therapist uuid, wanted uuid, reach tstzrange, at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, scheduling AS $$
#variable_conflict use_variable
DECLARE
    home     calendar%ROWTYPE;
    own      offer%ROWTYPE;
    says     service%ROWTYPE;
    legs     jsonb;
    weekly   jsonb;
    taken    jsonb;
    named    boolean;
BEGIN
    SELECT * INTO home FROM calendar c WHERE c.therapist_id = therapist;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT jsonb_agg(jsonb_build_array(z.from_date, z.zone) ORDER BY z.from_date) INTO legs
    FROM travel_zone z WHERE z.therapist_id = therapist;
    named := EXISTS (SELECT FROM availability_rule r WHERE r.therapist_id = therapist AND r.service_ids IS NOT NULL);
    IF wanted IS NOT NULL THEN
        SELECT * INTO own FROM offer o WHERE o.therapist_id = therapist AND o.service_id = wanted;
        SELECT * INTO says FROM service s WHERE s.id = wanted;
    END IF;
    IF legs IS NULL AND NOT named AND NOT COALESCE(own.particular, false) AND NOT COALESCE(says.particular, false)
       AND (wanted IS NULL OR NOT home.particular) THEN
        RETURN NULL;
    END IF;
    IF named AND wanted IS NOT NULL THEN
        SELECT COALESCE(jsonb_agg(r.weekday * 4194304 + r.starts_min * 2048 + r.ends_min
                                  + CASE WHEN r.service_ids IS NULL THEN 0 ELSE 33554432 END), '[]') INTO weekly
        FROM availability_rule r WHERE r.therapist_id = therapist AND (r.service_ids IS NULL OR wanted = ANY (r.service_ids));
    END IF;
    IF wanted IS NOT NULL AND num_nonnulls(
        home.day_visits, home.day_minutes, home.week_visits, home.week_minutes, own.day_visits, own.day_minutes, own.week_visits,
        own.week_minutes, says.day_visits, says.day_minutes, says.week_visits, says.week_minutes) > 0 THEN
        -- Whole weeks of any clock.
        SELECT jsonb_agg(jsonb_build_array(extract(epoch FROM c.starts_at)::bigint, c.minutes, c.same_service)) INTO taken
        FROM counted(therapist, wanted, tstzrange(lower(reach) - interval '8 days', upper(reach) + interval '8 days'), at) c;
    END IF;
    RETURN jsonb_strip_nulls(jsonb_build_object('legs', legs, 'weekly', weekly, 'counted', taken, 'person', to_jsonb(home),
                                                'own', to_jsonb(own), 'service', to_jsonb(says)));
END
$$;
REVOKE ALL ON FUNCTION scheduling.particulars FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.particulars TO tele_app;

-- The date on the clock that holds for a therapist at an instant (`Travels::date`).
CREATE FUNCTION scheduling.local_date(therapist uuid, at timestamptz) RETURNS date
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    RETURN (at AT TIME ZONE COALESCE(
        (SELECT z.zone FROM travel_zone z
         WHERE z.therapist_id = therapist AND (at AT TIME ZONE z.zone)::date >= z.from_date ORDER BY z.from_date DESC LIMIT 1),
        (SELECT c.zone FROM calendar c WHERE c.therapist_id = therapist)))::date;
END
$$;
REVOKE ALL ON FUNCTION scheduling.local_date FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.local_date TO tele_app;

-- A hold may not be the one visit too many. The engine does not offer such a time; this is for two who take different times of one
-- day at once: the therapist is locked (`make_way`) before the hold is written, so the second of them is counted here.
CREATE FUNCTION scheduling.hold_within_limits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    the_day  date;
    person   calendar%ROWTYPE;
    own      offer%ROWTYPE;
    says     service%ROWTYPE;
    reach    tstzrange := tstzrange(lower(NEW.during) - interval '9 days', lower(NEW.during) + interval '9 days');
    length   integer := extract(epoch FROM upper(NEW.during) - lower(NEW.during)) / 60;
    too_many boolean;
BEGIN
    SELECT * INTO person FROM calendar c WHERE c.therapist_id = NEW.therapist_id;
    SELECT * INTO own FROM offer o WHERE o.therapist_id = NEW.therapist_id AND o.service_id = NEW.service_id;
    SELECT * INTO says FROM service s WHERE s.id = NEW.service_id;
    IF num_nonnulls(
        person.day_visits, person.day_minutes, person.week_visits, person.week_minutes, own.day_visits, own.day_minutes,
        own.week_visits, own.week_minutes, says.day_visits, says.day_minutes, says.week_visits, says.week_minutes) = 0 THEN
        RETURN NULL;
    END IF;
    the_day := local_date(NEW.therapist_id, lower(NEW.during));
    SELECT count(*) FILTER (WHERE t.day = the_day) >= person.day_visits
        OR count(*) >= person.week_visits
        OR COALESCE(sum(t.minutes) FILTER (WHERE t.day = the_day), 0) + length > person.day_minutes
        OR COALESCE(sum(t.minutes), 0) + length > person.week_minutes
        OR count(*) FILTER (WHERE t.same_service AND t.day = the_day) >= COALESCE(own.day_visits, says.day_visits)
        OR count(*) FILTER (WHERE t.same_service) >= COALESCE(own.week_visits, says.week_visits)
        OR COALESCE(sum(t.minutes) FILTER (WHERE t.same_service AND t.day = the_day), 0) + length
           > COALESCE(own.day_minutes, says.day_minutes)
        OR COALESCE(sum(t.minutes) FILTER (WHERE t.same_service), 0) + length > COALESCE(own.week_minutes, says.week_minutes)
    INTO too_many
    FROM (
        SELECT local_date(NEW.therapist_id, c.starts_at) AS day, c.minutes, c.same_service
        FROM counted(NEW.therapist_id, NEW.service_id, reach, NEW.created_at) c
    ) t
    WHERE date_trunc('week', t.day) = date_trunc('week', the_day);
    IF too_many THEN
        -- By the name of the constraint the asker hears that the time is taken; its own code, because `place_hold` asks whose
        -- time it was when the constraint itself refuses.
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'calendar_claim_free',
            MESSAGE = 'the day or the week is full';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER slot_hold_within_limits AFTER INSERT ON scheduling.slot_hold
    FOR EACH ROW EXECUTE FUNCTION scheduling.hold_within_limits();
