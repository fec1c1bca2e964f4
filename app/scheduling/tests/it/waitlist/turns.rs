//! Whose turn it is, how often somebody is asked, and what is told when time is free.

use super::{OneTime, cancel, join, mine, offered, only_start, page, serve, wish};
use crate::clinic::{Clinic, code};
use chrono::{Duration, NaiveTime};
use scheduling::{
    model::OfferState,
    service::{self, ByHand, Joining, WantedTime, jobs},
};

#[tokio::test]
async fn one_after_the_other_is_asked_and_nobody_twice() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let (other, them) = clinic.newcomer(1).await;
    let (second, second_patient) = clinic.newcomer(2).await;
    let visit = time.taken_by(&clinic, &other, them).await;
    join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    join(&clinic, &second, second_patient, time.service).await;
    cancel(&clinic, &other, visit).await;
    assert_eq!(serve(&clinic).await, 1, "one hold for one time");
    let (first, none) = (offered(&ana).await.expect("the first"), offered(&second).await);
    assert_eq!(none, None);

    // Nobody answers: time gives it back, and the next one is asked.
    clinic.advance(Duration::hours(4));
    assert_eq!(code(service::take_offer(&ana, first, clinic.key()).await), "offer_over");
    clinic.test.settled().await;
    jobs::expire_holds_and_requests(&clinic.test.house).await.unwrap();
    assert_eq!(page(&ana, first).await.state, OfferState::Expired);
    assert!(page(&ana, first).await.waits_on);
    assert_eq!(clinic.events("scheduling.time_freed").await, 2);
    assert_eq!(serve(&clinic).await, 1);
    let next = offered(&second).await.expect("the second");
    assert_eq!(offered(&ana).await, None);

    // They let it pass: the time is anybody's, and neither is asked for it again.
    service::pass_offer(&second, next, clinic.key()).await.unwrap();
    assert_eq!(page(&second, next).await.state, OfferState::Passed);
    assert_eq!(clinic.events("scheduling.time_freed").await, 3);
    clinic.advance(Duration::hours(2));
    assert_eq!(serve(&clinic).await, 0);
    assert_eq!(only_start(&clinic).await, Some(time.starts));
}

#[tokio::test]
async fn who_would_go_to_anyone_gets_the_earliest_that_fits() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let evenings = ["evening".to_owned()];
    let anyone = Joining {
        therapist: None,
        ..wish(&clinic, clinic.patient("Ana"), service_id)
    };
    service::join_waitlist(&ana, &anyone).await.unwrap();
    assert_eq!(service::keep_waitlist(&clinic.test.house).await.unwrap(), 1);
    let offer = offered(&ana).await.expect("an offer");
    let found = service::find_therapists(&ana, &service::Wish::default()).await.unwrap();
    let view = page(&ana, offer).await;
    // Two hours of notice, and some minutes to answer.
    let too_near = clinic.now() + Duration::minutes(125);
    let mut all = found.hits.iter().flat_map(|hit| &hit.next);
    assert!(all.all(|slot| slot.starts >= view.when.starts || slot.starts < too_near));

    // On the patient's clock nobody works in the evening: nothing is offered.
    let (other, them) = clinic.newcomer(1).await;
    let late = Joining {
        parts: &evenings,
        ..wish(&clinic, them, service_id)
    };
    service::join_waitlist(&other, &late).await.unwrap();
    service::keep_waitlist(&clinic.test.house).await.unwrap();
    if let Some(offer) = offered(&other).await {
        let view = page(&other, offer).await;
        let local = view.when.starts + Duration::minutes(i64::from(view.when.zone.offset_minutes));
        assert!(local.time() >= NaiveTime::from_hms_opt(17, 0, 0).unwrap(), "{local}");
    }
}

#[tokio::test]
async fn whoever_never_answers_waits_no_more() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    join(&clinic, &ana, clinic.patient("Ana"), service_id).await;
    for missed in 0..3 {
        assert_eq!(serve(&clinic).await, 1, "offer {missed}");
        clinic.advance(Duration::hours(4));
        jobs::expire_holds_and_requests(&clinic.test.house).await.unwrap();
    }
    assert_eq!(service::keep_waitlist(&clinic.test.house).await.unwrap(), 0);
    assert_eq!(mine(&ana).await, []);
    assert_eq!(serve(&clinic).await, 0);
}

