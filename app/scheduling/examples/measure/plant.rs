//! Five hundred therapists with a month of bookings each, and as many patients as a bench needs.

use super::clinic::Clinic;
use kernel::{Ctx, PatientId, Role, TherapistId};
use sqlx::Executor;
use uuid::Uuid;

#[allow(dead_code, reason = "not every bench plants them")]
pub const THERAPISTS: usize = 500;

/// All offer the service that Tess offers to Ana, on weekdays from nine to five in New York.
#[allow(dead_code, reason = "not every bench needs them")]
pub async fn therapists(clinic: &Clinic) -> Vec<TherapistId> {
    let service = clinic.slot(&clinic.ana(), "tess", "Ana").await.0;
    run(
        clinic,
        format!(
            "CREATE TEMP TABLE many AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, {THERAPISTS}) n;
             INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
                 SELECT id, 't' || n || '@x.example', 't' || n || '@x.example', 'therapist', 'T', 'America/New_York', 'active', now() FROM many;
             INSERT INTO people.therapist (id, name, title, about, approach, zone, languages, specialties, accepts_new, created_at)
                 SELECT id, 'Therapist ' || n, 'LCSW', '', '', 'America/New_York', '{{en}}', '{{anxiety}}', true, now() FROM many;
             INSERT INTO people.licence SELECT id, 'IL', 'x', '2040-01-01' FROM many;
             INSERT INTO scheduling.calendar SELECT id, 'America/New_York' FROM many;
             INSERT INTO scheduling.availability_rule SELECT id, d, 540, 1020 FROM many, generate_series(1, 5) d;
             INSERT INTO scheduling.offer SELECT id, '{service}' FROM many;
             INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
                 SELECT gen_random_uuid(), id, id, id, tstzrange(at, at + interval '50 minutes'), 'visit', gen_random_uuid()
                 FROM many, generate_series(timestamptz '{now}' , timestamptz '{now}' + interval '30 days', interval '12 hours') at;
             DROP TABLE many;",
            now = clinic.now().to_rfc3339(),
        ),
    )
    .await;
    let ids: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM people.therapist WHERE name LIKE 'Therapist %' ORDER BY name")
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    ids.into_iter().map(TherapistId::new).collect()
}

/// So many adults of Illinois with an account of their own.
#[allow(dead_code, reason = "not every bench needs them")]
pub async fn people(clinic: &Clinic, count: usize) -> Vec<(Ctx, PatientId)> {
    run(
        clinic,
        format!(
            "CREATE TABLE public.crowd AS SELECT gen_random_uuid() AS account, gen_random_uuid() AS patient, n
                 FROM generate_series(1, {count}) n;
             INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
                 SELECT account, 'p' || n || '@x.example', 'p' || n || '@x.example', 'patient', 'P', 'America/Chicago', 'active', now()
                 FROM public.crowd;
             INSERT INTO people.patient (id, account_id, kind, given_name, family_name, zone, state_code, created_at, created_by)
                 SELECT patient, account, 'adult', 'New', 'Comer', 'America/Chicago', 'IL', now(), account FROM public.crowd;
             INSERT INTO people.relation (id, account_id, patient_id, kind, starts_at, created_by)
                 SELECT gen_random_uuid(), account, patient, 'self', '2026-01-01', account FROM public.crowd;"
        ),
    )
    .await;
    let ids: Vec<(Uuid, Uuid)> = sqlx::query_as("SELECT account, patient FROM public.crowd")
        .fetch_all(&clinic.test.owner)
        .await
        .unwrap();
    ids.into_iter()
        .map(|(account, patient)| (clinic.act(account.into(), Role::Patient), patient.into()))
        .collect()
}

/// As a database is that has run for a while: what was written is vacuumed and its statistics are known.
#[allow(dead_code, reason = "not every bench needs it")]
pub async fn settle(clinic: &Clinic) {
    clinic.test.owner.execute("VACUUM ANALYZE").await.unwrap();
}

async fn run(clinic: &Clinic, sql: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut *clinic.test.owner.acquire().await.unwrap())
        .await
        .unwrap();
}
