//! The matrix in SQL, as the app role. Owner and superuser skip policies, so nothing here runs as one.

use super::clinic::Clinic;
use kernel::{Actor, StoreError, Task, Tx};

const TABLES: [&str; 5] = ["patient", "relation", "clinical", "therapist", "licence"];

async fn count(tx: &mut Tx, sql: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned()))
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

/// The given names an actor sees.
async fn names(clinic: &Clinic, actor: Actor) -> Vec<String> {
    let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
    sqlx::query_scalar("SELECT given_name FROM people.patient ORDER BY 1")
        .fetch_all(&mut *tx)
        .await
        .unwrap()
}

/// How many sealed records an actor sees.
async fn sealed(clinic: &Clinic, actor: Actor) -> i64 {
    let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
    count(&mut tx, "SELECT count(*) FROM people.clinical").await
}

#[tokio::test]
async fn each_role_sees_its_own_patients_only() {
    let clinic = Clinic::open().await;
    assert_eq!(names(&clinic, clinic.ana()).await, ["Ana"]);
    assert_eq!(names(&clinic, clinic.gus()).await, ["Benjamin", "Mila"]);
    assert_eq!(names(&clinic, clinic.tess()).await, ["Ana", "Noah"]);
    assert_eq!(names(&clinic, clinic.theo()).await, ["Benjamin"]);
    assert_eq!(
        names(&clinic, clinic.lia()).await,
        ["Ana", "Benjamin", "Mila", "Noah", "Priya"]
    );
    assert!(names(&clinic, clinic.pat()).await.is_empty());
    assert!(names(&clinic, clinic.ada()).await.is_empty());
}

#[tokio::test]
async fn sealed_rows_are_for_the_care_team_alone() {
    let clinic = Clinic::open().await;
    assert_eq!(sealed(&clinic, clinic.tess()).await, 1);
    assert_eq!(sealed(&clinic, clinic.theo()).await, 1);
    for actor in [clinic.ana(), clinic.gus(), clinic.lia(), clinic.pat(), clinic.ada()] {
        assert_eq!(sealed(&clinic, actor).await, 0, "{}", actor.role);
    }
}

