//! A transaction says who asks, for its own length and no longer (T2).

use crate::actor;
use kernel::{Role, StoreError, Task, testing::TestHouse};
use sqlx::{Executor, Row};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

async fn asks(conn: &mut sqlx::PgConnection) -> (Option<Uuid>, Option<String>) {
    let row = sqlx::query("SELECT kernel.uid(), kernel.role()")
        .fetch_one(conn)
        .await
        .unwrap();
    (row.get(0), row.get(1))
}

#[tokio::test]
async fn a_transaction_carries_its_actor() {
    let clinic = TestHouse::start().await;
    let mut tx = clinic.house.db.begin(&actor(7, Role::Guardian)).await.unwrap();
    assert_eq!(
        asks(&mut tx).await,
        (Some(Uuid::from_u128(7)), Some("guardian".to_owned()))
    );
    let mut tx = clinic.house.db.begin_task(Task::Worker).await.unwrap();
    assert_eq!(asks(&mut tx).await, (None, Some("system:worker".to_owned())));
}

#[tokio::test]
async fn a_connection_used_before_remembers_nobody() {
    let clinic = TestHouse::start().await;
    for _ in 0..8 {
        clinic
            .house
            .db
            .begin(&actor(7, Role::Liaison))
            .await
            .unwrap()
            .commit()
            .await
            .unwrap();
        drop(clinic.house.db.begin(&actor(8, Role::Liaison)).await.unwrap());
        let mut conn = clinic.house.db.pool().acquire().await.unwrap();
        assert_eq!(asks(&mut conn).await, (None, None));
    }
}

#[tokio::test]
async fn the_app_role_owns_nothing_and_bypasses_nothing() {
    let clinic = TestHouse::start().await;
    let row = sqlx::query(
        "SELECT rolbypassrls, rolsuper, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
         FROM pg_roles r WHERE rolname = current_user",
    )
    .fetch_one(clinic.house.db.pool())
    .await
    .unwrap();
    assert_eq!((row.get::<bool, _>(0), row.get::<bool, _>(1)), (false, false));
    assert_eq!(row.get::<i64, _>(2), 0);
}

/// Tables that row security need not guard, each with its reason.
const UNGUARDED: [(&str, &str); 1] = [(
    "public._sqlx_migrations",
    "the list of migrations; the app role has no right to it",
)];

/// Every table of every schema, also of the next one: enabled, forced for its owner too, and with a policy that says whose a
/// row is.
#[tokio::test]
async fn every_table_forces_row_security() {
    let clinic = TestHouse::start().await;
    let unguarded: Vec<String> = sqlx::query_scalar(
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
         ORDER BY 1",
    )
    .fetch_all(&clinic.owner)
    .await
    .unwrap();
    let unexcused: Vec<_> = unguarded
        .iter()
        .filter(|table| UNGUARDED.iter().all(|(excused, _)| excused != table))
        .collect();
    assert!(
        unexcused.is_empty(),
        "without forced row security and a policy: {unexcused:?}"
    );
}

/// The kernel's own tables, as the app role: what a statement that forgot to say who asks, or a role that has no business
/// there, gets of them.
#[tokio::test]
async fn the_kernels_own_tables_are_nobodys_without_an_actor() {
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    clinic
        .owner
        .execute(
            "INSERT INTO kernel.outbox (id, topic, payload, created_at, run_at) VALUES (gen_random_uuid(), 'x', '{}', now(), now());
             INSERT INTO kernel.data_key VALUES (gen_random_uuid(), 'patient', gen_random_uuid(), 1, '', now());",
        )
        .await
        .unwrap();
    let seen = async |conn: &mut sqlx::PgConnection| {
        let row = sqlx::query("SELECT (SELECT count(*) FROM kernel.outbox), (SELECT count(*) FROM kernel.data_key)")
            .fetch_one(conn)
            .await
            .unwrap();
        (row.get::<i64, _>(0), row.get::<i64, _>(1))
    };
    assert_eq!(seen(&mut db.pool().acquire().await.unwrap()).await, (0, 0));
    for (role, rows) in [
        (Role::Patient, (0, 1)),
        (Role::Therapist, (0, 1)),
        (Role::Liaison, (1, 1)),
        (Role::Partner, (0, 0)),
        (Role::Admin, (0, 0)),
    ] {
        assert_eq!(
            seen(&mut db.begin(&actor(7, role)).await.unwrap()).await,
            rows,
            "{role}"
        );
    }
    for (task, rows) in [(Task::Worker, (1, 1)), (Task::SignIn, (0, 0)), (Task::Website, (0, 0))] {
        assert_eq!(seen(&mut db.begin_task(task).await.unwrap()).await, rows, "{task:?}");
    }
}

