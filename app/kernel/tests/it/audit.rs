//! The audit chain grows with each access, and whoever changes it is found (T14).

use crate::actor;
use kernel::{
    PatientId, Role, StoreError, Task,
    audit::{self, Looked, Subject, Verdict},
    testing::TestHouse,
};
use sqlx::Executor;
use uuid::Uuid;

async fn look(clinic: &TestHouse, times: u128) {
    for n in 0..times {
        let mut tx = clinic.house.db.begin(&actor(1, Role::Therapist)).await.unwrap();
        let patient = PatientId::new(Uuid::from_u128(50));
        audit::record(
            &mut tx,
            Looked::Read,
            Subject::new("visit", Uuid::from_u128(n)).of(patient),
        );
        audit::record(&mut tx, Looked::Changed, Subject::kind("kit").acting_for(patient));
        tx.commit().await.unwrap();
    }
}

/// As a superuser who switches the guard off: what an attacker with the database in hand would do.
async fn tamper(clinic: &TestHouse, sql: &'static str) {
    let mut conn = clinic.owner.acquire().await.unwrap();
    conn.execute("SET session_replication_role = replica").await.unwrap();
    conn.execute(sql).await.unwrap();
    conn.execute("SET session_replication_role = origin").await.unwrap();
}

#[tokio::test]
async fn an_untouched_chain_holds() {
    let clinic = TestHouse::start().await;
    let before = audit::verify(&clinic.owner).await.unwrap();
    assert!(matches!(before, Verdict::Holds(_)));
    look(&clinic, 3).await;
    let Verdict::Holds(entries) = audit::verify(&clinic.owner).await.unwrap() else {
        panic!("the chain broke by itself");
    };
    assert_eq!(before, Verdict::Holds(entries - 6));
}

#[tokio::test]
async fn every_changed_field_is_found() {
    for change in [
        "SET action = 'read' WHERE seq = 4",
        "SET ts = ts + interval '1 second' WHERE seq = 4",
        "SET actor = gen_random_uuid() WHERE seq = 4",
        "SET acting_for = NULL WHERE seq = 4",
        "SET role = 'liaison' WHERE seq = 4",
        "SET patient = gen_random_uuid() WHERE seq = 4",
        "SET kind = 'note' WHERE seq = 4",
        "SET object = gen_random_uuid() WHERE seq = 4",
        "SET hash = sha256('x') WHERE seq = 4",
        "SET prev = sha256('x') WHERE seq = 4",
    ] {
        let clinic = TestHouse::start().await;
        look(&clinic, 3).await;
        let sql: &'static str = Box::leak(format!("UPDATE kernel.audit_entry {change}").into_boxed_str());
        tamper(&clinic, sql).await;
        assert_eq!(
            audit::verify(&clinic.owner).await.unwrap(),
            Verdict::BrokenAt(4),
            "{change}"
        );
    }
}

#[tokio::test]
async fn a_removed_entry_is_found_in_the_middle_and_at_the_end() {
    let clinic = TestHouse::start().await;
    look(&clinic, 3).await;
    tamper(&clinic, "DELETE FROM kernel.audit_entry WHERE seq = 6").await;
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::HeadMismatch);
    tamper(&clinic, "DELETE FROM kernel.audit_entry WHERE seq = 3").await;
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::BrokenAt(4));
}

#[tokio::test]
async fn two_swapped_entries_are_found() {
    let clinic = TestHouse::start().await;
    look(&clinic, 3).await;
    tamper(
        &clinic,
        "UPDATE kernel.audit_entry SET seq = -3 WHERE seq = 3;
         UPDATE kernel.audit_entry SET seq = 3 WHERE seq = 5;
         UPDATE kernel.audit_entry SET seq = 5 WHERE seq = -3",
    )
    .await;
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::BrokenAt(3));
}

#[tokio::test]
async fn the_app_can_append_and_nothing_else() {
    let clinic = TestHouse::start().await;
    look(&clinic, 1).await;
    for sql in [
        "SELECT * FROM kernel.audit_entry",
        "SELECT * FROM kernel.audit_head",
        "INSERT INTO kernel.audit_entry SELECT * FROM kernel.audit_entry",
        "UPDATE kernel.audit_entry SET role = 'x'",
        "DELETE FROM kernel.audit_entry",
        "TRUNCATE kernel.audit_entry",
        "UPDATE kernel.audit_head SET seq = 0",
    ] {
        let refused = clinic.house.db.pool().execute(sql).await.unwrap_err();
        assert!(matches!(StoreError::from(refused), StoreError::Forbidden), "{sql}");
    }
}

/// The chain believes the transaction, not the caller: neither another account nor another role, nor anybody where nobody is.
#[tokio::test]
async fn nobody_writes_an_entry_in_anothers_name() {
    let clinic = TestHouse::start().await;
    let db = &clinic.house.db;
    let entry = r#"[{"action": "read", "kind": "visit"}]"#;
    let append = async |conn: &mut sqlx::PgConnection, uid: Option<u128>, role: &str| {
        sqlx::query("SELECT kernel.append_audit($1, $2, $3::jsonb)")
            .bind(uid.map(Uuid::from_u128))
            .bind(role)
            .bind(entry)
            .execute(conn)
            .await
            .map_err(StoreError::from)
    };
    for (uid, role) in [
        (Some(2), "therapist"),
        (Some(1), "liaison"),
        (None, "therapist"),
        (None, "system:worker"),
    ] {
        let mut tx = db.begin(&actor(1, Role::Therapist)).await.unwrap();
        let refused = append(&mut tx, uid, role).await;
        assert!(matches!(refused, Err(StoreError::Forbidden)), "{uid:?} as {role}");
    }
    let refused = append(&mut db.pool().acquire().await.unwrap(), Some(1), "therapist").await;
    assert!(matches!(refused, Err(StoreError::Forbidden)), "without an actor");
    let mut tx = db.begin_task(Task::SignIn).await.unwrap();
    append(&mut tx, None, "system:sign_in").await.unwrap();
}

#[tokio::test]
async fn even_the_owner_meets_the_guard() {
    let clinic = TestHouse::start().await;
    look(&clinic, 1).await;
    for sql in [
        "UPDATE kernel.audit_entry SET role = 'x'",
        "DELETE FROM kernel.audit_entry",
        "TRUNCATE kernel.audit_entry",
    ] {
        let refused = clinic.owner.execute(sql).await.unwrap_err().to_string();
        assert!(refused.contains("only grows"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn an_access_that_rolls_back_leaves_no_entry() {
    let clinic = TestHouse::start().await;
    let before = audit::verify(&clinic.owner).await.unwrap();
    let mut tx = clinic.house.db.begin(&actor(1, Role::Therapist)).await.unwrap();
    audit::record(&mut tx, Looked::Read, Subject::kind("visit"));
    drop(tx);
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), before);
}

#[tokio::test]
async fn entries_of_many_writers_make_one_chain() {
    let clinic = TestHouse::start().await;
    futures::future::join_all((0..6).map(|_| look(&clinic, 5))).await;
    assert_eq!(audit::verify(&clinic.owner).await.unwrap(), Verdict::Holds(60));
}
