-- Scheduling: hours, free times, holds, requests, visits.
--
-- Instants are UTC, hours are local time with the zone of their calendar (G3). Whatever takes a person's time is a row of
-- `calendar_claim`, and its exclusion constraint is the one judge of conflicts (G1). Free text is sealed under the patient's key.

CREATE SCHEMA scheduling;
GRANT USAGE ON SCHEMA scheduling TO tele_app;

-- What can be booked. No patient data.
CREATE TABLE scheduling.service (
    id            uuid PRIMARY KEY,
    line          text NOT NULL CHECK (line IN ('mental_health', 'child_therapy')),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    minutes       smallint NOT NULL CHECK (minutes BETWEEN 5 AND 480),
    step          smallint NOT NULL CHECK (step BETWEEN 5 AND 480),           -- distance of start times; by default the length
    buffer_before smallint NOT NULL CHECK (buffer_before BETWEEN 0 AND 240),  -- minutes of the therapist's time
    buffer_after  smallint NOT NULL CHECK (buffer_after BETWEEN 0 AND 240),
    price_cents   bigint NOT NULL CHECK (price_cents >= 0),                   -- US cents
    retired_at    timestamptz
);

-- Which therapist offers which service.
CREATE TABLE scheduling.offer (
    therapist_id uuid NOT NULL,
    service_id   uuid NOT NULL REFERENCES scheduling.service,
    PRIMARY KEY (therapist_id, service_id)
);

-- A therapist's calendar: the zone in which the hours below are written.
CREATE TABLE scheduling.calendar (
    therapist_id uuid PRIMARY KEY,
    zone         text NOT NULL                                                -- IANA name
);

-- Weekly hours. Several shifts a day; minutes after local midnight, 1440 is midnight at the end of the day.
CREATE TABLE scheduling.availability_rule (
    therapist_id uuid NOT NULL REFERENCES scheduling.calendar,
    weekday      smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),           -- 1 is Monday
    starts_min   smallint NOT NULL CHECK (starts_min BETWEEN 0 AND 1439),
    ends_min     smallint NOT NULL CHECK (ends_min BETWEEN 1 AND 1440),
    CHECK (starts_min < ends_min),
    PRIMARY KEY (therapist_id, weekday, starts_min),
    CONSTRAINT availability_rule_apart EXCLUDE USING gist
        (therapist_id WITH =, weekday WITH =, int4range(starts_min, ends_min) WITH &&)
);

-- A dated change: these hours instead of the weekly ones. A row without hours means none on that date.
CREATE TABLE scheduling.availability_override (
    id           uuid PRIMARY KEY,
    therapist_id uuid NOT NULL REFERENCES scheduling.calendar,
    on_date      date NOT NULL,
    starts_min   smallint CHECK (starts_min BETWEEN 0 AND 1439),
    ends_min     smallint CHECK (ends_min BETWEEN 1 AND 1440),
    CHECK ((starts_min IS NULL) = (ends_min IS NULL)),
    CHECK (starts_min < ends_min),
    CONSTRAINT availability_override_apart EXCLUDE USING gist
        (therapist_id WITH =, on_date WITH =, int4range(starts_min, ends_min) WITH &&)
);
CREATE INDEX availability_override_date ON scheduling.availability_override (therapist_id, on_date);

-- An absence. Without a therapist it is a closure: the clinic is shut. Visits already agreed stay.
CREATE TABLE scheduling.time_off (
    id           uuid PRIMARY KEY,
    therapist_id uuid,
    during       tstzrange NOT NULL CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)),
    reason       text NOT NULL CHECK (length(reason) <= 200)                  -- for therapist and desk, never for patients
);
CREATE INDEX time_off_when ON scheduling.time_off USING gist (therapist_id, during);

