//! What the app role sees of these tables, role by role. Owner and superuser skip policies, so nothing here runs as one.

use super::clinic::Clinic;
use kernel::{StoreError, Task};

const TABLES: [&str; 4] = ["account", "password", "session", "throttle"];

async fn rows(tx: &mut kernel::Tx, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM identity.{table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

async fn seen(mut tx: kernel::Tx) -> Vec<i64> {
    let mut seen = Vec::new();
    for table in TABLES {
        seen.push(rows(&mut tx, table).await);
    }
    seen
}

#[tokio::test]
async fn each_role_sees_its_own_and_nobody_sees_a_hash() {
    let clinic = Clinic::open().await;
    let _refused = clinic.try_sign_in("nobody@demo.example", "wrong").await;
    let (ana, tess, lia) = (
        clinic.sign_in("ana@demo.example").await,
        clinic.sign_in("tess@demo.example").await,
        clinic.sign_in("lia@demo.example").await,
    );
    let db = &clinic.test.house.db;
    // account, password, session, throttle
    assert_eq!(seen(db.begin(&ana.actor).await.unwrap()).await, [1, 0, 1, 0]);
    assert_eq!(seen(db.begin(&tess.actor).await.unwrap()).await, [1, 0, 1, 0]);
    assert_eq!(seen(db.begin(&lia.actor).await.unwrap()).await, [4, 0, 1, 0]);
    assert_eq!(seen(db.begin_task(Task::SignIn).await.unwrap()).await, [4, 4, 3, 5]);
    assert_eq!(seen(db.begin_task(Task::Worker).await.unwrap()).await, [4, 0, 0, 0]);
}

#[tokio::test]
async fn an_unset_actor_sees_no_row_also_on_a_connection_used_before() {
    let clinic = Clinic::open().await;
    let lia = clinic.sign_in("lia@demo.example").await;
    drop(clinic.test.house.db.begin(&lia.actor).await.unwrap());
    for table in TABLES {
        let sql = format!("SELECT count(*) FROM identity.{table}");
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(clinic.test.house.db.pool())
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn nobody_opens_a_session_for_somebody_else() {
    let clinic = Clinic::open().await;
    let (ana, tess) = (
        clinic.sign_in("ana@demo.example").await,
        clinic.sign_in("tess@demo.example").await,
    );
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let planted = sqlx::query(
        "INSERT INTO identity.session (id, token_hash, account_id, state, device, started_at, last_seen_at)
         VALUES ($1, sha256('x'), $2, 'active', '', now(), now())",
    )
    .bind(clinic.test.house.ids.uuid())
    .bind(tess.actor.account.uuid())
    .execute(&mut *tx)
    .await;
    assert_matches!(StoreError::from(planted.unwrap_err()), StoreError::Forbidden);
}
