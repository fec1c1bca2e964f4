//! The waiting list: freed time is offered to whose turn it is, to one person at a time, and becomes what the rules say.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: what fails must stop the test"
)]

use crate::clinic::{Clinic, code};
use chrono::{DateTime, Days, Duration, NaiveTime, Utc};
use kernel::{Ctx, PatientId, VisitId};
use scheduling::{
    Error,
    api::view::{KeptTimeView, WishView},
    model::{OfferId, OfferState, RequestState, ServiceId, VisitState, WishId},
    service::{self, ByHand, Joining, TakenAs, WantedTime, jobs},
};
use tokio::task::JoinSet;

/// One free time of Tess and no other, for everybody.
pub struct OneTime {
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
}

impl OneTime {
    /// Tess works for one visit, `days` days from now, and never else. Told to nobody: tests say when.
    pub async fn plant(clinic: &Clinic, days: u64) -> Self {
        let tess = clinic.therapist("tess").uuid();
        let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
        let service = times.service.expect("a service");
        let date = clinic.now().date_naive() + Days::new(days);
        sqlx::query("DELETE FROM scheduling.availability_rule WHERE therapist_id = $1")
            .bind(tess)
            .execute(&clinic.test.owner)
            .await
            .unwrap();
        sqlx::query("DELETE FROM scheduling.availability_override WHERE therapist_id = $1")
            .bind(tess)
            .execute(&clinic.test.owner)
            .await
            .unwrap();
        Self::open(clinic, date, service.minutes).await;
        let starts = only_start(clinic).await.expect("one free time");
        Self {
            service: service.service,
            starts,
        }
    }

    /// Tess works for one visit on this date too.
    pub async fn open(clinic: &Clinic, date: chrono::NaiveDate, minutes: u16) {
        let noon = 12 * 60;
        sqlx::query(
            "INSERT INTO scheduling.availability_override (id, therapist_id, on_date, starts_min, ends_min)
             VALUES (gen_random_uuid(), $1, $2, $3, $4)",
        )
        .bind(clinic.therapist("tess").uuid())
        .bind(date)
        .bind(noon)
        .bind(noon + i16::try_from(minutes).unwrap())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    }

    /// Somebody has the time: an agreed visit.
    pub async fn taken_by(&self, clinic: &Clinic, ctx: &Ctx, patient: PatientId) -> VisitId {
        let hold = service::take_hold(ctx, clinic.therapist("tess"), self.service, self.starts, patient)
            .await
            .expect("a hold");
        let request = service::request_visit(ctx, hold, "", None, clinic.key())
            .await
            .expect("a request");
        service::approve_request(&clinic.lia(), request, clinic.key())
            .await
            .expect("a visit")
    }
}

async fn only_start(clinic: &Clinic) -> Option<DateTime<Utc>> {
    let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
    times.next_available.map(|slot| slot.starts)
}

pub fn wish<'a>(clinic: &Clinic, patient: PatientId, service: ServiceId) -> Joining<'a> {
    Joining {
        patient: Some(patient),
        service: Some(service),
        therapist: Some(clinic.therapist("tess")),
        visit: None,
        request: None,
        days: &[],
        parts: &[],
        weeks: "8",
        reason: "Sleep",
        key: clinic.key(),
    }
}

async fn join(clinic: &Clinic, ctx: &Ctx, patient: PatientId, service: ServiceId) -> WishId {
    let id = service::join_waitlist(ctx, &wish(clinic, patient, service))
        .await
        .expect("a place");
    // Whoever came later waits for less long.
    clinic.advance(Duration::seconds(1));
    id
}

pub async fn serve(clinic: &Clinic) -> usize {
    let made = service::time_freed(&clinic.test.house, clinic.therapist("tess"))
        .await
        .unwrap();
    made + service::keep_waitlist(&clinic.test.house).await.unwrap()
}

async fn mine(ctx: &Ctx) -> Vec<WishView> {
    service::my_waitlist(ctx).await.unwrap().wishes
}

/// What is offered to somebody now.
pub async fn offered(ctx: &Ctx) -> Option<OfferId> {
    mine(ctx)
        .await
        .iter()
        .find_map(|wish| wish.open().map(|offer| offer.offer))
}

