//! Whom the demo clinic lacks: people who had a right to the patient of the matrix once, or would have it if they were not
//! suspended.

use super::world::Concerns;
use crate::clinic::Clinic;
use kernel::Role;

/// A guardian of the patient, in every scope, whose account is suspended while they are signed in.
pub const SUSPENDED: &str = "sue@demo.example";
/// A guardian whose link ended yesterday.
pub const FORMER_GUARDIAN: &str = "fay@demo.example";
/// A therapist of the clinic who left the patient's care team yesterday.
pub const FORMER_THERAPIST: &str = "june@demo.example";

/// Before anybody signs in.
pub async fn plant(clinic: &Clinic, concerns: Concerns) {
    for email in [SUSPENDED, FORMER_GUARDIAN] {
        run(
            clinic,
            "WITH new AS (
                 INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
                 VALUES (gen_random_uuid(), $1, $1, $2, 'Former', 'America/Chicago', 'active', now()) RETURNING id
             )
             INSERT INTO identity.password (account_id, phc, set_at)
             SELECT new.id, p.phc, now() FROM new, (SELECT phc FROM identity.password LIMIT 1) p",
            email,
            Role::Guardian.as_str(),
        )
        .await;
    }
    let patient = concerns.given_name();
    run(clinic, &linked("'guardian'", "NULL"), SUSPENDED, patient).await;
    run(clinic, &linked("'guardian'", ENDED), FORMER_GUARDIAN, patient).await;
    run(clinic, &linked("'care_team'", ENDED), FORMER_THERAPIST, patient).await;
}

/// Once they are signed in: a session that lives on must not be worth anything.
pub async fn suspend(clinic: &Clinic) {
    run(
        clinic,
        "UPDATE identity.account SET state = $2 WHERE email = $1",
        SUSPENDED,
        "suspended",
    )
    .await;
}

/// The house's yesterday: it is March 2027 there.
const ENDED: &str = "'2027-03-01 14:00Z'";

fn linked(kind: &str, until: &str) -> String {
    format!(
        "INSERT INTO people.relation (id, account_id, patient_id, kind, scope, starts_at, ends_at, evidence, created_by)
         SELECT gen_random_uuid(), a.id, p.id, {kind}, '{{book,attend,sign,pay,materials}}', '2026-01-01', {until}, 'a paper', a.id
         FROM identity.account a, people.patient p WHERE a.email = $1 AND p.given_name = $2"
    )
}

async fn run(clinic: &Clinic, sql: &str, one: &str, two: &str) {
    let done = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .bind(one)
        .bind(two)
        .execute(&clinic.house.owner)
        .await
        .expect("the owner may");
    assert_eq!(done.rows_affected(), 1, "{sql}");
}
