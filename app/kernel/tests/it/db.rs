//! A transaction says who asks, for its own length and no longer (T2).

use crate::actor;
use kernel::{Role, Task, testing::TestHouse};
use sqlx::Row;
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
        "SELECT rolbypassrls, rolsuper,
                (SELECT count(*) FROM pg_class WHERE relowner = r.oid),
                (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                 WHERE nspname IN ('identity', 'people', 'scheduling', 'library', 'room')
                   AND relkind = 'r' AND relrowsecurity AND NOT relforcerowsecurity)
         FROM pg_roles r WHERE rolname = current_user",
    )
    .fetch_one(clinic.house.db.pool())
    .await
    .unwrap();
    assert_eq!((row.get::<bool, _>(0), row.get::<bool, _>(1)), (false, false));
    assert_eq!((row.get::<i64, _>(2), row.get::<i64, _>(3)), (0, 0));
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
