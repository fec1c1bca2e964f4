//! Visits after they are agreed: cancelling, confirming, correcting, ending by time.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{api::view::Bookable, model::VisitState, service};

#[tokio::test]
async fn a_cancelled_visit_frees_its_time_and_says_whether_it_was_late() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = service::get_visit(&ana, visit).await.unwrap().when.starts;
    let key = clinic.key();
    assert_eq!(code(service::cancel_visit(&ana, visit, "", "", key).await), "invalid");
    service::cancel_visit(&ana, visit, "unwell", "A cold", key)
        .await
        .unwrap();
    service::cancel_visit(&ana, visit, "unwell", "A cold", key)
        .await
        .unwrap();
    let view = service::get_visit(&ana, visit).await.unwrap();
    let cancel = view.cancel.unwrap();
    assert_eq!(
        (view.state, cancel.late, cancel.words.as_str(), cancel.by.as_str()),
        (VisitState::Cancelled, false, "A cold", "patient")
    );
    let times = clinic.times(&ana, "tess", "Ana").await;
    assert!(
        times
            .days
            .iter()
            .flat_map(|day| &day.slots)
            .any(|slot| slot.starts == at)
    );
    assert_eq!(
        code(service::cancel_visit(&ana, visit, "unwell", "", clinic.key()).await),
        "already_done"
    );
    assert_eq!(clinic.events("scheduling.visit_cancelled").await, 1);
}

#[tokio::test]
async fn the_last_day_is_late_for_the_patient_and_never_for_the_clinic() {
    let clinic = Clinic::start().await;
    let (ana, gus, tess) = (clinic.ana(), clinic.gus(), clinic.tess_acts());
    let (first, second) = (
        clinic.visit(&ana, "tess", "Ana").await,
        clinic.visit(&gus, "theo", "Benjamin").await,
    );
    let starts = service::get_visit(&ana, first).await.unwrap().when.starts;
    clinic.advance(starts - clinic.now() - Duration::hours(23));
    assert!(service::get_visit(&ana, first).await.unwrap().late_now);
    service::cancel_visit(&ana, first, "not_needed", "", clinic.key())
        .await
        .unwrap();
    assert!(service::get_visit(&ana, first).await.unwrap().cancel.unwrap().late);
    // Another therapist's visit is not there for Tess.
    let foreign = service::cancel_visit(&tess, second, "therapist_away", "", clinic.key()).await;
    assert_eq!(code(foreign), "not_found");
    service::cancel_visit(&clinic.theo_acts(), second, "therapist_away", "", clinic.key())
        .await
        .unwrap();
    let cancel = service::get_visit(&gus, second).await.unwrap().cancel.unwrap();
    assert_eq!((cancel.late, cancel.by.as_str()), (false, "therapist"));
}

#[tokio::test]
async fn an_outcome_is_confirmed_after_the_visit_and_corrected_for_two_days() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let complete =
        async |outcome: &str, text: &str| service::complete_visit(&tess, visit, outcome, text, clinic.key()).await;
    assert_eq!(code(complete("completed", "").await), "too_early");
    let ends = service::get_visit(&tess, visit).await.unwrap().when.ends;
    clinic.advance(ends - clinic.now());
    let to_confirm = service::today(&tess).await.unwrap().to_confirm;
    assert!(to_confirm.iter().any(|row| row.about == Bookable::Visit(visit)));
    assert_eq!(code(complete("maybe", "").await), "invalid");
    complete("completed", "Went well").await.unwrap();
    complete("completed", "Went very well").await.unwrap();
    let view = service::get_visit(&tess, visit).await.unwrap();
    assert_eq!(
        (view.summary.as_deref(), view.acts.correct),
        (Some("Went very well"), true)
    );
    assert_eq!(view.history.last().map(|step| step.to.as_str()), Some("corrected"));
    complete("no_show", "").await.unwrap();
    let view = service::get_visit(&ana, visit).await.unwrap();
    assert_eq!((view.state, view.summary), (VisitState::NoShow, None));
    clinic.advance(Duration::hours(48) + Duration::seconds(1));
    assert_eq!(code(complete("completed", "").await), "too_late");
    assert_eq!(
        code(service::complete_visit(&clinic.theo_acts(), visit, "completed", "", clinic.key()).await),
        "not_found"
    );
    assert_eq!(
        code(service::complete_visit(&clinic.lia(), visit, "completed", "", clinic.key()).await),
        "not_found"
    );
}

#[tokio::test]
async fn a_visit_that_nobody_ended_is_ended_by_time() {
    let clinic = Clinic::start().await;
    let (ana, house) = (clinic.ana(), &clinic.test.house);
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let ends = service::get_visit(&ana, visit).await.unwrap().when.ends;
    clinic.advance(ends - clinic.now());
    assert_eq!(
        service::jobs::end_visits(house).await.unwrap(),
        3,
        "this one and two of the demo"
    );
    assert_eq!(service::jobs::end_visits(house).await.unwrap(), 0);
    assert_eq!(service::get_visit(&ana, visit).await.unwrap().state, VisitState::Ended);
}

#[tokio::test]
async fn waiting_and_leaving_again_may_repeat() {
    let clinic = Clinic::start().await;
    let (ana, house) = (clinic.ana(), &clinic.test.house);
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let mut tx = house.db.begin(&ana.actor).await.unwrap();
    let now = clinic.now();
    for _ in 0..2 {
        assert_eq!(
            service::check_in(&mut tx, now, visit, house).await.unwrap(),
            VisitState::Waiting
        );
        assert_eq!(
            service::check_in(&mut tx, now, visit, house).await.unwrap(),
            VisitState::Waiting
        );
        assert_eq!(
            service::leave_waiting(&mut tx, now, visit, house).await.unwrap(),
            VisitState::Scheduled
        );
    }
    assert_eq!(
        service::end_visit(&mut tx, now, visit, house).await.unwrap(),
        VisitState::Scheduled
    );
}

#[tokio::test]
async fn a_seat_follows_the_relation() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(&clinic.gus(), "theo", "Benjamin").await;
    let house = &clinic.test.house;
    for (ctx, seat) in [
        (clinic.gus(), Some(service::Seat::Guardian)),
        (clinic.theo_acts(), Some(service::Seat::Host)),
        (clinic.tess_acts(), None),
        (clinic.ana(), None),
        (clinic.lia(), None),
    ] {
        let mut tx = house.db.begin(&ctx.actor).await.unwrap();
        let room = service::visit_for_room(&mut tx, &ctx.actor, visit).await.unwrap();
        assert_eq!(room.map(|room| room.seat), seat, "{}", ctx.actor.role);
    }
}
