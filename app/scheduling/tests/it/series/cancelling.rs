//! Cancelled together, each late or not by itself.

use super::{ana_weekly, visits};
use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    model::VisitState,
    service::{self, CancelMany},
};

#[tokio::test]
async fn each_cancelled_visit_is_late_or_not_by_itself() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let series = ana_weekly(&clinic, "4").await;
    let rows = visits(&clinic, &series).await;
    clinic.advance(rows[0].1 - clinic.now() - Duration::hours(3));
    let view = service::series_of_visit(&ana, rows[0].0, "all").await.unwrap();
    let late: Vec<_> = view.visits.iter().map(|one| one.late).collect();
    assert_eq!(late, [true, false, false, false]);
    assert!(!view.may_move);
    let wish = CancelMany {
        visit: rows[0].0,
        extent: "all",
        reason: "not_needed",
        words: "Thank you",
        key: clinic.key(),
    };
    assert_eq!(service::cancel_series(&ana, &wish).await.unwrap().len(), 4);
    assert_eq!(
        service::cancel_series(&ana, &wish).await.unwrap().len(),
        4,
        "pressed twice"
    );
    let late: Vec<bool> = sqlx::query_scalar(
        "SELECT cancel_late FROM scheduling.visit WHERE series_id = $1 AND state = 'cancelled' ORDER BY series_place",
    )
    .bind(series.series.uuid())
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(late, [true, false, false, false]);
    let claims: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim c JOIN scheduling.visit v ON v.id = c.cause_id
         WHERE v.series_id = $1 AND c.released_at IS NULL",
    )
    .bind(series.series.uuid())
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(claims, 0);
    let view = service::get_visit(&tess, rows[2].0).await.unwrap();
    assert_eq!(view.state, VisitState::Cancelled);
    assert_eq!(view.cancel.unwrap().words, "Thank you");
    assert_eq!(clinic.events("scheduling.series_cancelled").await, 1);
    assert_eq!(clinic.events("scheduling.visit_cancelled").await, 0);
}

#[tokio::test]
async fn the_following_go_and_the_earlier_stay_and_the_clinic_is_never_late() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    clinic.advance(rows[1].1 - clinic.now() - Duration::hours(1));
    let wish = |extent| CancelMany {
        visit: rows[1].0,
        extent,
        reason: "therapist_away",
        words: "",
        key: clinic.key(),
    };
    assert_eq!(
        service::cancel_series(&tess, &wish("following")).await.unwrap().len(),
        2
    );
    let late: Vec<Option<bool>> =
        sqlx::query_scalar("SELECT cancel_late FROM scheduling.visit WHERE series_id = $1 ORDER BY series_place")
            .bind(series.series.uuid())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    assert_eq!(late, [None, Some(false), Some(false)]);
    assert_eq!(code(service::cancel_series(&tess, &wish("all")).await), "already_done");
    let foreign = service::cancel_series(&clinic.noah(), &wish("all")).await;
    assert_eq!(code(foreign), "not_found");
    let foreign = service::series_of_visit(&clinic.theo_acts(), rows[0].0, "all").await;
    assert_eq!(code(foreign), "not_found");
}