-- A claim is a stretch of one holder's time that is taken: by a hold, a request or a visit. A visit claims its therapist
-- (buffers included) and its patient. One table, so that the database itself refuses a second claim on anyone.
CREATE TABLE scheduling.calendar_claim (
    id            uuid PRIMARY KEY,
    holder_id     uuid NOT NULL,                                  -- whose time: therapist or patient
    therapist_id  uuid NOT NULL,                                  -- the booking's therapist and patient, for row security
    patient_id    uuid NOT NULL,
    during        tstzrange NOT NULL CHECK (NOT isempty(during)), -- half-open
    cause         text NOT NULL CHECK (cause IN ('hold', 'request', 'visit')),
    cause_id      uuid NOT NULL,
    expires_at    timestamptz,                                    -- of a hold or request; a visit's claim does not expire
    released_at   timestamptz,
    overbooked_by uuid,                                           -- staff who chose to overbook, with a reason in the history
    starts_at     timestamptz NOT NULL GENERATED ALWAYS AS (lower(during)) STORED,
    ends_at       timestamptz NOT NULL GENERATED ALWAYS AS (upper(during)) STORED,
    CHECK (cause <> 'visit' OR expires_at IS NULL),
    -- Whoever looks for what touches an instant need look back no farther than this.
    CONSTRAINT calendar_claim_length CHECK (upper(during) - lower(during) <= interval '1 day'),
    CONSTRAINT calendar_claim_free EXCLUDE USING gist (holder_id WITH =, during WITH &&)
        WHERE (released_at IS NULL AND overbooked_by IS NULL)
);
-- The index of the constraint leaves out what was overbooked; searches ask for both parts, each by its index.
CREATE INDEX calendar_claim_overbooked ON scheduling.calendar_claim USING gist (holder_id, during)
    WHERE (released_at IS NULL AND overbooked_by IS NOT NULL);
-- What is taken of all therapists in the days to come lies together here, and the search for the earliest reads nothing else.
CREATE INDEX calendar_claim_ahead ON scheduling.calendar_claim (starts_at) INCLUDE (holder_id, ends_at, expires_at)
    WHERE (released_at IS NULL AND holder_id = therapist_id);
CREATE INDEX calendar_claim_cause ON scheduling.calendar_claim (cause_id) WHERE released_at IS NULL;
CREATE INDEX calendar_claim_due ON scheduling.calendar_claim (expires_at) WHERE released_at IS NULL AND expires_at IS NOT NULL;

-- A time kept while the booking form is open. One running hold per account.
CREATE TABLE scheduling.slot_hold (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL,                                   -- who took it
    patient_id   uuid NOT NULL,
    therapist_id uuid NOT NULL,
    service_id   uuid NOT NULL REFERENCES scheduling.service,
    during       tstzrange NOT NULL,                              -- the visit itself, without buffers
    state        text NOT NULL CHECK (state IN ('active', 'converted', 'released', 'expired')),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    extended     boolean NOT NULL DEFAULT false,
    reason       bytea,                                           -- sealed draft; kept after the time is over
    request_id   uuid,
    CHECK ((state = 'converted') = (request_id IS NOT NULL))
);
CREATE UNIQUE INDEX slot_hold_one ON scheduling.slot_hold (account_id) WHERE state = 'active';
CREATE INDEX slot_hold_draft ON scheduling.slot_hold (account_id) WHERE reason IS NOT NULL;

