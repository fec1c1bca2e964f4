//! Other times, kept until the patient answers: one tap, none fits, or nobody answers.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: what fails must stop the test"
)]

use crate::clinic::{Clinic, code};
use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, RequestId};
use scheduling::{
    Error,
    api::view::ProposalView,
    model::{ProposalId, RequestState, VisitState},
    service::{self, Declined, Offer, ProposalOf, WantedTime},
};

/// Free times of Tess for Ana that a proposal may use, far enough ahead.
pub async fn free(clinic: &Clinic, count: usize) -> Vec<String> {
    let later = clinic.now() + Duration::days(4);
    let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
    let slots = times
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .filter(|slot| slot.starts > later);
    let found: Vec<_> = slots.take(count).map(|slot| slot.starts.to_rfc3339()).collect();
    assert_eq!(found.len(), count);
    found
}

pub async fn propose(clinic: &Clinic, ctx: &Ctx, of: ProposalOf, times: &[String]) -> Result<ProposalId, Error> {
    let times: Vec<_> = times.iter().map(|text| WantedTime::at(text)).collect();
    let offer = Offer {
        of,
        therapist: None,
        times: &times,
        words: "Would one of these do?",
        key: clinic.key(),
    };
    service::propose_times(ctx, &offer).await
}

async fn of_request(ctx: &Ctx, request: RequestId) -> ProposalView {
    service::get_request(ctx, request)
        .await
        .unwrap()
        .proposal
        .expect("a proposal")
}

/// What is held of Tess at this instant.
pub async fn held(clinic: &Clinic, at: DateTime<Utc>) -> i64 {
    sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim WHERE holder_id = $1 AND during @> $2 AND released_at IS NULL",
    )
    .bind(clinic.therapist("tess").uuid())
    .bind(at)
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap()
}

#[tokio::test]
async fn a_patient_takes_a_proposed_time_in_one_tap() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let request = clinic.request(&ana, "tess", "Ana", "Sleep").await;
    let asked_for = service::get_request(&ana, request).await.unwrap().when.starts;
    let times = free(&clinic, 2).await;
    propose(&clinic, &lia, ProposalOf::Request(request), &times)
        .await
        .unwrap();
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!(view.state, RequestState::Proposed);
    let proposal = view.proposal.unwrap();
    assert_eq!(
        (proposal.times.len(), proposal.words.as_str()),
        (2, "Would one of these do?")
    );
    assert_eq!(clinic.events("scheduling.times_proposed").await, 1);
    // The time that was not possible is given back, the proposed ones are kept from everybody.
    assert_eq!(held(&clinic, asked_for).await, 0);
    let (first, second) = (proposal.times[0].when.starts, proposal.times[1].when.starts);
    assert_eq!((held(&clinic, first).await, held(&clinic, second).await), (1, 1));
    let (stranger, patient) = clinic.newcomer(1).await;
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let tess = clinic.therapist("tess");
    assert_eq!(
        code(service::take_hold(&stranger, tess, service_id, first, patient).await),
        "slot_taken"
    );

    let (key, time) = (clinic.key(), proposal.times[1].time);
    let foreign = service::accept_proposal(&clinic.noah(), proposal.proposal, time, clinic.key()).await;
    assert_eq!(code(foreign), "not_found");
    let by_staff = service::accept_proposal(&lia, proposal.proposal, time, clinic.key()).await;
    assert_eq!(code(by_staff), "not_found");
    let visit = service::accept_proposal(&ana, proposal.proposal, time, key)
        .await
        .unwrap();
    assert_eq!(
        visit,
        service::accept_proposal(&ana, proposal.proposal, time, key)
            .await
            .unwrap()
    );
    let agreed = service::get_visit(&ana, visit).await.unwrap();
    assert_eq!((agreed.when.starts, agreed.state), (second, VisitState::Scheduled));
    assert_eq!(service::get_request(&ana, request).await.unwrap().visit, Some(visit));
    assert_eq!((held(&clinic, first).await, held(&clinic, second).await), (0, 1));
    let again = service::accept_proposal(&ana, proposal.proposal, time, clinic.key()).await;
    assert_eq!(code(again), "proposal_over");
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);
}