#[tokio::test]
async fn an_unset_actor_sees_no_row_also_on_a_connection_used_before() {
    let clinic = Clinic::open().await;
    drop(clinic.test.house.db.begin(&clinic.lia()).await.unwrap());
    for table in TABLES {
        let sql = format!("SELECT count(*) FROM people.{table}");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(clinic.test.house.db.pool())
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn an_ended_link_sees_nothing() {
    let clinic = Clinic::open().await;
    clinic
        .plant_fault(
            "UPDATE people.relation SET starts_at = now() - interval '2 days', ends_at = now() - interval '1 day'",
        )
        .await;
    for actor in [clinic.ana(), clinic.gus(), clinic.tess(), clinic.theo()] {
        assert!(names(&clinic, actor).await.is_empty(), "{}", actor.role);
        assert_eq!(sealed(&clinic, actor).await, 0, "{}", actor.role);
    }
    assert_eq!(names(&clinic, clinic.lia()).await.len(), 5);
}

#[tokio::test]
async fn a_link_that_begins_next_week_opens_nothing_today() {
    let clinic = Clinic::open().await;
    let next_week = clinic.test.house.clock.now() + chrono::Duration::days(7);
    sqlx::query("UPDATE people.relation SET starts_at = $1")
        .bind(next_week)
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let everybody = [clinic.ana(), clinic.gus(), clinic.tess(), clinic.theo()];
    for actor in everybody {
        assert!(names(&clinic, actor).await.is_empty(), "{}", actor.role);
        assert_eq!(sealed(&clinic, actor).await, 0, "{}", actor.role);
        let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
        let asked = "SELECT count(*) FROM unnest($1::uuid[]) p WHERE people.sees(p) OR people.acts_for(p) OR people.cares_for(p)";
        let patients = ["Ana", "Benjamin", "Mila", "Noah"].map(|name| clinic.patient(name).uuid());
        let open: i64 = sqlx::query_scalar(asked)
            .bind(patients)
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(open, 0, "{}", actor.role);
    }
    let tess = people::service::my_patients(&clinic.ctx(clinic.tess()), None)
        .await
        .unwrap();
    assert!(tess.lines.is_empty(), "nor does it show in a list");
    clinic.test.clock.advance(chrono::Duration::days(7));
    for actor in everybody {
        assert!(!names(&clinic, actor).await.is_empty(), "{}", actor.role);
    }
}

#[tokio::test]
async fn nobody_but_a_therapist_is_put_into_a_care_team() {
    let clinic = Clinic::open().await;
    for (account, by_right) in [
        (clinic.theo().account, true),
        (clinic.gus().account, false),
        (clinic.pat().account, false),
        (clinic.lia().account, false),
    ] {
        let mut tx = clinic.test.house.db.begin(&clinic.lia()).await.unwrap();
        let linked = sqlx::query(
            "INSERT INTO people.relation (id, account_id, patient_id, kind, starts_at, created_by)
             VALUES ($1, $2, $3, 'care_team', now(), $4)",
        )
        .bind(clinic.test.house.ids.uuid())
        .bind(account.uuid())
        .bind(clinic.patient("Priya").uuid())
        .bind(clinic.lia().account.uuid())
        .execute(&mut *tx)
        .await;
        assert_eq!(linked.is_ok(), by_right, "{linked:?}");
    }
}

#[tokio::test]
async fn a_stolen_id_with_another_role_opens_nothing_sealed() {
    let clinic = Clinic::open().await;
    let tess_as_patient = Actor {
        role: kernel::Role::Patient,
        ..clinic.tess()
    };
    assert_eq!(sealed(&clinic, tess_as_patient).await, 0);
}

#[tokio::test]
async fn sees_and_acts_for_say_the_same_as_the_policies() {
    let clinic = Clinic::open().await;
    let bo = clinic.patient("Benjamin");
    for (actor, sees, acts) in [
        (clinic.gus(), true, true),
        (clinic.theo(), true, false),
        (clinic.lia(), true, false),
        (clinic.ana(), false, false),
        (clinic.tess(), false, false),
        (clinic.pat(), false, false),
        (clinic.ada(), false, false),
    ] {
        let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
        let found: (bool, bool) = sqlx::query_as("SELECT people.sees($1), people.acts_for($1)")
            .bind(bo.uuid())
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(found, (sees, acts), "{}", actor.role);
    }
    for (task, sees) in [(Task::Worker, true), (Task::Seed, true), (Task::SignIn, false)] {
        let mut tx = clinic.test.house.db.begin_task(task).await.unwrap();
        let found: bool = sqlx::query_scalar("SELECT people.sees($1)")
            .bind(bo.uuid())
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(found, sees, "{}", task.as_str());
    }
}

#[tokio::test]
async fn nobody_links_themselves_to_a_patient() {
    let clinic = Clinic::open().await;
    for (actor, kind) in [
        (clinic.tess(), "care_team"),
        (clinic.tess(), "guardian"),
        (clinic.pat(), "care_team"),
        (clinic.gus(), "self"),
        (clinic.lia(), "guardian"),
    ] {
        let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
        let linked = sqlx::query(
            "INSERT INTO people.relation (id, account_id, patient_id, kind, starts_at, evidence, created_by)
             VALUES ($1, $2, $3, $4, now(), 'x', $2)",
        )
        .bind(clinic.test.house.ids.uuid())
        .bind(actor.account.uuid())
        .bind(clinic.patient("Priya").uuid())
        .bind(kind)
        .execute(&mut *tx)
        .await;
        let refused = StoreError::from(linked.unwrap_err());
        assert!(matches!(refused, StoreError::Forbidden), "{} as {kind}", actor.role);
    }
}

/// The owner is a superuser here and would skip every policy. In production it may be neither: the functions must work for
/// an owner whom FORCE binds.
#[tokio::test]
async fn the_functions_work_for_an_owner_whom_force_binds() {
    let clinic = Clinic::open().await;
    clinic
        .plant_fault(
            "DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tele_plain_owner') THEN
                    CREATE ROLE tele_plain_owner NOLOGIN NOSUPERUSER NOBYPASSRLS;
                END IF;
             END $$;
             GRANT USAGE, CREATE ON SCHEMA people TO tele_plain_owner;
             GRANT USAGE ON SCHEMA kernel TO tele_plain_owner;
             ALTER TABLE people.relation OWNER TO tele_plain_owner;
             ALTER FUNCTION people.sees OWNER TO tele_plain_owner;
             ALTER POLICY for_functions ON people.relation TO tele_plain_owner;",
        )
        .await;
    assert_eq!(names(&clinic, clinic.tess()).await, ["Ana", "Noah"]);
    clinic.plant_fault("DROP POLICY for_functions ON people.relation").await;
    assert!(
        names(&clinic, clinic.tess()).await.is_empty(),
        "without its policy the function sees no link"
    );
}
