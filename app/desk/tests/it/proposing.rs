//! Other times for a request from its detail, and a request that is put over something else on purpose.

#![expect(clippy::panic, reason = "helpers of tests: what fails must stop the test")]

use crate::{
    clinic::Clinic,
    desk::{code, leo, number, open, queue},
};
use desk::{
    api::view::Body,
    service::{self, ChangeWish, ProposeWish},
};
use kernel::{Ctx, RequestId};
use scheduling::{
    api::view::RequestDetailView,
    model::{RequestState, VisitState},
    service as booking,
};

async fn detail(ctx: &Ctx, request: RequestId) -> RequestDetailView {
    match open(ctx, request).await.body {
        Body::Request(detail) => *detail,
        _ => panic!("a request"),
    }
}

fn of(starts: &[String]) -> ProposeWish {
    ProposeWish {
        starts: starts.to_vec(),
        words: "Would one of these do?".to_owned(),
        ..ProposeWish::default()
    }
}

#[tokio::test]
async fn times_are_proposed_from_the_detail_and_the_request_leaves_the_queue_until_an_answer() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let nearest: Vec<String> = detail(&lia, request)
        .await
        .nearest
        .iter()
        .take(2)
        .map(|slot| slot.starts.to_rfc3339())
        .collect();
    let key = clinic.key();
    service::propose(&lia, request.into(), &of(&nearest), key)
        .await
        .unwrap();
    service::propose(&lia, request.into(), &of(&nearest), key)
        .await
        .unwrap();
    let proposals = format!("SELECT count(*) FROM scheduling.proposal WHERE request_id = '{request}'");
    assert_eq!(number(&clinic, &proposals).await, 1, "the same form sent twice");
    assert_eq!(detail(&lia, request).await.row.state, RequestState::Proposed);
    assert!(queue(&lia).await.rows.iter().all(|row| row.item != request.into()));
    let proposal = booking::get_request(&ana, request).await.unwrap().proposal.unwrap();
    assert_eq!(
        (proposal.times.len(), proposal.words.as_str()),
        (2, "Would one of these do?")
    );
}

#[tokio::test]
async fn a_proposal_is_refused_when_a_colleague_has_it_when_it_is_decided_and_when_its_time_is_gone() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    let free = detail(&lia, request).await.nearest[0].starts.to_rfc3339();
    service::take(&leo, request.into(), false).await.unwrap();
    let refused = service::propose(&lia, request.into(), &of(std::slice::from_ref(&free)), clinic.key()).await;
    assert_eq!(code(refused), "taken_by_other");
    service::let_go(&leo, request.into()).await.unwrap();

    // Somebody took the time between the page and the press: the request keeps what it has.
    let taken = clinic.visit(&clinic.noah(), "tess", "Noah").await;
    let taken = booking::get_visit(&lia, taken).await.unwrap().when.starts;
    let refused = service::propose(&lia, request.into(), &of(&[taken.to_rfc3339()]), clinic.key()).await;
    assert_eq!(code(refused), "slot_taken");
    let after = detail(&lia, request).await;
    assert_eq!(after.row.state, RequestState::Pending);
    assert!(after.nearest.iter().all(|slot| slot.starts != taken));
    let soon = clinic.now() + chrono::Duration::minutes(30);
    let refused = service::propose(&lia, request.into(), &of(&[soon.to_rfc3339()]), clinic.key()).await;
    assert_eq!(code(refused), "too_near");

    service::decline(&lia, request, "papers_missing", "", clinic.key())
        .await
        .unwrap();
    let refused = service::propose(&lia, request.into(), &of(&[free]), clinic.key()).await;
    assert_eq!(code(refused), "already_decided");
    for other in [clinic.ana(), clinic.tess_acts(), clinic.ada()] {
        let refused = service::propose(&other, request.into(), &ProposeWish::default(), clinic.key()).await;
        assert_eq!(code(refused), "not_found");
    }
}

#[tokio::test]
async fn a_request_is_put_over_something_else_only_with_a_reason_which_the_patient_does_not_read() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let before = detail(&lia, request).await;
    // Noah asks for a time at which Ana and Tess are free.
    let (noah, tess) = (clinic.noah(), clinic.therapist("tess"));
    let taken = before.nearest[0].starts;
    let (kind, _) = clinic.slot(&noah, "tess", "Noah").await;
    let hold = booking::take_hold(&noah, tess, kind, taken, clinic.patient("Noah"))
        .await
        .unwrap();
    booking::request_visit(&noah, hold, "", None, clinic.key())
        .await
        .unwrap();
    let wish = |overbook: &str, words: &str| ChangeWish {
        offer: format!("{}.{}", before.row.therapist.therapist, before.row.service.service),
        starts: taken.to_rfc3339(),
        overbook: overbook.to_owned(),
        overbook_words: words.to_owned(),
        ..ChangeWish::default()
    };
    let change = |wish: ChangeWish| {
        let (lia, key) = (lia.clone(), clinic.key());
        async move { service::change(&lia, request, &wish, key).await }
    };
    assert_eq!(code(change(wish("", "")).await), "slot_taken");
    assert_eq!(code(change(wish("other", " ")).await), "invalid");
    change(wish("urgent", "Asked for today")).await.unwrap();
    let after = detail(&lia, request).await;
    assert_eq!(after.row.when.starts, taken);
    let step = after.history.iter().find(|step| step.to == "overbooked").unwrap();
    assert_eq!((step.why.as_str(), step.words.as_str()), ("urgent", "Asked for today"));
    let visit = service::approve(&lia, request, clinic.key()).await.unwrap();
    let view = booking::get_visit(&ana, visit).await.unwrap();
    assert_eq!((view.state, view.when.starts), (VisitState::Scheduled, taken));
    assert!(view.history.iter().all(|step| step.to != "overbooked"));
}