#[tokio::test]
async fn none_of_the_times_fits() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let times = free(&clinic, 1).await;
    propose(&clinic, &lia, ProposalOf::Request(request), &times)
        .await
        .unwrap();
    let proposal = of_request(&ana, request).await;
    let key = clinic.key();
    let declined = service::decline_proposal(&ana, proposal.proposal, key).await.unwrap();
    assert_eq!(declined, Declined::Request(request));
    assert_eq!(
        declined,
        service::decline_proposal(&ana, proposal.proposal, key).await.unwrap()
    );
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!((view.state, view.proposal), (RequestState::Withdrawn, None));
    assert_eq!(held(&clinic, proposal.times[0].when.starts).await, 0);
}

#[tokio::test]
async fn nobody_answers_and_the_times_are_free_again() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let times = free(&clinic, 1).await;
    propose(&clinic, &lia, ProposalOf::Request(request), &times)
        .await
        .unwrap();
    let proposal = of_request(&ana, request).await;
    clinic.advance(Duration::hours(24));
    let late = service::accept_proposal(&ana, proposal.proposal, proposal.times[0].time, clinic.key()).await;
    assert_eq!(code(late), "proposal_over");
    clinic.test.settled().await;
    assert_eq!(
        service::jobs::expire_holds_and_requests(&clinic.test.house)
            .await
            .unwrap(),
        1
    );
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!((view.state, view.proposal), (RequestState::Expired, None));
    assert_eq!(held(&clinic, proposal.times[0].when.starts).await, 0);
}

#[tokio::test]
async fn a_therapist_proposes_another_time_for_an_agreed_visit() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let old = service::get_visit(&ana, visit).await.unwrap().when.starts;
    let times = free(&clinic, 3).await;
    let of = ProposalOf::Visit(visit);
    assert_eq!(
        code(propose(&clinic, &clinic.theo_acts(), of, &times).await),
        "not_found"
    );
    assert_eq!(code(propose(&clinic, &ana, of, &times).await), "not_found");
    propose(&clinic, &tess, of, &times[..1]).await.unwrap();
    // A second proposal replaces the first.
    propose(&clinic, &tess, of, &times[1..]).await.unwrap();
    assert_eq!(held(&clinic, times[0].parse().unwrap()).await, 0);
    let view = service::get_visit(&ana, visit).await.unwrap();
    assert_eq!(view.when.starts, old, "it stays until the patient says yes");
    let proposal = view.proposal.unwrap();
    // Also after the cut-off: the clinic asked for it.
    clinic.advance(Duration::hours(23));
    let moved = service::accept_proposal(&ana, proposal.proposal, proposal.times[0].time, clinic.key())
        .await
        .unwrap();
    assert_eq!(moved, visit);
    let view = service::get_visit(&ana, visit).await.unwrap();
    assert_eq!(view.when.starts, proposal.times[0].when.starts);
    assert_eq!(view.history.last().unwrap().to, "moved");
    assert_eq!(
        (held(&clinic, old).await, held(&clinic, view.when.starts).await),
        (0, 1)
    );
    assert_eq!(held(&clinic, proposal.times[1].when.starts).await, 0);
}

#[tokio::test]
async fn a_refused_proposal_leaves_the_request_as_it_was() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let taken = clinic.visit(&clinic.noah(), "tess", "Noah").await;
    let there = service::get_visit(&clinic.noah(), taken).await.unwrap().when.starts;
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let refused = propose(&clinic, &lia, ProposalOf::Request(request), &[there.to_rfc3339()]).await;
    assert_eq!(code(refused), "slot_taken");
    assert_eq!(
        service::get_request(&ana, request).await.unwrap().state,
        RequestState::Pending
    );
    let none = propose(&clinic, &lia, ProposalOf::Request(request), &[]).await;
    assert_eq!(code(none), "invalid");
    let too_near = (clinic.now() + Duration::minutes(60)).to_rfc3339();
    assert_eq!(
        code(propose(&clinic, &lia, ProposalOf::Request(request), &[too_near]).await),
        "too_late"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_taps_at_once_take_one_time() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let times = free(&clinic, 2).await;
    propose(&clinic, &lia, ProposalOf::Request(request), &times)
        .await
        .unwrap();
    let proposal = of_request(&ana, request).await;
    let tap =
        |place: usize| service::accept_proposal(&ana, proposal.proposal, proposal.times[place].time, clinic.key());
    let (a, b) = tokio::join!(tap(0), tap(1));
    assert_eq!([&a, &b].iter().filter(|answer| answer.is_ok()).count(), 1);
    let refused = if a.is_err() { a } else { b };
    assert_eq!(code(refused), "proposal_over");
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);
}