#[tokio::test]
async fn an_event_is_said_by_somebody_and_carried_out_by_the_worker_alone() {
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    let said = "INSERT INTO kernel.outbox (id, topic, payload, created_at, run_at)
                VALUES (gen_random_uuid(), 'x', '{}', now(), now())";
    let nobody = db.pool().execute(said).await.unwrap_err();
    assert!(matches!(StoreError::from(nobody), StoreError::Forbidden));
    let mut tx = db.begin(&actor(7, Role::Patient)).await.unwrap();
    tx.execute(said).await.unwrap();
    let done = "UPDATE kernel.outbox SET done_at = now()";
    assert_eq!(
        tx.execute(done).await.unwrap().rows_affected(),
        0,
        "it is not the patient's to settle"
    );
    tx.commit().await.unwrap();
    let mut tx = db.begin_task(Task::Worker).await.unwrap();
    assert_eq!(tx.execute(done).await.unwrap().rows_affected(), 1);
    let rewritten = tx.execute("UPDATE kernel.outbox SET payload = '{}'").await.unwrap_err();
    assert!(matches!(StoreError::from(rewritten), StoreError::Forbidden));
}

#[tokio::test]
async fn a_transaction_goes_by_the_clock_of_the_house() {
    let clinic = TestHouse::start().await;
    let now = "SELECT kernel.now()";
    clinic.clock.advance(chrono::Duration::days(400));
    let mut tx = clinic.house.db.begin(&actor(7, Role::Guardian)).await.unwrap();
    let told: chrono::DateTime<chrono::Utc> = sqlx::query_scalar(now).fetch_one(&mut *tx).await.unwrap();
    assert_eq!(told, clinic.house.clock.now());
    drop(tx);
    let same: bool = sqlx::query_scalar("SELECT kernel.now() = now()")
        .fetch_one(clinic.house.db.pool())
        .await
        .unwrap();
    assert!(same, "the next statement goes by the database's clock again");
}

/// A restart of the database takes every idle connection along. The next requests get new ones, not its errors.
#[tokio::test]
async fn connections_that_broke_while_idle_are_nobodys_error() {
    const MANY: usize = 4;
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    let mut open = Vec::new();
    for _ in 0..MANY {
        open.push(db.begin_task(Task::Worker).await.unwrap());
    }
    open.clear();
    let all_idle = async {
        while db.pool().num_idle() < MANY {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), all_idle).await.unwrap();

    let all_gone = async {
        let others = "datname = current_database() AND pid <> pg_backend_pid()";
        let kill = format!("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}");
        let look = format!("SELECT count(*) FROM pg_stat_activity WHERE {others}");
        let mut owner = clinic.owner.acquire().await.unwrap();
        let _asked: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(kill))
            .fetch_one(&mut *owner)
            .await
            .unwrap();
        while sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(look.clone()))
            .fetch_one(&mut *owner)
            .await
            .unwrap()
            > 0
        {}
    };
    timeout(Duration::from_secs(10), all_gone).await.unwrap();

    db.ping().await.unwrap();
    for _ in 0..MANY {
        open.push(db.begin_task(Task::Worker).await.unwrap());
    }
}

#[tokio::test]
async fn a_statement_alone_is_the_workers_and_commits_by_itself() {
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    clinic
        .owner
        .execute("CREATE TABLE public.note (told text); GRANT SELECT, INSERT ON public.note TO tele_app")
        .await
        .unwrap();
    let mut pids = Vec::new();
    for _ in 0..3 {
        let mut alone = db.alone().await.unwrap();
        let pid = sqlx::query_scalar::<_, i32>("SELECT pg_backend_pid()");
        pids.push(pid.fetch_one(&mut *alone).await.unwrap());
        assert_eq!(asks(&mut alone).await, (None, Some("system:worker".to_owned())));
        let written = sqlx::query("INSERT INTO public.note VALUES (current_user)")
            .execute(&mut *alone)
            .await;
        alone.settle(written.map_err(StoreError::from)).unwrap();
    }
    let told: Vec<String> = sqlx::query_scalar("SELECT told FROM public.note")
        .fetch_all(&clinic.owner)
        .await
        .unwrap();
    assert_eq!(told, ["tele_app"; 3]);
    pids.dedup();
    assert_eq!(pids.len(), 1, "one after the other they share one connection");
}

/// One that broke takes the idle ones along: who tries again, as a room does, meets none of them.
#[tokio::test]
async fn a_broken_connection_of_statements_alone_fails_once() {
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    let (mut one, mut other) = (db.alone().await.unwrap(), db.alone().await.unwrap());
    let mut pids: Vec<i32> = Vec::new();
    for alone in [&mut one, &mut other] {
        let pid = sqlx::query_scalar("SELECT pg_backend_pid()")
            .fetch_one(&mut **alone)
            .await;
        pids.push(pid.unwrap());
    }
    one.settle(Ok(())).unwrap();
    other.settle(Ok(())).unwrap();
    // Waits until they are gone.
    let gone: Vec<bool> = sqlx::query_scalar("SELECT pg_terminate_backend(pid, 10000) FROM unnest($1::int[]) AS pid")
        .bind(pids)
        .fetch_all(&clinic.owner)
        .await
        .unwrap();
    assert_eq!(gone, [true, true]);

    let mut answers = Vec::new();
    for _ in 0..3 {
        let mut alone = db.alone().await.unwrap();
        let answer = sqlx::query("SELECT 1").execute(&mut *alone).await;
        answers.push(alone.settle(answer.map_err(StoreError::from)));
    }
    assert!(
        matches!(answers[..], [Err(StoreError::Unavailable(_)), Ok(_), Ok(_)]),
        "{answers:?}"
    );
}
