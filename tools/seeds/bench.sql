-- A clinic as large as the budgets speak of, for benches: `bench.therapists` therapists, `bench.patients` patients and
-- `bench.visits` visits around now, half of them over. Into a throw-away database that holds the demo clinic; as the owner.
--
--     SET bench.visits = '1000000'; SET bench.therapists = '500'; SET bench.patients = '10000';
--
-- No two visits of a therapist touch, so the claims of those to come satisfy the exclusion constraint like real ones.

CREATE TEMP TABLE bench_therapist AS
    SELECT gen_random_uuid() AS id, n FROM generate_series(1, current_setting('bench.therapists')::int) AS n;
CREATE TEMP TABLE bench_patient AS
    SELECT gen_random_uuid() AS id, n FROM generate_series(1, current_setting('bench.patients')::int) AS n;
CREATE UNIQUE INDEX ON bench_therapist (n);
CREATE UNIQUE INDEX ON bench_patient (n);

INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
    SELECT id, 'bench-t' || n || '@bench.example', 'bench-t' || n || '@bench.example', 'therapist', 'Therapist ' || n,
           'America/New_York', 'active', now() FROM bench_therapist;
INSERT INTO people.therapist (id, name, title, about, approach, zone, languages, specialties, accepts_new, created_at)
    SELECT id, 'Therapist ' || n, 'LCSW', '', '', 'America/New_York', '{en}', '{anxiety}', true, now() FROM bench_therapist;
INSERT INTO people.licence (therapist_id, state_code, number, valid_until) SELECT id, 'IL', 'B-' || n, '2040-01-01' FROM bench_therapist;
INSERT INTO people.patient (id, kind, given_name, family_name, zone, state_code, created_at, created_by)
    SELECT id, 'adult', 'Patient', 'Number ' || n, 'America/Chicago', 'IL', now(), id FROM bench_patient;

-- Visit number n is the (n / therapists)-th hour of its therapist; the middle one is now. Every seventh was cancelled.
INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at, ended_at, confirmed_at,
                              cancel_reason, cancel_role, cancel_late)
SELECT gen_random_uuid(), p.id, t.id, s.id, tstzrange(v.at, v.at + interval '45 minutes'), v.state, v.at - interval '9 days',
       CASE WHEN v.state = 'completed' THEN v.at + interval '45 minutes' END,
       CASE WHEN v.state = 'completed' THEN v.at + interval '1 hour' END,
       CASE WHEN v.state = 'cancelled' THEN 'unwell' END, CASE WHEN v.state = 'cancelled' THEN 'patient' END,
       CASE WHEN v.state = 'cancelled' THEN false END
FROM (
    SELECT n, date_trunc('hour', now())
              + (n / current_setting('bench.therapists')::int
                 - current_setting('bench.visits')::int / current_setting('bench.therapists')::int / 2) * interval '1 hour' AS at
    FROM generate_series(0, current_setting('bench.visits')::int - 1) AS n
) AS every
CROSS JOIN LATERAL (
    SELECT every.at, CASE WHEN every.n % 7 = 0 THEN 'cancelled' WHEN every.at < now() - interval '2 hours' THEN 'completed'
                          ELSE 'scheduled' END AS state
) AS v
JOIN bench_therapist t ON t.n = every.n % current_setting('bench.therapists')::int + 1
JOIN bench_patient p ON p.n = (every.n * 7919::bigint) % current_setting('bench.patients')::int + 1
CROSS JOIN (SELECT id FROM scheduling.service WHERE retired_at IS NULL AND line = 'mental_health' ORDER BY minutes, id LIMIT 1) AS s;

INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
SELECT gen_random_uuid(), v.therapist_id, v.therapist_id, v.patient_id, v.during, 'visit', v.id
FROM scheduling.visit v JOIN bench_therapist t ON t.id = v.therapist_id WHERE v.state = 'scheduled';

DROP TABLE bench_therapist, bench_patient;
ANALYZE scheduling.visit, scheduling.calendar_claim, people.patient, people.therapist;
