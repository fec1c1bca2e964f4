//! Nothing typed is lost (M4): a refusal keeps the text, a new time brings it along, and in the end it is forgotten.

#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    model::{HoldId, HoldState},
    service,
};

async fn drafts(clinic: &Clinic) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM scheduling.slot_hold WHERE reason IS NOT NULL")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap()
}

async fn reason(clinic: &Clinic, hold: HoldId) -> String {
    clinic.hold_view(&clinic.ana(), hold).await.reason
}

#[tokio::test]
async fn a_refused_request_keeps_the_text_that_came_with_it() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    clinic.advance(Duration::minutes(6));
    let answer = service::request_visit(&ana, hold, "Sleep, and evenings", None, clinic.key()).await;
    assert_eq!(code(answer), "hold_expired");
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!((view.state, view.still_free), (HoldState::Expired, true));
    assert_eq!(view.reason, "Sleep, and evenings");

    let fresh = service::retake_hold(&ana, hold, Some("Sleep, evenings, and work"))
        .await
        .unwrap();
    assert_eq!(reason(&clinic, fresh).await, "Sleep, evenings, and work");
    service::request_visit(&ana, fresh, "Sleep, evenings, and work", None, clinic.key())
        .await
        .unwrap();
    assert_eq!(drafts(&clinic).await, 0, "what is sent is a draft no more");
}

#[tokio::test]
async fn a_time_taken_by_somebody_else_leads_on_with_the_text() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let (tess, patient) = (clinic.therapist("tess"), clinic.patient("Ana"));
    let hold = service::take_hold(&ana, tess, service_id, slot.starts, patient)
        .await
        .unwrap();
    clinic.advance(Duration::minutes(6));
    let (other, other_patient) = clinic.newcomer(1).await;
    service::take_hold(&other, tess, service_id, slot.starts, other_patient)
        .await
        .unwrap();

    let answer = service::retake_hold(&ana, hold, Some("Sleep")).await;
    assert_eq!(code(answer), "slot_taken");
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!(
        (view.still_free, view.reason.as_str(), view.nearest.len()),
        (false, "Sleep", 3)
    );

    let near = view.nearest[0].starts;
    let fresh = service::take_hold(&ana, tess, service_id, near, patient).await.unwrap();
    assert_eq!(reason(&clinic, fresh).await, "Sleep");
    assert_eq!(reason(&clinic, hold).await, "", "the text is in one place");
}

#[tokio::test]
async fn a_text_stays_with_its_person_and_its_writer() {
    let clinic = Clinic::start().await;
    let gus = clinic.gus();
    let hold = clinic.hold(&gus, "theo", "Benjamin").await.unwrap();
    service::save_reason(&gus, hold, "About Bo").await.unwrap();
    let (service_id, slot) = clinic.slot(&gus, "theo", "Mila").await;
    let sister = clinic.patient("Mila");
    let other = service::take_hold(&gus, clinic.therapist("theo"), service_id, slot.starts, sister)
        .await
        .unwrap();
    assert_eq!(clinic.hold_view(&gus, other).await.reason, "");
    assert_eq!(
        code(service::retake_hold(&clinic.ana(), hold, Some("mine")).await),
        "not_found"
    );
}

#[tokio::test]
async fn what_was_never_sent_is_forgotten_after_a_day() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let house = &clinic.test.house;
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    service::save_reason(&ana, hold, "Sleep").await.unwrap();
    clinic.advance(Duration::hours(24));
    service::jobs::expire_holds_and_requests(house).await.unwrap();
    // Nobody else can make it so earlier.
    let mut tx = house.db.begin(&ana.actor).await.unwrap();
    sqlx::query("SELECT scheduling.forget_drafts('infinity')")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(drafts(&clinic).await, 1);
    clinic.advance(Duration::minutes(6));
    service::jobs::expire_holds_and_requests(house).await.unwrap();
    assert_eq!(drafts(&clinic).await, 0);
}