-- A patient's wish for a time. Ids are UUIDv7, so that the oldest request has the smallest id.
CREATE TABLE scheduling.booking_request (
    id             uuid PRIMARY KEY,
    account_id     uuid NOT NULL,                                 -- who asked: the patient or a guardian
    patient_id     uuid NOT NULL,
    therapist_id   uuid NOT NULL,
    service_id     uuid NOT NULL REFERENCES scheduling.service,
    during         tstzrange NOT NULL,
    state          text NOT NULL CHECK (state IN ('draft', 'pending', 'approved', 'declined', 'proposed', 'conflicted',
                                                  'waitlisted', 'withdrawn', 'expired')),
    sent_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    reason         bytea,                                         -- sealed: why the patient wants the visit (R11)
    decided_at     timestamptz,
    decided_by     uuid,
    decline_reason text CHECK (decline_reason IN ('no_licence', 'other_service', 'therapist_away', 'not_accepting_new',
                                                  'papers_missing', 'other')),
    words          bytea,                                         -- sealed: the desk's words to the patient
    visit_id       uuid,
    starts_at      timestamptz NOT NULL GENERATED ALWAYS AS (lower(during)) STORED,
    CHECK ((state = 'approved') = (visit_id IS NOT NULL)),
    CHECK ((state = 'declined') = (decline_reason IS NOT NULL))
);
CREATE INDEX booking_request_open ON scheduling.booking_request (id) WHERE state IN ('pending', 'conflicted');
CREATE INDEX booking_request_patient ON scheduling.booking_request (patient_id, starts_at, id);
CREATE INDEX booking_request_decided ON scheduling.booking_request (decided_at DESC) WHERE decided_at IS NOT NULL;

-- The agreed meeting.
CREATE TABLE scheduling.visit (
    id            uuid PRIMARY KEY,
    request_id    uuid CONSTRAINT visit_request UNIQUE REFERENCES scheduling.booking_request,
    patient_id    uuid NOT NULL,
    therapist_id  uuid NOT NULL,
    service_id    uuid NOT NULL REFERENCES scheduling.service,
    during        tstzrange NOT NULL CHECK (NOT isempty(during)),
    state         text NOT NULL CHECK (state IN ('scheduled', 'waiting', 'in_progress', 'ended', 'completed', 'no_show',
                                                 'not_held', 'cancelled')),
    agreed_at     timestamptz NOT NULL,
    waiting_since timestamptz,
    began_at      timestamptz,
    ended_at      timestamptz,
    confirmed_at  timestamptz,                                    -- when the therapist first said what became of it (R18)
    summary       bytea,                                          -- sealed
    cancel_reason text CHECK (cancel_reason IN ('time_does_not_fit', 'unwell', 'not_needed', 'therapist_away', 'technical',
                                                'other')),
    cancel_words  bytea,                                          -- sealed
    cancel_role   text,
    cancel_late   boolean,
    -- Comparing instants is leakproof, comparing ranges is not: under row security only these can bound an index scan.
    starts_at     timestamptz NOT NULL GENERATED ALWAYS AS (lower(during)) STORED,
    ends_at       timestamptz NOT NULL GENERATED ALWAYS AS (upper(during)) STORED,
    CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
    CHECK ((state IN ('completed', 'no_show', 'not_held')) = (confirmed_at IS NOT NULL))
);
CREATE INDEX visit_patient ON scheduling.visit (patient_id, starts_at, id);
CREATE INDEX visit_therapist ON scheduling.visit (therapist_id, starts_at, id);
CREATE INDEX visit_when ON scheduling.visit (starts_at, id);
CREATE INDEX visit_over ON scheduling.visit (ends_at) WHERE state IN ('scheduled', 'waiting', 'in_progress');

-- Every change of state of a request or a visit: who, when, why. Insert only.
CREATE TABLE scheduling.visit_history (
    id           uuid PRIMARY KEY,
    request_id   uuid REFERENCES scheduling.booking_request,
    visit_id     uuid REFERENCES scheduling.visit,
    patient_id   uuid NOT NULL,
    therapist_id uuid NOT NULL,
    at           timestamptz NOT NULL,
    by_account   uuid,                                            -- NULL for a task of the system
    by_role      text NOT NULL,
    from_state   text,                                            -- NULL for the first
    to_state     text NOT NULL,
    why          text,                                            -- a listed code, never free text
    CHECK (num_nonnulls(request_id, visit_id) = 1)
);
CREATE INDEX visit_history_visit ON scheduling.visit_history (visit_id, at);
CREATE INDEX visit_history_request ON scheduling.visit_history (request_id, at);

