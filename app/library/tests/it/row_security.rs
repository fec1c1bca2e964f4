//! Row security alone, with no service in the way: who sees which row (T2).

use crate::clinic::{ANA, Clinic, LIA, NOAH, TESS, THEO, actor, noisy_png};
use axum::http::StatusCode;
use kernel::{StoreError, VisitId};
use library::{
    model::ItemId,
    service::prepare::{self, Change},
};
use sqlx::Row;

const TABLES: [&str; 5] = ["item", "upload_part", "asset", "kit", "kit_item"];

/// Rows of each table that the actor sees.
async fn sees(clinic: &Clinic, who: u128) -> Vec<i64> {
    let mut tx = clinic.test.house.db.begin(&actor(who)).await.unwrap();
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM library.item), (SELECT count(*) FROM library.upload_part),
                (SELECT count(*) FROM library.asset), (SELECT count(*) FROM library.kit),
                (SELECT count(*) FROM library.kit_item)",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    (0..TABLES.len()).map(|at| row.get(at)).collect()
}

/// Tess has two pictures and an unfinished upload; one picture is in the kit of Ana's visit.
async fn prepared() -> (Clinic, VisitId, ItemId, ItemId) {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let shown = clinic.shelve(TESS, "shown.png", &noisy_png(60, 40)).await;
    let kept = clinic.shelve(TESS, "kept.png", &noisy_png(60, 40)).await;
    let item = clinic.begin(TESS, "half.png", 1000).await;
    clinic.patch(TESS, item, 0, noisy_png(9, 9)).await;
    prepare::change(&clinic.ctx(TESS), visit, Change::Add(shown))
        .await
        .unwrap();
    (clinic, visit, shown, kept)
}

#[tokio::test]
async fn each_sees_exactly_their_own() {
    let (clinic, _, _, _) = prepared().await;
    assert_eq!(sees(&clinic, TESS).await, [3, 1, 4, 1, 1]);
    assert_eq!(
        sees(&clinic, ANA).await,
        [1, 0, 2, 1, 1],
        "the kit of her visit and what is in it"
    );
    for stranger in [THEO, NOAH, LIA] {
        assert_eq!(sees(&clinic, stranger).await, [0; 5], "{stranger}");
    }
}

#[tokio::test]
async fn nobody_sees_nothing_even_on_a_used_connection() {
    let (clinic, _, _, _) = prepared().await;
    for _ in 0..8 {
        sees(&clinic, TESS).await;
        for table in TABLES {
            let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM library.{table}"));
            let rows: i64 = sqlx::query_scalar(sql)
                .fetch_one(clinic.test.house.db.pool())
                .await
                .unwrap();
            assert_eq!(rows, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn files_follow_the_same_rule() {
    let (clinic, _, shown, kept) = prepared().await;
    let status = |who, item: ItemId| {
        let clinic = &clinic;
        async move { clinic.get(who, &format!("/media/{item}/full"), &[]).await.status }
    };
    assert_eq!(status(TESS, kept).await, StatusCode::OK);
    assert_eq!(status(ANA, shown).await, StatusCode::OK);
    for (who, item) in [(ANA, kept), (NOAH, shown), (THEO, shown), (LIA, shown)] {
        assert_eq!(status(who, item).await, StatusCode::NOT_FOUND, "{who}");
    }
    let foreign = clinic.get(NOAH, &format!("/media/{shown}/full"), &[]).await;
    let absent: ItemId = clinic.test.house.ids.next();
    let nothing = clinic.get(NOAH, &format!("/media/{absent}/full"), &[]).await;
    assert_eq!(
        (foreign.headers, foreign.body),
        (nothing.headers, nothing.body),
        "foreign and absent answer alike"
    );
}

#[tokio::test]
async fn a_right_taken_away_works_at_once() {
    let (clinic, visit, shown, _) = prepared().await;
    prepare::change(&clinic.ctx(TESS), visit, Change::Remove(shown))
        .await
        .unwrap();
    assert_eq!(
        clinic.get(ANA, &format!("/media/{shown}/full"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

/// A foreign key alone would let a therapist look at a stranger's item by putting it into an own kit.
#[tokio::test]
async fn a_strangers_item_cannot_be_pulled_into_an_own_kit() {
    let (clinic, _, shown, _) = prepared().await;
    let own = clinic.visit(THEO, NOAH, 24, "scheduled").await;
    prepare::change(&clinic.ctx(THEO), own, Change::Message("kit".to_owned()))
        .await
        .unwrap();
    let mut tx = clinic.test.house.db.begin(&actor(THEO)).await.unwrap();
    let refused = sqlx::query("INSERT INTO library.kit_item (visit_id, item_id, position) VALUES ($1, $2, 1)")
        .bind(own.uuid())
        .bind(shown.uuid())
        .execute(&mut *tx)
        .await
        .unwrap_err();
    assert!(matches!(StoreError::from(refused), StoreError::Forbidden));
    let mut tx = clinic.test.house.db.begin(&actor(THEO)).await.unwrap();
    let refused = sqlx::query("UPDATE library.kit SET waiting_item = $2 WHERE visit_id = $1")
        .bind(own.uuid())
        .bind(shown.uuid())
        .execute(&mut *tx)
        .await
        .unwrap_err();
    assert!(matches!(StoreError::from(refused), StoreError::Forbidden));
}

#[tokio::test]
async fn a_patient_changes_nothing() {
    let (clinic, visit, shown, _) = prepared().await;
    for sql in [
        "UPDATE library.item SET name = 'x'",
        "UPDATE library.kit SET waiting_item = NULL",
        "UPDATE library.kit_item SET position = 9",
        "DELETE FROM library.kit_item",
        "DELETE FROM library.asset",
    ] {
        let mut tx = clinic.test.house.db.begin(&actor(ANA)).await.unwrap();
        assert_eq!(
            sqlx::query(sql).execute(&mut *tx).await.unwrap().rows_affected(),
            0,
            "{sql}"
        );
    }
    let mut tx = clinic.test.house.db.begin(&actor(ANA)).await.unwrap();
    let refused = sqlx::query("INSERT INTO library.kit_item (visit_id, item_id, position) VALUES ($1, $2, 9)")
        .bind(visit.uuid())
        .bind(shown.uuid())
        .execute(&mut *tx)
        .await
        .unwrap_err();
    assert!(matches!(StoreError::from(refused), StoreError::Forbidden));
}