async fn page(ctx: &Ctx, offer: OfferId) -> KeptTimeView {
    service::get_offer(ctx, offer).await.unwrap()
}

async fn cancel(clinic: &Clinic, ctx: &Ctx, visit: VisitId) {
    service::cancel_visit(ctx, visit, "unwell", "", clinic.key())
        .await
        .unwrap();
}

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

async fn page_of(ctx: &Ctx, visit: VisitId) -> (DateTime<Utc>, DateTime<Utc>) {
    let view = service::get_visit(ctx, visit).await.unwrap();
    assert_eq!(view.state, VisitState::Scheduled);
    (view.when.starts, view.when.ends)
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

#[tokio::test]
async fn leaving_and_withdrawing_give_the_time_back() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let id = join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    assert_eq!(serve(&clinic).await, 1, "what is free already is offered as well");
    assert_eq!(only_start(&clinic).await, None);
    assert_eq!(
        code(service::leave_waitlist(&clinic.noah(), id, clinic.key()).await),
        "not_found"
    );
    let offer = offered(&ana).await.unwrap();
    service::leave_waitlist(&ana, id, clinic.key()).await.unwrap();
    assert_eq!(
        code(service::leave_waitlist(&ana, id, clinic.key()).await),
        "already_done"
    );
    assert_eq!(only_start(&clinic).await, Some(time.starts));
    let view = page(&ana, offer).await;
    assert_eq!((view.state, view.waits_on), (OfferState::Withdrawn, false));
    assert_eq!(code(service::take_offer(&ana, offer, clinic.key()).await), "offer_over");
}

