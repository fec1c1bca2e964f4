//! A statement that is a transaction by itself says who asks, takes its audit entries along and leaves nobody behind.

use crate::actor;
use kernel::{
    Once, Role, StoreError,
    audit::{self, Looked, Subject, Verdict},
    testing::TestHouse,
};
use sqlx::PgConnection;
use uuid::Uuid;

type Asked = (Option<Uuid>, Option<String>);

/// Who asks, as a function that takes the actor of `act_as` sees it.
async fn asked(conn: &mut PgConnection) -> Result<Asked, StoreError> {
    Ok(sqlx::query_as(
        "SELECT kernel.uid(), kernel.role() FROM kernel.act_as($1, 'patient') AS who (account) WHERE who.account = $1",
    )
    .bind(Uuid::from_u128(1))
    .fetch_one(conn)
    .await?)
}

async fn once(clinic: &TestHouse) -> (Once, Asked) {
    clinic.house.db.once(|conn| Box::pin(asked(conn))).await.unwrap()
}

/// Writes what was noted, as `actor` 1; `sql` is the work.
async fn write(once: &mut Once, work: &'static str) -> Result<(), sqlx::Error> {
    let entries = once.entries().unwrap();
    let sql = format!(
        "SELECT kernel.append_audit($1, 'patient', $2)
         FROM kernel.act_as($1, 'patient') AS who (account) CROSS JOIN LATERAL {work} AS done"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(actor(1, Role::Patient).account.uuid())
        .bind(entries.as_json())
        .execute(&mut **once)
        .await
        .map(drop)
}

#[tokio::test]
async fn a_statement_says_who_asks_and_the_next_one_is_nobodys() {
    let clinic = TestHouse::start().await;
    let (mut once, asked) = once(&clinic).await;
    assert_eq!(asked, (Some(Uuid::from_u128(1)), Some("patient".to_owned())));
    let next: Asked = sqlx::query_as("SELECT kernel.uid(), kernel.role()")
        .fetch_one(&mut *once)
        .await
        .unwrap();
    assert_eq!(next, (None, None));
}

#[tokio::test]
async fn entries_reach_the_chain_with_the_statement_and_once() {
    let clinic = TestHouse::start().await;
    let (mut once, _) = once(&clinic).await;
    once.record(Looked::Created, Subject::new("hold", Uuid::from_u128(7)));
    write(&mut once, "abs(-1)").await.unwrap();
    write(&mut once, "abs(-2)").await.unwrap();
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::Holds(1));
}

#[tokio::test]
async fn a_statement_that_fails_leaves_no_entry() {
    let clinic = TestHouse::start().await;
    let (mut once, _) = once(&clinic).await;
    once.record(Looked::Created, Subject::new("hold", Uuid::from_u128(7)));
    write(&mut once, "int4div(1, 0)").await.unwrap_err();
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::Holds(0));
}

#[tokio::test]
async fn a_connection_that_broke_while_idle_is_nobodys_error() {
    let clinic = TestHouse::start().await;
    drop(once(&clinic).await);
    let all_idle = async {
        while clinic.house.db.pool().num_idle() < 1 {
            tokio::task::yield_now().await;
        }
    };
    all_idle.await;
    let gone = "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
                WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()";
    let mut owner = clinic.owner.acquire().await.unwrap();
    let killed: i64 = sqlx::query_scalar(gone).fetch_one(&mut *owner).await.unwrap();
    assert!(killed > 0);
    once(&clinic).await;
}