-- Who was in the room, from when until when.
CREATE TABLE scheduling.presence (
    visit_id   uuid NOT NULL REFERENCES scheduling.visit,
    account_id uuid NOT NULL,
    seat       text NOT NULL CHECK (seat IN ('host', 'patient', 'guardian')),
    joined_at  timestamptz NOT NULL,
    left_at    timestamptz CHECK (left_at >= joined_at),
    PRIMARY KEY (visit_id, account_id, joined_at)
);

-- Row security ------------------------------------------------------------------------------------------------------------

ALTER TABLE scheduling.service ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.service FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON scheduling.service FOR SELECT TO tele_app USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY planted ON scheduling.service FOR INSERT TO tele_app WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT ON scheduling.service TO tele_app;

ALTER TABLE scheduling.offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.offer FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON scheduling.offer FOR SELECT TO tele_app USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY planted ON scheduling.offer FOR INSERT TO tele_app WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT ON scheduling.offer TO tele_app;

-- Hours are public to everybody signed in; only the therapist changes them. The owner's policies serve `free_time` below.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['calendar', 'availability_rule', 'availability_override'] LOOP
        EXECUTE format('ALTER TABLE scheduling.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE scheduling.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('CREATE POLICY for_functions ON scheduling.%I FOR SELECT TO CURRENT_USER USING (true)', one);
        EXECUTE format('CREATE POLICY signed_in ON scheduling.%I FOR SELECT TO tele_app
                        USING ((SELECT kernel.role()) IS NOT NULL)', one);
        EXECUTE format('CREATE POLICY own ON scheduling.%I TO tele_app
                        USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = ''system:seed'')', one);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON scheduling.%I TO tele_app', one);
    END LOOP;
END
$$;

ALTER TABLE scheduling.time_off ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.time_off FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.time_off FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY own ON scheduling.time_off TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'system:seed');
CREATE POLICY staff ON scheduling.time_off FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison'
        OR (therapist_id IS NULL AND (SELECT kernel.role()) = 'therapist'));
GRANT SELECT, INSERT, DELETE ON scheduling.time_off TO tele_app;

ALTER TABLE scheduling.calendar_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.calendar_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.calendar_claim FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY released_by_functions ON scheduling.calendar_claim FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.calendar_claim FOR SELECT TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'liaison' OR people.sees(patient_id));
CREATE POLICY taken ON scheduling.calendar_claim FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed' OR people.acts_for(patient_id));
CREATE POLICY changed ON scheduling.calendar_claim FOR UPDATE TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR people.acts_for(patient_id)
        OR (SELECT kernel.role()) IN ('liaison', 'system:worker'));
GRANT SELECT, INSERT, UPDATE (patient_id, cause, cause_id, expires_at, released_at) ON scheduling.calendar_claim TO tele_app;

ALTER TABLE scheduling.slot_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.slot_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.slot_hold FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY expired_by_functions ON scheduling.slot_hold FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY own ON scheduling.slot_hold TO tele_app
    USING (account_id = (SELECT kernel.uid()))
    WITH CHECK (account_id = (SELECT kernel.uid()) AND people.acts_for(patient_id));
GRANT SELECT, INSERT, UPDATE (patient_id, state, expires_at, extended, reason, request_id) ON scheduling.slot_hold TO tele_app;

-- Patient and guardians, the desk, and the therapist only once it is approved (R14).
ALTER TABLE scheduling.booking_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.booking_request FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON scheduling.booking_request FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY expired_by_functions ON scheduling.booking_request FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.booking_request FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker', 'system:seed')
        OR people.acts_for(patient_id)
        OR (state = 'approved' AND therapist_id = (SELECT kernel.uid())));
