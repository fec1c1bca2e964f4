//! Kept times: their end, taking them again, one person's two wishes, the limit of open requests.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{model::HoldState, service};

#[tokio::test]
async fn an_expired_hold_keeps_its_text_and_can_be_taken_again() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    service::save_reason(&ana, hold, "Sleep").await.unwrap();
    clinic.advance(Duration::minutes(5));
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!(
        (view.state, view.reason.as_str(), view.still_free),
        (HoldState::Expired, "Sleep", true)
    );
    assert_eq!(
        code(service::request_visit(&ana, hold, "Sleep", None, clinic.key()).await),
        "hold_expired"
    );
    service::save_reason(&ana, hold, "Sleep, and evenings").await.unwrap();
    let fresh = service::retake_hold(&ana, hold, None).await.unwrap();
    assert_ne!(fresh, hold);
    let view = clinic.hold_view(&ana, fresh).await;
    assert_eq!(
        (view.state, view.reason.as_str()),
        (HoldState::Active, "Sleep, and evenings")
    );
}

#[tokio::test]
async fn an_expired_hold_makes_way_and_its_owner_sees_other_times() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let tess = clinic.therapist("tess");
    let hold = service::take_hold(&ana, tess, service_id, slot.starts, clinic.patient("Ana"))
        .await
        .unwrap();
    let (newcomer, patient) = clinic.newcomer(1).await;
    assert_eq!(
        code(service::take_hold(&newcomer, tess, service_id, slot.starts, patient).await),
        "slot_taken"
    );
    clinic.advance(Duration::minutes(5));
    service::take_hold(&newcomer, tess, service_id, slot.starts, patient)
        .await
        .unwrap();
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!(
        (view.state, view.still_free, view.nearest.len()),
        (HoldState::Expired, false, 3)
    );
    assert!(view.nearest.iter().all(|near| near.starts != slot.starts));
    assert_eq!(code(service::retake_hold(&ana, hold, None).await), "slot_taken");
    assert_eq!(code(service::get_hold(&newcomer, hold).await), "not_found");
}

#[tokio::test]
async fn a_hold_is_prolonged_once_and_let_go_at_will() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    service::extend_hold(&ana, hold).await.unwrap();
    assert_eq!(code(service::extend_hold(&ana, hold).await), "hold_over");
    clinic.advance(Duration::minutes(9));
    assert_eq!(clinic.hold_view(&ana, hold).await.state, HoldState::Active);
    service::release_hold(&ana, hold).await.unwrap();
    service::release_hold(&ana, hold).await.unwrap();
    assert_eq!(clinic.hold_view(&ana, hold).await.state, HoldState::Released);
}

#[tokio::test]
async fn taking_another_time_lets_the_first_go() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let first = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let kept = clinic.hold_view(&ana, first).await.when.starts;
    let second = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    assert_eq!(clinic.hold_view(&ana, first).await.state, HoldState::Released);
    assert_ne!(clinic.hold_view(&ana, second).await.when.starts, kept);
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert!(
        times
            .days
            .iter()
            .flat_map(|day| &day.slots)
            .any(|slot| slot.starts == kept)
    );
    assert_eq!(times.running.map(|hold| hold.hold), Some(second));
}

#[tokio::test]
async fn a_patient_is_never_in_two_places() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let at = service::get_request(&ana, request).await.unwrap().when.starts;
    // June works mornings in Denver; give her every hour so that both offer the same instant.
    sqlx::query("DELETE FROM scheduling.availability_rule WHERE therapist_id = $1")
        .bind(clinic.therapist("june").uuid())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO scheduling.availability_rule (therapist_id, weekday, starts_min, ends_min)
         SELECT $1, day, 0, 1440 FROM generate_series(1, 7) day",
    )
    .bind(clinic.therapist("june").uuid())
    .execute(&clinic.test.owner)
    .await
    .unwrap();
    let times = clinic.times(&ana, "june", "Ana").await;
    let slots = || times.days.iter().flat_map(|day| &day.slots);
    assert!(
        slots().all(|slot| slot.starts != at),
        "the engine leaves out what the patient has"
    );
    let service_id = times.service.as_ref().unwrap().service;
    let answer = service::take_hold(&ana, clinic.therapist("june"), service_id, at, clinic.patient("Ana")).await;
    assert_eq!(code(answer), "patient_busy", "and the database refuses it");
}

#[tokio::test]
async fn three_open_requests_are_the_limit() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana(); // has one of the demo
    clinic.request(&ana, "tess", "Ana", "").await;
    clinic.request(&ana, "tess", "Ana", "").await;
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!((view.open_requests.len(), view.open_limit), (3, 3));
    assert_eq!(
        code(service::request_visit(&ana, hold, "", None, clinic.key()).await),
        "too_many_requests"
    );
    service::withdraw_request(&ana, view.open_requests[0].request, clinic.key())
        .await
        .unwrap();
    service::request_visit(&ana, hold, "", None, clinic.key())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_time_that_is_not_offered_is_not_kept() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let (tess, patient) = (clinic.therapist("tess"), clinic.patient("Ana"));
    for crooked in [
        slot.starts + Duration::minutes(1),
        slot.starts + Duration::hours(12),
        clinic.now() + Duration::minutes(60),
        slot.starts + Duration::days(70),
        slot.starts - Duration::days(30),
    ] {
        let answer = service::take_hold(&ana, tess, service_id, crooked, patient).await;
        assert_eq!(code(answer), "slot_taken", "{crooked}");
    }
    let (newcomer, new_patient) = clinic.newcomer(1).await;
    let mara = clinic.therapist("mara"); // licensed in California and Washington only
    let answer = service::take_hold(&newcomer, mara, service_id, slot.starts, new_patient).await;
    assert_eq!(code(answer), "no_licence");
}

#[tokio::test]
async fn the_job_ends_what_is_over() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let house = &clinic.test.house;
    assert_eq!(service::jobs::expire_holds_and_requests(house).await.unwrap(), 0);
    clinic.advance(Duration::hours(72));
    assert_eq!(
        service::jobs::expire_holds_and_requests(house).await.unwrap(),
        3,
        "this one and two of the demo"
    );
    assert_eq!(service::jobs::expire_holds_and_requests(house).await.unwrap(), 0);
    assert_eq!(clinic.events("scheduling.request_expired").await, 3);
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!((view.state.as_str(), view.can_withdraw), ("expired", false));
    assert_eq!(
        view.history.last().map(|step| (step.to.as_str(), step.by.as_str())),
        Some(("expired", "system"))
    );
    assert_eq!(
        code(service::approve_request(&clinic.lia(), request, clinic.key()).await),
        "request_expired"
    );
}