#[tokio::test]
async fn after_three_in_vain_no_fourth_is_made() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let id = join(&clinic, &ana, clinic.patient("Ana"), service_id).await;
    let tess = clinic.therapist("tess");
    for missed in 0..3 {
        // Told by the outbox alone: the look that ends what waits in vain has not come yet.
        let made = service::time_freed(&clinic.test.house, tess).await.unwrap();
        assert_eq!(made, 1, "offer {missed}");
        clinic.advance(Duration::hours(4));
        jobs::expire_holds_and_requests(&clinic.test.house).await.unwrap();
    }
    assert_eq!(service::time_freed(&clinic.test.house, tess).await.unwrap(), 0);
    assert!(!service::wish_detail(&lia, id).await.unwrap().can_offer);
    let starts = (clinic.now() + Duration::days(10)).to_rfc3339();
    let by_hand = ByHand {
        wish: id,
        therapist: None,
        time: WantedTime::at(&starts),
        key: clinic.key(),
    };
    assert_eq!(code(service::offer_by_hand(&lia, &by_hand).await), "already_done");
    assert_eq!(clinic.events("scheduling.time_offered").await, 3);
}

/// However many tell of the same time at once, it is kept for one; and of an answer and its opposite one counts.
#[tokio::test]
async fn a_freed_time_is_raced_for_and_kept_once() {
    const WAITING: usize = 6;
    let clinic = Clinic::start_with(12).await;
    let time = OneTime::plant(&clinic, 20).await;
    let mut people = Vec::new();
    for number in 0..WAITING {
        let (ctx, patient) = clinic.newcomer(number).await;
        join(&clinic, &ctx, patient, time.service).await;
        people.push(ctx);
    }
    let tess = clinic.therapist("tess");
    let house = &clinic.test.house;
    let told = tokio::join!(
        service::time_freed(house, tess),
        service::time_freed(house, tess),
        service::time_freed(house, tess),
        service::keep_waitlist(house),
    );
    let made = told.0.unwrap() + told.1.unwrap() + told.2.unwrap() + told.3.unwrap();
    assert_eq!(made, 1);
    let mut open = Vec::new();
    for ctx in &people {
        open.extend(offered(ctx).await.map(|offer| (ctx.clone(), offer)));
    }
    let [(ctx, offer)] = &open[..] else {
        panic!("{} offers", open.len())
    };
    let (take, pass) = tokio::join!(
        service::take_offer(ctx, *offer, clinic.key()),
        service::pass_offer(ctx, *offer, clinic.key())
    );
    assert_ne!(take.is_ok(), pass.is_ok());
    let state = page(ctx, *offer).await.state;
    assert_eq!(
        state,
        if take.is_ok() {
            OfferState::Taken
        } else {
            OfferState::Passed
        }
    );
}

#[tokio::test]
async fn what_one_act_frees_of_a_therapist_is_told_once() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let times = crate::proposals::free(&clinic, 2).await;
    let (other, them) = clinic.newcomer(1).await;
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    join(&clinic, &other, them, service_id).await;
    crate::proposals::propose(&clinic, &clinic.lia(), service::ProposalOf::Visit(visit), &times)
        .await
        .unwrap();
    assert_eq!(clinic.events("scheduling.time_freed").await, 0);
    // Its own time and both that were proposed.
    cancel(&clinic, &ana, visit).await;
    assert_eq!(clinic.events("scheduling.time_freed").await, 1);
}

#[tokio::test]
async fn what_staff_free_rests_whatever_else_is_told() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let time = OneTime::plant(&clinic, 20).await;
    let visit = time.taken_by(&clinic, &ana, clinic.patient("Ana")).await;
    let (other, them) = clinic.newcomer(1).await;
    join(&clinic, &other, them, time.service).await;
    cancel(&clinic, &tess, visit).await;
    // Somebody else frees another time of hers, which is told at once.
    assert_eq!(serve(&clinic).await, 0, "within the minute it may be taken back");
    assert_eq!(only_start(&clinic).await, Some(time.starts), "though it is free");
    clinic.advance(Duration::minutes(1));
    assert_eq!(
        service::time_freed(&clinic.test.house, clinic.therapist("tess"))
            .await
            .unwrap(),
        1
    );
    assert!(offered(&other).await.is_some());
}
