//! A retried mutation acts once.

use crate::actor;
use kernel::{
    Actor, IdempotencyKey, Role,
    idempotency::{ReplayError, remember, replay},
    testing::TestHouse,
};
use uuid::Uuid;

fn key(n: u128) -> IdempotencyKey {
    IdempotencyKey::new(Uuid::from_u128(n))
}

/// A mutation as a service writes it: replay, act, remember.
async fn act(clinic: &TestHouse, who: &Actor, key: IdempotencyKey, request: &str) -> Result<String, ReplayError> {
    let mut tx = clinic.house.db.begin(who).await?;
    if let Some(done) = replay::<String>(&mut tx, key, &request).await? {
        return Ok(done);
    }
    let answer = format!("{request} by {}", Uuid::now_v7());
    remember(&mut tx, key, &request, &answer).await?;
    tx.commit().await?;
    Ok(answer)
}

#[tokio::test]
async fn a_retry_gets_the_first_answer() {
    let clinic = TestHouse::start().await;
    let who = actor(1, Role::Patient);
    let first = act(&clinic, &who, key(1), "book").await.unwrap();
    assert_eq!(act(&clinic, &who, key(1), "book").await.unwrap(), first);
    assert_ne!(act(&clinic, &who, key(2), "book").await.unwrap(), first);
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    let clinic = TestHouse::start().await;
    let who = actor(1, Role::Patient);
    act(&clinic, &who, key(1), "book").await.unwrap();
    let refused = act(&clinic, &who, key(1), "cancel").await;
    assert!(matches!(refused, Err(ReplayError::OtherRequest)));
}

#[tokio::test]
async fn a_key_belongs_to_its_account() {
    let clinic = TestHouse::start().await;
    let first = act(&clinic, &actor(1, Role::Patient), key(1), "book").await.unwrap();
    let other = act(&clinic, &actor(2, Role::Patient), key(1), "book").await.unwrap();
    assert_ne!(first, other);
}

#[tokio::test]
async fn what_rolled_back_may_be_tried_again() {
    let clinic = TestHouse::start().await;
    let who = actor(1, Role::Patient);
    let mut tx = clinic.house.db.begin(&who).await.unwrap();
    remember(&mut tx, key(1), &"book", &"lost").await.unwrap();
    drop(tx);
    assert!(act(&clinic, &who, key(1), "book").await.unwrap().starts_with("book by"));
}

#[tokio::test]
async fn twenty_retries_at_once_act_once() {
    let clinic = TestHouse::start().await;
    let who = actor(1, Role::Patient);
    let answers = futures::future::join_all((0..20).map(|_| act(&clinic, &who, key(1), "book"))).await;
    let answers: Vec<String> = answers.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}
