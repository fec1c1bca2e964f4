//! What a taken time becomes.

use super::{OneTime, cancel, join, mine, offered, only_start, page, page_of, serve, wish};
use crate::clinic::{Clinic, code};
use chrono::{Days, Duration};
use scheduling::{
    model::{OfferState, RequestState},
    service::{self, Joining, TakenAs},
};

#[tokio::test]
async fn a_cancelled_time_is_kept_for_who_waits_and_becomes_their_request() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let time = OneTime::plant(&clinic, 20).await;
    let (other, them) = clinic.newcomer(1).await;
    let (late, latecomer) = clinic.newcomer(2).await;
    let visit = time.taken_by(&clinic, &other, them).await;
    join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    assert_eq!(serve(&clinic).await, 0, "nothing is free");
    let twice = service::join_waitlist(&ana, &wish(&clinic, clinic.patient("Ana"), time.service)).await;
    assert_eq!(code(twice), "waits_already");

    cancel(&clinic, &other, visit).await;
    assert_eq!(clinic.events("scheduling.time_freed").await, 1, "the database says so");
    assert_eq!(serve(&clinic).await, 1);
    assert_eq!(serve(&clinic).await, 0, "told twice, offered once");
    assert_eq!(clinic.events("scheduling.time_offered").await, 1);

    let offer = offered(&ana).await.expect("an offer");
    let view = page(&ana, offer).await;
    assert_eq!((view.state, view.when.starts), (OfferState::Open, time.starts));
    assert_eq!(view.expires_at, clinic.now() + Duration::hours(4), "as the rules say");
    let tess = clinic.therapist("tess");
    let elsewhere = service::take_hold(&late, tess, time.service, time.starts, latecomer).await;
    assert_eq!(code(elsewhere), "slot_taken");
    for stranger in [&late, &lia, &clinic.tess_acts()] {
        assert_eq!(code(service::get_offer(stranger, offer).await), "not_found");
        assert_eq!(
            code(service::take_offer(stranger, offer, clinic.key()).await),
            "not_found"
        );
        assert_eq!(
            code(service::pass_offer(stranger, offer, clinic.key()).await),
            "not_found"
        );
    }

    let key = clinic.key();
    let taken = service::take_offer(&ana, offer, key).await.unwrap();
    assert_eq!(
        taken,
        service::take_offer(&ana, offer, key).await.unwrap(),
        "one tap, twice"
    );
    let TakenAs::Request(request) = taken else {
        panic!("{taken:?}")
    };
    let asked = service::get_request(&ana, request).await.unwrap();
    assert_eq!((asked.state, asked.when.starts), (RequestState::Pending, time.starts));
    assert_eq!(asked.reason, "Sleep", "what was said when they joined");
    assert_eq!(page(&ana, offer).await.request, Some(request));
    assert_eq!(code(service::take_offer(&ana, offer, clinic.key()).await), "offer_over");
    assert_eq!(mine(&ana).await, [], "they wait no more");
    service::approve_request(&lia, request, clinic.key()).await.unwrap();
    let looked: i64 =
        sqlx::query_scalar("SELECT count(*) FROM kernel.audit_entry WHERE kind = 'waitlist_offer' AND patient = $1")
            .bind(clinic.patient("Ana").uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap();
    assert!(looked >= 3, "made, looked at and taken: {looked}");
}

#[tokio::test]
async fn a_visit_comes_sooner_and_its_old_time_is_free() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let visit = time.taken_by(&clinic, &ana, clinic.patient("Ana")).await;
    let sooner = Joining {
        patient: None,
        service: None,
        therapist: None,
        visit: Some(visit),
        weeks: "",
        ..wish(&clinic, clinic.patient("Ana"), time.service)
    };
    let foreign = service::join_waitlist(&clinic.noah(), &sooner).await;
    assert_eq!(code(foreign), "not_found");
    service::join_waitlist(&ana, &sooner).await.unwrap();
    assert_eq!(serve(&clinic).await, 0, "nothing sooner is free");

    let minutes = u16::try_from((page_of(&ana, visit).await.1 - time.starts).num_minutes()).unwrap();
    OneTime::open(&clinic, clinic.now().date_naive() + Days::new(10), minutes).await;
    assert_eq!(serve(&clinic).await, 1);
    let offer = offered(&ana).await.expect("an offer");
    let view = page(&ana, offer).await;
    assert_eq!(view.moves.as_ref().map(|now| now.starts), Some(time.starts));
    assert!(view.when.starts < time.starts && view.agreed_at_once);

    let taken = service::take_offer(&ana, offer, clinic.key()).await.unwrap();
    assert_eq!(taken, TakenAs::Visit(visit));
    assert_eq!(page_of(&ana, visit).await.0, view.when.starts);
    assert_eq!(only_start(&clinic).await, Some(time.starts), "the old time is free");
    let steps: Vec<String> = service::get_visit(&ana, visit)
        .await
        .unwrap()
        .history
        .into_iter()
        .map(|row| row.to)
        .collect();
    assert!(
        steps.contains(&"offered".to_owned()) && steps.contains(&"moved".to_owned()),
        "{steps:?}"
    );
}

#[tokio::test]
async fn whose_time_was_gone_waits_and_is_agreed_with_another() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let time = OneTime::plant(&clinic, 20).await;
    let hold = service::take_hold(
        &ana,
        clinic.therapist("tess"),
        time.service,
        time.starts,
        clinic.patient("Ana"),
    )
    .await
    .unwrap();
    let request = service::request_visit(&ana, hold, "Sleep", None, clinic.key())
        .await
        .unwrap();
    let instead = Joining {
        patient: None,
        service: None,
        therapist: None,
        request: Some(request),
        ..wish(&clinic, clinic.patient("Ana"), time.service)
    };
    assert_eq!(
        code(service::join_waitlist(&ana, &instead).await),
        "already_done",
        "its time is not gone"
    );
    sqlx::query("INSERT INTO scheduling.time_off (id, therapist_id, during, reason) VALUES (gen_random_uuid(), $1, tstzrange($2, $3), '')")
        .bind(clinic.therapist("tess").uuid())
        .bind(time.starts - Duration::hours(1))
        .bind(time.starts + Duration::hours(2))
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(
        code(service::approve_request(&lia, request, clinic.key()).await),
        "time_gone"
    );
    let instead = Joining {
        key: clinic.key(),
        ..instead
    };
    service::join_waitlist(&ana, &instead).await.unwrap();
    assert_eq!(
        service::get_request(&ana, request).await.unwrap().state,
        RequestState::Waitlisted
    );
    assert_eq!(serve(&clinic).await, 0);

    OneTime::open(&clinic, clinic.now().date_naive() + Days::new(30), 60).await;
    clinic.advance(Duration::hours(1));
    assert_eq!(serve(&clinic).await, 1, "the hourly look finds what nobody told");
    let offer = offered(&ana).await.expect("an offer");
    let starts = page(&ana, offer).await.when.starts;
    let TakenAs::Visit(visit) = service::take_offer(&ana, offer, clinic.key()).await.unwrap() else {
        panic!("a liaison meant to approve it")
    };
    assert_eq!(page_of(&ana, visit).await.0, starts);
    let asked = service::get_request(&ana, request).await.unwrap();
    assert_eq!((asked.state, asked.visit), (RequestState::Approved, Some(visit)));
    let steps: Vec<String> = asked.history.into_iter().map(|row| row.to).collect();
    for step in ["waitlisted", "offered", "proposed", "approved"] {
        assert!(steps.contains(&step.to_owned()), "{step} in {steps:?}");
    }
}
