//! The desk's decisions.

use crate::clinic::{Clinic, code};
use scheduling::{
    api::view::{Bookable, CheckState, DayBlockKind},
    model::{DeclineReason, RequestState},
    service,
};

#[tokio::test]
async fn a_request_is_declined_with_a_reason_and_its_time_is_free() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let at = service::get_request(&ana, request).await.unwrap().when.starts;
    let refused = service::decline_request(&lia, request, "other", " ", clinic.key()).await;
    assert_eq!(code(refused), "invalid");
    assert_eq!(
        code(service::decline_request(&lia, request, "because", "", clinic.key()).await),
        "invalid"
    );
    service::decline_request(&lia, request, "papers_missing", "Please send the form.", clinic.key())
        .await
        .unwrap();
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!(
        (view.state, view.decline),
        (RequestState::Declined, Some(DeclineReason::PapersMissing))
    );
    assert_eq!(view.words, "Please send the form.");
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert!(
        times
            .days
            .iter()
            .flat_map(|day| &day.slots)
            .any(|slot| slot.starts == at)
    );
    assert_eq!(
        code(service::approve_request(&lia, request, clinic.key()).await),
        "already_decided"
    );
    assert_eq!(clinic.events("scheduling.request_declined").await, 1);
}

#[tokio::test]
async fn a_request_over_time_off_becomes_conflicted() {
    let clinic = Clinic::start().await;
    let (ana, lia, tess) = (clinic.ana(), clinic.lia(), clinic.tess_acts());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let date = service::get_request(&ana, request).await.unwrap().when.date.to_string();
    let absence = service::AbsenceForm {
        first: &date,
        last: &date,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    let detail = service::request_detail(&lia, request).await.unwrap();
    assert!(!detail.can_approve);
    let check = detail
        .checks
        .iter()
        .find(|check| check.code == "therapist_free")
        .unwrap();
    assert_eq!(check.state, CheckState::Stop);
    assert!(
        detail
            .therapist_day
            .iter()
            .any(|block| block.kind == DayBlockKind::TimeOff && block.clash)
    );
    assert!(!detail.nearest.is_empty());
    assert_eq!(
        code(service::approve_request(&lia, request, clinic.key()).await),
        "time_gone"
    );
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!(view.state, RequestState::Conflicted);
    assert_eq!(clinic.events("scheduling.request_conflicted").await, 1);
    assert_eq!(
        code(service::approve_request(&lia, request, clinic.key()).await),
        "already_decided"
    );
    service::decline_request(&lia, request, "therapist_away", "", clinic.key())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_bar_of_the_day_shows_the_request_between_its_neighbours() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let neighbour = service::get_visit(&lia, visit).await.unwrap();
    let detail = service::request_detail(&lia, request).await.unwrap();
    assert_eq!(
        neighbour.when.date, detail.row.when.date,
        "the next slot of the same day"
    );
    let kinds: Vec<DayBlockKind> = detail.therapist_day.iter().map(|block| block.kind).collect();
    for kind in [
        DayBlockKind::Hours,
        DayBlockKind::Visit,
        DayBlockKind::Buffer,
        DayBlockKind::This,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    assert!(
        detail
            .therapist_day
            .iter()
            .all(|block| block.from_minute < block.until_minute)
    );
    let named = detail
        .therapist_day
        .iter()
        .find(|block| block.kind == DayBlockKind::Visit)
        .unwrap();
    assert_eq!(named.label, "Ana Alvarez");
    assert!(detail.patient_day.iter().any(|row| row.about == Bookable::Visit(visit)));
    assert!(
        detail
            .patient_day
            .iter()
            .all(|row| row.about != Bookable::Request(request))
    );
}

#[tokio::test]
async fn lists_page_by_key_and_decided_ones_leave() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    for number in 0..30 {
        let (ctx, patient) = clinic.newcomer(number).await;
        let times = service::therapist_times(
            &ctx,
            &service::TimesWish {
                therapist: clinic.therapist("tess"),
                for_patient: Some(patient),
                service: None,
                month: String::new(),
                around: String::new(),
            },
        )
        .await
        .unwrap();
        let slot = times.next_available.unwrap();
        let service_id = times.service.unwrap().service;
        let hold = service::take_hold(&ctx, clinic.therapist("tess"), service_id, slot.starts, patient)
            .await
            .unwrap();
        service::request_visit(&ctx, hold, "", None, clinic.key())
            .await
            .unwrap();
    }
    let first = service::list_requests(&lia, "", "").await.unwrap();
    assert_eq!((first.rows.len(), first.open), (25, 32));
    let second = service::list_requests(&lia, "", first.next.as_deref().unwrap())
        .await
        .unwrap();
    assert_eq!((second.rows.len(), second.next), (7, None));
    assert!(second.rows[0].request > first.rows[24].request);
    service::approve_request(&lia, first.rows[0].request, clinic.key())
        .await
        .unwrap();
    assert_eq!(service::list_requests(&lia, "", "").await.unwrap().open, 31);
    assert_eq!(
        service::list_requests(&lia, "approved", "").await.unwrap().rows.len(),
        3,
        "two were planted"
    );
    assert_eq!(
        code(service::list_requests(&lia, "", "not a cursor").await),
        "not_found"
    );
}

#[tokio::test]
async fn only_the_desk_decides() {
    let clinic = Clinic::start().await;
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    for ctx in [clinic.ana(), clinic.gus(), clinic.tess_acts()] {
        assert_eq!(
            code(service::approve_request(&ctx, request, clinic.key()).await),
            "not_found"
        );
        assert_eq!(
            code(service::decline_request(&ctx, request, "no_licence", "", clinic.key()).await),
            "not_found"
        );
        assert_eq!(code(service::list_requests(&ctx, "", "").await), "not_found");
        assert_eq!(code(service::request_detail(&ctx, request).await), "not_found");
    }
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let (one, two) = (
        clinic.request(&ana, "tess", "Ana", "").await,
        clinic.request(&ana, "tess", "Ana", "").await,
    );
    let key = clinic.key();
    let visit = service::approve_request(&lia, one, key).await.unwrap();
    assert_eq!(service::approve_request(&lia, one, key).await.unwrap(), visit);
    assert_eq!(code(service::approve_request(&lia, two, key).await), "other_request");
}