#[tokio::test]
async fn the_desk_offers_by_hand_and_takes_it_back() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let time = OneTime::plant(&clinic, 20).await;
    let (other, them) = clinic.newcomer(1).await;
    time.taken_by(&clinic, &other, them).await;
    let id = join(&clinic, &ana, clinic.patient("Ana"), time.service).await;
    // Outside of Tess's hours, but hers to give.
    let by_hand = (time.starts + Duration::hours(3)).to_rfc3339();
    let offer = |starts: &'static str| ByHand {
        wish: id,
        therapist: None,
        time: WantedTime::at(starts),
        key: clinic.key(),
    };
    let starts: &'static str = Box::leak(by_hand.into_boxed_str());
    for stranger in [&ana, &clinic.tess_acts(), &clinic.ada()] {
        assert_eq!(
            code(service::offer_by_hand(stranger, &offer(starts)).await),
            "not_found"
        );
    }
    let busy: &'static str = Box::leak(time.starts.to_rfc3339().into_boxed_str());
    assert_eq!(code(service::offer_by_hand(&lia, &offer(busy)).await), "slot_taken");
    let made = service::offer_by_hand(&lia, &offer(starts)).await.unwrap();
    assert_eq!(
        code(service::offer_by_hand(&lia, &offer(starts)).await),
        "already_done",
        "one at a time"
    );
    let detail = service::wish_detail(&lia, id).await.unwrap();
    assert!(!detail.can_offer && detail.wish.offers[0].by_hand);
    assert_eq!(detail.reason, "Sleep");
    assert_eq!(code(service::wish_detail(&ana, id).await), "not_found");
    assert_eq!(offered(&ana).await, Some(made));

    assert_eq!(
        code(service::withdraw_offer(&ana, made, clinic.key()).await),
        "not_found"
    );
    service::withdraw_offer(&lia, made, clinic.key()).await.unwrap();
    assert_eq!(code(service::take_offer(&ana, made, clinic.key()).await), "offer_over");
    assert_eq!(offered(&ana).await, None);
    assert!(service::wish_detail(&lia, id).await.unwrap().can_offer);
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
async fn a_wish_ends_with_its_time() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let short = Joining {
        weeks: "2",
        ..wish(&clinic, clinic.patient("Ana"), time.service)
    };
    service::join_waitlist(&ana, &short).await.unwrap();
    assert_eq!(serve(&clinic).await, 0, "the free time is after the end of the wish");
    clinic.advance(Duration::weeks(2));
    service::keep_waitlist(&clinic.test.house).await.unwrap();
    assert_eq!(mine(&ana).await, []);
    let unlisted = Joining {
        weeks: "3",
        key: clinic.key(),
        ..short
    };
    assert!(matches!(
        service::join_waitlist(&ana, &unlisted).await,
        Err(Error::Invalid { .. })
    ));
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
async fn nobody_waits_for_more_than_they_may_ask_for() {
    let clinic = Clinic::start().await;
    let gus = clinic.gus();
    let ana = clinic.ana();
    let visits = (
        clinic.visit(&ana, "tess", "Ana").await,
        clinic.visit(&ana, "tess", "Ana").await,
    );
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let for_another = service::join_waitlist(&gus, &wish(&clinic, patient, service_id)).await;
    assert_eq!(code(for_another), "not_found");
    let by_staff = service::join_waitlist(&clinic.lia(), &wish(&clinic, patient, service_id)).await;
    assert_eq!(code(by_staff), "not_found");
    join(&clinic, &ana, patient, service_id).await;
    let anyone = Joining {
        therapist: None,
        ..wish(&clinic, patient, service_id)
    };
    service::join_waitlist(&ana, &anyone).await.unwrap();
    let sooner = |visit| Joining {
        patient: None,
        service: None,
        therapist: None,
        visit: Some(visit),
        ..wish(&clinic, patient, service_id)
    };
    service::join_waitlist(&ana, &sooner(visits.0)).await.unwrap();
    assert_eq!(
        code(service::join_waitlist(&ana, &sooner(visits.1)).await),
        "too_many_requests"
    );
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

/// However many are sent at once, no more wait than may.
#[tokio::test]
async fn wishes_at_once_do_not_pass_the_limit() {
    const AT_ONCE: usize = 6;
    let clinic = Clinic::start_with(12).await;
    let ana = clinic.ana();
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let mut all = JoinSet::new();
    for _ in 0..AT_ONCE {
        let visit = clinic.visit(&ana, "tess", "Ana").await;
        let sooner = Joining {
            patient: None,
            service: None,
            therapist: None,
            visit: Some(visit),
            ..wish(&clinic, patient, service_id)
        };
        let ana = ana.clone();
        all.spawn(async move { service::join_waitlist(&ana, &sooner).await });
    }
    let joined = all.join_all().await.into_iter().filter(Result::is_ok).count();
    assert_eq!((joined, mine(&ana).await.len()), (3, 3));
}

#[tokio::test]
async fn a_refused_reason_comes_back_and_is_forgotten_with_the_wish() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let about = service::About {
        patient: Some(patient),
        service: Some(service_id),
        therapist: Some(clinic.therapist("tess")),
        ..service::About::default()
    };
    let typed = async |ctx: &Ctx| service::join_page(ctx, &about).await.unwrap().reason;
    let refused = Joining {
        weeks: "3",
        reason: " Worry at night ",
        ..wish(&clinic, patient, service_id)
    };
    assert!(service::join_waitlist(&ana, &refused).await.is_err());
    assert_eq!(typed(&ana).await, "Worry at night");
    let kept = "SELECT count(*) FROM scheduling.waitlist_draft";
    let open = "SELECT count(*) FROM scheduling.waitlist_draft WHERE position('Worry'::bytea in reason) > 0";
    let count =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&clinic.test.owner).await.unwrap() };
    assert_eq!((count(kept).await, count(open).await), (1, 0), "sealed");
    let foreign = Joining {
        key: clinic.key(),
        ..refused
    };
    assert_eq!(
        code(service::join_waitlist(&clinic.noah(), &foreign).await),
        "not_found"
    );
    assert_eq!(count(kept).await, 1, "nobody keeps words about somebody else");

    let joined = Joining {
        weeks: "2",
        key: clinic.key(),
        ..refused
    };
    service::join_waitlist(&ana, &joined).await.unwrap();
    assert_eq!(count(kept).await, 0);
    service::join_waitlist(&clinic.ana(), &refused).await.unwrap_err();
    clinic.advance(Duration::days(2));
    jobs::expire_holds_and_requests(&clinic.test.house).await.unwrap();
    assert_eq!(count(kept).await, 0, "forgotten after a day");
}
