//! Many people want one time: one gets it, and the database is the judge.

use crate::clinic::{Clinic, code};
use scheduling::service;
use std::sync::Arc;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_people_want_one_slot() {
    let clinic = Arc::new(Clinic::start().await);
    let (service_id, slot) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let mut people = Vec::new();
    for number in 0..64 {
        people.push(clinic.newcomer(number).await);
    }
    let mut race = JoinSet::new();
    for (ctx, patient) in people {
        let tess = clinic.therapist("tess");
        race.spawn(async move { service::take_hold(&ctx, tess, service_id, slot.starts, patient).await });
    }
    let answers = race.join_all().await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 63));
    assert!(lost.into_iter().all(|answer| code(answer) == "slot_taken"));
    let claims: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim WHERE holder_id = $1 AND during @> $2 AND released_at IS NULL",
    )
    .bind(clinic.therapist("tess").uuid())
    .bind(slot.starts)
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(claims, 1);
}

/// The proof that the test above tests something: no check stands before the insert, only the constraint.
#[tokio::test]
async fn without_the_constraint_two_people_get_one_slot() {
    let clinic = Clinic::start().await;
    sqlx::query("ALTER TABLE scheduling.calendar_claim DROP CONSTRAINT calendar_claim_free")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let (service_id, slot) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let tess = clinic.therapist("tess");
    for (ctx, patient) in [clinic.newcomer(1).await, clinic.newcomer(2).await] {
        service::take_hold(&ctx, tess, service_id, slot.starts, patient)
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_liaisons_approve_one_request_once() {
    let clinic = Clinic::start().await;
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    let (one, two) = (clinic.lia(), clinic.lia());
    let (a, b) = tokio::join!(
        service::approve_request(&one, request, clinic.key()),
        service::approve_request(&two, request, clinic.key())
    );
    let answers = [a, b];
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let refused = answers.into_iter().find(Result::is_err).unwrap();
    assert_eq!(code(refused), "already_decided");
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);
}
