//! The same rules one floor below: in SQL, as the app role, whatever a service forgets.

use crate::{
    clinic::Clinic,
    desk::{leo, sql},
};
use desk::service;
use kernel::Ctx;

const TABLES: [&str; 7] = [
    "desk.taken",
    "desk.put_aside",
    "desk.template",
    "desk.saved_view",
    "desk.chosen_columns",
    "desk.found",
    "desk.export",
];

async fn seen(clinic: &Clinic, ctx: &Ctx, table: &str) -> i64 {
    let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(&mut *tx)
        .await
        .unwrap()
}

/// One row in each table, all of Lia.
async fn fill(clinic: &Clinic) {
    let lia = clinic.lia().actor.account;
    sql(
        clinic,
        &format!(
            "INSERT INTO desk.taken VALUES ('letter', gen_random_uuid(), '{lia}', now());
             INSERT INTO desk.put_aside VALUES ('letter', gen_random_uuid(), '{lia}', now());
             INSERT INTO desk.template VALUES (gen_random_uuid(), 'question', 'Name', 'Text', NULL, '{lia}', now());
             INSERT INTO desk.saved_view VALUES (gen_random_uuid(), '{lia}', 'Name', '');
             INSERT INTO desk.chosen_columns VALUES ('{lia}', '{{time}}');
             INSERT INTO desk.found VALUES (gen_random_uuid(), '{lia}', now(), '{{}}');
             INSERT INTO desk.export VALUES (gen_random_uuid(), '{lia}', now(), 'report', '');"
        ),
    )
    .await;
}

#[tokio::test]
async fn nobody_but_the_desk_sees_its_tables_and_what_is_ones_own_stays_so() {
    let clinic = Clinic::start().await;
    fill(&clinic).await;
    let leo = leo(&clinic).await;
    for table in TABLES {
        for ctx in [clinic.ana(), clinic.gus(), clinic.tess_acts()] {
            assert_eq!(seen(&clinic, &ctx, table).await, 0, "{table} as {}", ctx.actor.role);
        }
        let of_all = ["desk.taken", "desk.put_aside", "desk.template"].contains(&table);
        assert_eq!(seen(&clinic, &clinic.lia(), table).await, 1, "{table}");
        assert_eq!(
            seen(&clinic, &leo, table).await,
            i64::from(of_all),
            "{table} as a colleague"
        );
        let bare: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
            .fetch_one(clinic.test.house.db.pool())
            .await
            .unwrap();
        assert_eq!(bare, 0, "{table} without an actor");
    }
}

#[tokio::test]
async fn nobody_takes_in_anothers_name() {
    let clinic = Clinic::start().await;
    fill(&clinic).await;
    let leo = leo(&clinic).await;
    let lia = clinic.lia().actor.account;
    for forged in [
        format!("INSERT INTO desk.taken VALUES ('letter', gen_random_uuid(), '{lia}', now())"),
        format!("UPDATE desk.taken SET account_id = '{}'", clinic.ana().actor.account),
    ] {
        let mut tx = clinic.test.house.db.begin(&leo.actor).await.unwrap();
        let done = sqlx::query(sqlx::AssertSqlSafe(forged)).execute(&mut *tx).await;
        assert!(done.is_err());
    }
}

#[tokio::test]
async fn a_question_is_seen_by_the_desk_and_the_family_alone() {
    let clinic = Clinic::start().await;
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    service::ask(&clinic.lia(), request, "Which days?", clinic.key())
        .await
        .unwrap();
    for (ctx, rows) in [
        (clinic.lia(), 1),
        (clinic.ana(), 1),
        (clinic.noah(), 0),
        (clinic.tess_acts(), 0),
    ] {
        assert_eq!(
            seen(&clinic, &ctx, "scheduling.request_question").await,
            rows,
            "{}",
            ctx.actor.role
        );
    }
    let mut tx = clinic.test.house.db.begin(&clinic.noah().actor).await.unwrap();
    let undone = sqlx::query_scalar::<_, Option<uuid::Uuid>>("SELECT scheduling.take_back_approval($1, now())")
        .bind(request.uuid())
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(undone, None, "only the desk takes back");
}