CREATE POLICY sent ON scheduling.booking_request FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed'
        OR (account_id = (SELECT kernel.uid()) AND people.acts_for(patient_id)));
CREATE POLICY decided ON scheduling.booking_request FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' OR people.acts_for(patient_id));
GRANT SELECT, INSERT, UPDATE (state, decided_at, decided_by, decline_reason, words, visit_id)
    ON scheduling.booking_request TO tele_app;

ALTER TABLE scheduling.visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.visit FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON scheduling.visit FOR SELECT TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'liaison' OR people.sees(patient_id));
CREATE POLICY agreed ON scheduling.visit FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) IN ('liaison', 'system:seed'));
CREATE POLICY changed ON scheduling.visit FOR UPDATE TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR people.acts_for(patient_id)
        OR (SELECT kernel.role()) IN ('liaison', 'system:worker'));
GRANT SELECT, INSERT, UPDATE (state, waiting_since, began_at, ended_at, confirmed_at, summary, cancel_reason, cancel_words,
                              cancel_role, cancel_late) ON scheduling.visit TO tele_app;

ALTER TABLE scheduling.visit_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.visit_history FORCE ROW LEVEL SECURITY;
CREATE POLICY written_by_functions ON scheduling.visit_history FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY seen ON scheduling.visit_history FOR SELECT TO tele_app
    USING (therapist_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'liaison' OR people.sees(patient_id));
CREATE POLICY written ON scheduling.visit_history FOR INSERT TO tele_app
    WITH CHECK (by_account IS NOT DISTINCT FROM (SELECT kernel.uid()) AND by_role = (SELECT kernel.role())
        AND (therapist_id = (SELECT kernel.uid()) OR people.sees(patient_id)));
GRANT SELECT, INSERT ON scheduling.visit_history TO tele_app;

-- Has the actor a seat in this visit, now or as its clinical staff? For the policies of library and room. The desk sees a
-- visit but never what happens in it.
CREATE FUNCTION scheduling.in_visit(visit uuid) RETURNS boolean LANGUAGE sql STABLE
    AS $$
    SELECT COALESCE((SELECT kernel.role()) <> 'liaison', false)
       AND EXISTS (SELECT FROM scheduling.visit v WHERE v.id = visit)
    $$;
REVOKE ALL ON FUNCTION scheduling.in_visit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.in_visit TO tele_app;

ALTER TABLE scheduling.presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.presence FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON scheduling.presence FOR SELECT TO tele_app
    USING (EXISTS (SELECT FROM scheduling.visit v WHERE v.id = visit_id));
CREATE POLICY own ON scheduling.presence FOR INSERT TO tele_app
    WITH CHECK ((account_id = (SELECT kernel.uid()) AND scheduling.in_visit(visit_id))
        OR (SELECT kernel.role()) IN ('system:worker', 'system:seed'));
