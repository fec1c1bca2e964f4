//! What was proposed for a visit is over once the visit moves or is cancelled, in whatever way: the times are given back, and no
//! tap moves it again.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: what fails must stop the test"
)]

use crate::{
    clinic::{Clinic, code},
    proposals::{free, held, propose},
    series::ana_weekly,
    waitlist::{OneTime, offered, serve, wish},
};
use chrono::{DateTime, Days, Duration, Utc};
use kernel::VisitId;
use scheduling::{
    api::view::ProposalView,
    service::{self, CancelMany, Joining, Move, MoveMany, Moving, ProposalOf, TakenAs, WantedTime},
};

async fn open(clinic: &Clinic, visit: VisitId) -> Option<ProposalView> {
    service::get_visit(&clinic.ana(), visit).await.unwrap().proposal
}

/// Proposes these times for a visit of Ana's.
async fn proposed(clinic: &Clinic, visit: VisitId, times: &[String]) -> ProposalView {
    propose(clinic, &clinic.tess_acts(), ProposalOf::Visit(visit), times)
        .await
        .unwrap();
    open(clinic, visit).await.expect("a proposal")
}

/// Nothing is kept for it, nothing is shown of it, and no tap takes it.
async fn is_over(clinic: &Clinic, visit: VisitId, proposal: &ProposalView) {
    assert!(open(clinic, visit).await.is_none(), "it is shown no more");
    for time in &proposal.times {
        let refused = service::accept_proposal(&clinic.ana(), proposal.proposal, time.time, clinic.key()).await;
        assert_eq!(code(refused), "proposal_over");
    }
}

/// What is kept of Tess's for proposals.
async fn kept(clinic: &Clinic) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim
         WHERE holder_id = $1 AND cause = 'proposal' AND released_at IS NULL",
    )
    .bind(clinic.therapist("tess").uuid())
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_move_ends_it_also_one_to_a_proposed_time() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let times = free(&clinic, 2).await;
    let proposal = proposed(&clinic, visit, &times).await;
    let to = Move {
        visit,
        time: WantedTime::at(&times[1]),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::move_visit(&tess, &to).await.unwrap();
    is_over(&clinic, visit, &proposal).await;
    assert_eq!(kept(&clinic).await, 0);
    assert_eq!(
        held(&clinic, proposal.times[1].when.starts).await,
        1,
        "the visit itself"
    );
}

#[tokio::test]
async fn a_cancellation_by_either_side_ends_it() {
    let clinic = Clinic::start().await;
    for by in [clinic.ana(), clinic.tess_acts(), clinic.lia()] {
        let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
        let proposal = proposed(&clinic, visit, &free(&clinic, 2).await).await;
        assert_eq!(kept(&clinic).await, 2);
        service::cancel_visit(&by, visit, "unwell", "", clinic.key())
            .await
            .unwrap();
        assert_eq!(kept(&clinic).await, 0);
        is_over(&clinic, visit, &proposal).await;
    }
}

#[tokio::test]
async fn what_a_series_does_ends_those_of_its_visits_and_of_no_other() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let visits = ana_weekly(&clinic, "4").await.visits;
    let times = free(&clinic, 4).await;
    let first = proposed(&clinic, visits[0], &times[..1]).await;
    let third = proposed(&clinic, visits[2], &times[1..3]).await;
    let starts: DateTime<Utc> = service::get_visit(&tess, visits[1]).await.unwrap().when.starts;
    let later = (starts + Duration::minutes(30)).to_rfc3339();
    let to = MoveMany {
        visit: visits[1],
        extent: "following",
        time: WantedTime::at(&later),
        reason: "patient_asked",
        words: "",
        leave: false,
        key: clinic.key(),
    };
    let moved = service::move_series(&tess, &to).await.unwrap();
    assert!(matches!(moved, Moving::Moved(_)), "{moved:?}");
    is_over(&clinic, visits[2], &third).await;
    assert!(open(&clinic, visits[0]).await.is_some(), "this one did not move");
    assert_eq!(kept(&clinic).await, 1);

    let last = proposed(&clinic, visits[3], &times[3..]).await;
    let all = CancelMany {
        visit: visits[0],
        extent: "all",
        reason: "unwell",
        words: "",
        key: clinic.key(),
    };
    service::cancel_series(&clinic.ana(), &all).await.unwrap();
    is_over(&clinic, visits[0], &first).await;
    is_over(&clinic, visits[3], &last).await;
    assert_eq!(kept(&clinic).await, 0);
}

#[tokio::test]
async fn a_visit_that_comes_sooner_over_the_waiting_list_ends_it() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let visit = time.taken_by(&clinic, &ana, clinic.patient("Ana")).await;
    let later = (time.starts + Duration::days(2)).to_rfc3339();
    let proposal = proposed(&clinic, visit, &[later]).await;
    let sooner = Joining {
        patient: None,
        service: None,
        therapist: None,
        visit: Some(visit),
        weeks: "",
        ..wish(&clinic, clinic.patient("Ana"), time.service)
    };
    service::join_waitlist(&ana, &sooner).await.unwrap();
    OneTime::open(&clinic, clinic.now().date_naive() + Days::new(10), 60).await;
    assert_eq!(serve(&clinic).await, 1);
    let offer = offered(&ana).await.expect("an offer");
    let taken = service::take_offer(&ana, offer, clinic.key()).await.unwrap();
    assert_eq!(taken, TakenAs::Visit(visit));
    is_over(&clinic, visit, &proposal).await;
    assert_eq!(kept(&clinic).await, 0);
}
