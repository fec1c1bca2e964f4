//! One person at a time.

use crate::{
    clinic::Clinic,
    desk::{code, leo, open, queue},
};
use desk::service;

#[tokio::test]
async fn of_two_who_take_at_once_one_has_it() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    for _ in 0..10 {
        let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
        let (one, two) = tokio::join!(
            service::take(&lia, request.into(), false),
            service::take(&leo, request.into(), false)
        );
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let (winner, loser) = if one.is_ok() { (&lia, &leo) } else { (&leo, &lia) };
        assert!(open(winner, request).await.owner.unwrap().mine);
        let seen = open(loser, request).await.owner.unwrap();
        assert!(!seen.mine && !seen.name.is_empty());
        service::decline(winner, request, "papers_missing", "", clinic.key())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn deciding_takes_and_what_a_colleague_has_is_not_decided() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    open(&lia, request).await;
    assert_eq!(open(&leo, request).await.owner, None, "opening takes nothing");
    service::ask(&lia, request, "Which days?", clinic.key()).await.unwrap();
    assert_eq!(queue(&lia).await.counters.mine, 1, "deciding takes");
    for refused in [
        code(service::approve(&leo, request, clinic.key()).await),
        code(service::decline(&leo, request, "no_licence", "", clinic.key()).await),
        code(service::take(&leo, request.into(), true).await),
        code(service::let_go(&leo, request.into()).await),
    ] {
        assert_eq!(refused, "taken_by_other");
    }
    service::let_go(&lia, request.into()).await.unwrap();
    service::approve(&leo, request, clinic.key()).await.unwrap();
    let late = open(&lia, request).await;
    let decided = late.decided.unwrap();
    assert_eq!(
        (decided.by.as_str(), decided.me),
        ("Leo Lind", false),
        "the second sees what the first did"
    );
    assert_eq!(
        code(service::approve(&lia, request, clinic.key()).await),
        "taken_by_other"
    );
}

#[tokio::test]
async fn what_a_colleague_has_for_long_is_taken_over() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    service::take(&lia, request.into(), false).await.unwrap();
    clinic.advance(desk::model::TAKE_OVER_AFTER);
    assert!(open(&leo, request).await.owner.unwrap().may_take_over);
    assert_eq!(
        code(service::take(&leo, request.into(), false).await),
        "taken_by_other",
        "not by accident"
    );
    service::take(&leo, request.into(), true).await.unwrap();
    assert!(open(&leo, request).await.owner.unwrap().mine);
    assert_eq!(code(service::let_go(&lia, request.into()).await), "taken_by_other");
}