CREATE POLICY left_by ON scheduling.presence FOR UPDATE TO tele_app
    USING (account_id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT, UPDATE (left_at) ON scheduling.presence TO tele_app;

-- Functions that step around row security, each as narrow as its name ---------------------------------------------------

-- All that a search for the free times of these holders needs to know, in one statement: hours, absences and taken stretches,
-- and of the latter only from when until when, in no order. A holder is a therapist, or a patient whom the actor sees. Expired
-- claims count as free. A shift is packed into one number: weekday * 4194304 + start * 2048 + end.
CREATE FUNCTION scheduling.free_time(holders uuid[], reach tstzrange, at timestamptz)
    RETURNS TABLE (holder_id uuid, zone text, weekly integer[], dated_on date[], dated_from smallint[],
                   dated_until smallint[], away_from timestamptz[], away_until timestamptz[], busy_from timestamptz[],
                   busy_until timestamptz[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT h, c.zone, r.weekly, o.dated_on, o.dated_from, o.dated_until, a.away_from, a.away_until, b.busy_from, b.busy_until
    FROM unnest(holders) AS h
    LEFT JOIN calendar c ON c.therapist_id = h
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
        WHERE k.expires_at IS NULL OR k.expires_at > at
    ) b ON true
    WHERE kernel.role() IS NOT NULL AND (c.therapist_id IS NOT NULL OR people.sees(h));
END
$$;
REVOKE ALL ON FUNCTION scheduling.free_time FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.free_time TO tele_app;

-- The same for everybody who offers a service, and for one patient whom the actor sees. Each table is read once as a whole and
-- joined, because that is cheaper than asking it five hundred times.
CREATE FUNCTION scheduling.free_time_of_offer(wanted uuid, patient uuid, reach tstzrange, at timestamptz)
    RETURNS TABLE (holder_id uuid, zone text, weekly integer[], dated_on date[], dated_from smallint[],
                   dated_until smallint[], away_from timestamptz[], away_until timestamptz[], busy_from timestamptz[],
                   busy_until timestamptz[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
#variable_conflict use_column
BEGIN
    IF kernel.role() IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT o.therapist_id, c.zone, r.weekly, d.dated_on, d.dated_from, d.dated_until,
           a.away_from || shut.away_from, a.away_until || shut.away_until, b.busy_from, b.busy_until
    FROM offer o
    LEFT JOIN calendar c ON c.therapist_id = o.therapist_id
    LEFT JOIN (
        SELECT w.therapist_id, array_agg(w.weekday * 4194304 + w.starts_min * 2048 + w.ends_min) AS weekly
        FROM availability_rule w GROUP BY w.therapist_id
    ) r ON r.therapist_id = o.therapist_id
    LEFT JOIN (
        SELECT x.therapist_id, array_agg(x.on_date ORDER BY x.on_date, x.starts_min) AS dated_on,
               array_agg(x.starts_min ORDER BY x.on_date, x.starts_min) AS dated_from,
               array_agg(x.ends_min ORDER BY x.on_date, x.starts_min) AS dated_until
        FROM availability_override x
        WHERE x.on_date BETWEEN lower(reach)::date - 1 AND upper(reach)::date + 1 GROUP BY x.therapist_id
    ) d ON d.therapist_id = o.therapist_id
    LEFT JOIN (
        SELECT t.therapist_id, array_agg(lower(t.during)) AS away_from, array_agg(upper(t.during)) AS away_until
        FROM time_off t WHERE t.therapist_id IS NOT NULL AND t.during && reach GROUP BY t.therapist_id
    ) a ON a.therapist_id = o.therapist_id
    LEFT JOIN (
        SELECT k.holder_id, array_agg(k.starts_at) AS busy_from, array_agg(k.ends_at) AS busy_until
        FROM calendar_claim k
        WHERE k.released_at IS NULL AND k.holder_id = k.therapist_id AND (k.expires_at IS NULL OR k.expires_at > at)
          AND k.starts_at > lower(reach) - interval '1 day' AND k.starts_at < upper(reach) AND k.ends_at > lower(reach)
        GROUP BY k.holder_id
    ) b ON b.holder_id = o.therapist_id
    CROSS JOIN (
        SELECT array_agg(lower(t.during)) AS away_from, array_agg(upper(t.during)) AS away_until
        FROM time_off t WHERE t.therapist_id IS NULL AND t.during && reach
    ) shut
    WHERE o.service_id = wanted
    UNION ALL
    SELECT p.holder_id, p.zone, p.weekly, p.dated_on, p.dated_from, p.dated_until, p.away_from, p.away_until,
           p.busy_from, p.busy_until
    FROM free_time(ARRAY[patient], reach, at) p WHERE p.zone IS NULL;
END
$$;
REVOKE ALL ON FUNCTION scheduling.free_time_of_offer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.free_time_of_offer TO tele_app;

-- Lets holds and requests of these holders (NULL: of everybody) end whose time is over, and answers which requests did. An
-- index predicate cannot ask the clock, so the booking transaction does it before it claims. With holders given, they are
-- locked until the end of the transaction: two bookings of one therapist wait in line instead of deadlocking in the index.
CREATE FUNCTION scheduling.make_way(holders uuid[], at timestamptz) RETURNS SETOF uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    due uuid[];
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
    UPDATE calendar_claim k SET released_at = at WHERE k.cause_id = ANY (due) AND k.released_at IS NULL;
    UPDATE slot_hold s SET state = 'expired' WHERE s.id = ANY (due) AND s.state = 'active';
    RETURN QUERY
        WITH expired AS (
            UPDATE booking_request q SET state = 'expired', decided_at = at
            WHERE q.id = ANY (due) AND q.state = 'pending'
            RETURNING q.id, q.patient_id, q.therapist_id
        ), noted AS (
            INSERT INTO visit_history (id, request_id, patient_id, therapist_id, at, by_role, from_state, to_state)
            SELECT gen_random_uuid(), e.id, e.patient_id, e.therapist_id, at, 'system:worker', 'pending', 'expired'
            FROM expired e
        )
        SELECT e.id FROM expired e;
END
$$;
REVOKE ALL ON FUNCTION scheduling.make_way FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.make_way TO tele_app;

-- Writes a hold: lets end what is over, lets go of the account's earlier hold, takes both claims. Answers which requests ended.
-- One function, so that a booking is one round trip; not SECURITY DEFINER, so that row security judges every row. Nothing is
-- looked up beforehand to see whether the time is free: calendar_claim_free decides, and the patient's claim, where it is the one
-- refused, says so by another name.
CREATE FUNCTION scheduling.place_hold(hold uuid, account uuid, patient uuid, therapist uuid, service uuid, visit tstzrange,
                                      with_buffers tstzrange, at timestamptz, until timestamptz, draft bytea, claims uuid[])
    RETURNS uuid[] LANGUAGE plpgsql SET search_path = pg_catalog, scheduling AS $$
DECLARE
    ended   uuid[];
    earlier uuid;
BEGIN
    ended := ARRAY(SELECT make_way(ARRAY[therapist, patient, account], at));
    UPDATE slot_hold h SET state = CASE WHEN h.expires_at > at THEN 'released' ELSE 'expired' END
    WHERE h.account_id = account AND h.state = 'active' RETURNING h.id INTO earlier;
    IF FOUND THEN
        UPDATE calendar_claim k SET released_at = at WHERE k.cause_id = earlier AND k.released_at IS NULL;
    END IF;
    INSERT INTO slot_hold (id, account_id, patient_id, therapist_id, service_id, during, state, created_at, expires_at, reason)
    VALUES (hold, account, patient, therapist, service, visit, 'active', at, until, draft);
    INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
    VALUES (claims[1], therapist, therapist, patient, with_buffers, 'hold', hold, until);
    BEGIN
        INSERT INTO calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, expires_at)
        VALUES (claims[2], patient, therapist, patient, visit, 'hold', hold, until);
    EXCEPTION WHEN exclusion_violation THEN
        RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'calendar_claim_free_of_patient',
            MESSAGE = 'the patient has something else at that time';
    END;
    RETURN ended;
END
$$;
REVOKE ALL ON FUNCTION scheduling.place_hold FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.place_hold TO tele_app;

-- Forgets the drafts of holds that ended before an instant and were never sent.
CREATE FUNCTION scheduling.forget_drafts(before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
DECLARE
    forgotten bigint;
BEGIN
    IF kernel.role() IS DISTINCT FROM 'system:worker' THEN
        RETURN 0;
    END IF;
    UPDATE slot_hold h SET reason = NULL WHERE h.reason IS NOT NULL AND h.state <> 'active' AND h.expires_at < before;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION scheduling.forget_drafts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.forget_drafts TO tele_app;
