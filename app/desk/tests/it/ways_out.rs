//! Visits in the queue, and what the desk does about them.

#![expect(clippy::panic, reason = "helpers of tests: what fails must stop the test")]

use crate::{
    clinic::Clinic,
    desk::{code, leo, number, open, queue},
};
use chrono::Duration;
use desk::{
    api::view::{Body, VisitBody},
    model::{ItemId, Kind, Risk},
    service::{self, ProposeWish, WayOutWish},
};
use kernel::VisitId;
use scheduling::{
    model::VisitState,
    service::{self as booking, AbsenceForm},
};

const fn item(kind: Kind, visit: VisitId) -> ItemId {
    ItemId { kind, id: visit.uuid() }
}

/// A visit of Ana's on a day on which Tess is away and June stands in.
async fn affected(clinic: &Clinic) -> ItemId {
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let when = booking::get_visit(&clinic.tess_acts(), visit).await.unwrap().when;
    let (date, june) = (when.date.to_string(), clinic.therapist("june").to_string());
    let form = AbsenceForm {
        first: &date,
        last: &date,
        reason: "Conference",
        colleague: &june,
    };
    booking::add_time_off(&clinic.tess_acts(), None, form).await.unwrap();
    item(Kind::Affected, visit)
}

async fn body(clinic: &Clinic, item: ItemId) -> VisitBody {
    match open(&clinic.lia(), item).await.body {
        Body::Visit(body) => *body,
        _ => panic!("a visit"),
    }
}

async fn waits(clinic: &Clinic, item: ItemId) -> bool {
    queue(&clinic.lia()).await.rows.iter().any(|row| row.item == item)
}

#[tokio::test]
async fn an_affected_visit_goes_to_the_colleague_and_leaves_the_queue() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let item = affected(&clinic).await;
    let way = body(&clinic, item).await.ways.way_out.unwrap();
    assert_eq!(
        (way.therapist.therapist, way.colleague),
        (clinic.therapist("june"), true)
    );
    let wish = WayOutWish {
        therapist: Some(way.therapist.therapist),
        starts: way.starts.to_rfc3339(),
        words: String::new(),
    };
    service::take(&leo, item, false).await.unwrap();
    assert_eq!(
        code(service::move_affected(&lia, item, &wish, clinic.key()).await),
        "taken_by_other"
    );
    service::move_affected(&leo, item, &wish, clinic.key()).await.unwrap();
    assert!(!waits(&clinic, item).await);
    let moved = booking::get_visit(&clinic.ana(), item.id.into()).await.unwrap();
    assert_eq!(
        (moved.therapist.therapist, moved.when.starts),
        (clinic.therapist("june"), way.starts)
    );
    assert_eq!(
        code(service::move_affected(&leo, item, &wish, clinic.key()).await),
        "already_done",
        "it is there"
    );
}

#[tokio::test]
async fn other_times_for_an_affected_visit_wait_for_the_patient_and_press_nobody_here() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let item = affected(&clinic).await;
    let before = body(&clinic, item).await;
    let when = before.visit.when.clone();
    let free = before.ways.nearest.first().unwrap();
    assert_ne!(free.date, when.date, "not on the day on which Tess is away");
    let wish = ProposeWish {
        starts: vec![free.starts.to_rfc3339()],
        ..ProposeWish::default()
    };
    service::propose(&lia, item, &wish, clinic.key()).await.unwrap();
    let rows = queue(&lia).await.rows;
    let row = rows.iter().find(|row| row.item == item).unwrap();
    assert_eq!(row.risk, Risk::Low);
    let proposal = body(&clinic, item).await.visit.proposal.unwrap();
    booking::accept_proposal(&clinic.ana(), proposal.proposal, proposal.times[0].time, clinic.key())
        .await
        .unwrap();
    assert!(!waits(&clinic, item).await);
}

#[tokio::test]
async fn an_affected_visit_is_cancelled_from_the_queue_at_no_cost() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let item = affected(&clinic).await;
    let confirm = ItemId {
        kind: Kind::Confirm,
        ..item
    };
    let cancel = |item| {
        let (lia, key) = (lia.clone(), clinic.key());
        async move { service::cancel_affected(&lia, item, "therapist_away", "We are sorry.", key).await }
    };
    assert_eq!(code(cancel(confirm).await), "not_found", "not what this item is");
    cancel(item).await.unwrap();
    let view = booking::get_visit(&clinic.ana(), item.id.into()).await.unwrap();
    assert_eq!(view.state, VisitState::Cancelled);
    assert!(!view.cancel.unwrap().late && !waits(&clinic, item).await);
}

#[tokio::test]
async fn a_therapist_is_reminded_once_a_day_and_the_patient_does_not_read_of_it() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let ends = booking::get_visit(&lia, visit).await.unwrap().when.ends;
    let item = item(Kind::Confirm, visit);
    let remind = || service::remind(&lia, item, clinic.key());
    clinic.advance(ends - clinic.now() + Duration::hours(23));
    booking::jobs::end_visits(&clinic.test.house).await.unwrap();
    assert_eq!(code(remind().await), "too_early", "the therapist still has time");
    clinic.advance(Duration::hours(1));
    assert!(body(&clinic, item).await.may_remind);
    let key = clinic.key();
    service::remind(&lia, item, key).await.unwrap();
    service::remind(&lia, item, key).await.unwrap();
    assert_eq!(
        clinic.events("scheduling.confirmation_asked").await,
        1,
        "sent twice, carried out once"
    );
    assert!(!body(&clinic, item).await.may_remind && waits(&clinic, item).await);
    assert_eq!(code(remind().await), "reminded_today");
    clinic.advance(Duration::hours(24));
    remind().await.unwrap();
    assert_eq!(clinic.events("scheduling.confirmation_asked").await, 2);
    let audited = format!(
        "SELECT count(*) FROM kernel.audit_entry WHERE object = '{visit}' AND action = 'changed' AND role = 'liaison'"
    );
    assert_eq!(number(&clinic, &audited).await, 2);
    let ana = booking::get_visit(&clinic.ana(), visit).await.unwrap();
    assert!(ana.history.iter().all(|step| step.to != "reminded"));

    booking::complete_visit(&clinic.tess_acts(), visit, "completed", "", clinic.key())
        .await
        .unwrap();
    clinic.advance(Duration::hours(24));
    assert_eq!(code(remind().await), "already_done");
    assert_eq!(
        code(service::remind(&clinic.tess_acts(), item, clinic.key()).await),
        "not_found"
    );
}
