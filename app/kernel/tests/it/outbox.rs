//! Commit first, send after: an event is carried out once it is committed, and retried until it works.

use crate::actor;
use async_trait::async_trait;
use chrono::Duration;
use kernel::{
    Role,
    outbox::{self, Event, Handler, Worker},
    testing::TestHouse,
};
use serde::Serialize;
use sqlx::Row;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration as Wait,
};
use tokio::{sync::Notify, time::timeout};
use uuid::Uuid;

#[derive(Serialize)]
struct VisitEnded {
    visit: Uuid,
}

impl Event for VisitEnded {
    const TOPIC: &'static str = "test.visit_ended";
}

/// Fails so many times, then works.
struct Flaky {
    failures: usize,
    calls: AtomicUsize,
}

#[async_trait]
impl Handler for Flaky {
    async fn handle(&self, _event: uuid::Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        assert_eq!(payload["visit"], Uuid::from_u128(3).to_string());
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        anyhow::ensure!(call >= self.failures, "the peer is away");
        Ok(())
    }
}

fn flaky(failures: usize) -> Arc<Flaky> {
    Arc::new(Flaky {
        failures,
        calls: AtomicUsize::new(0),
    })
}

fn worker(clinic: &TestHouse, handler: &Arc<Flaky>) -> Worker {
    Worker::new(clinic.house.db.clone(), clinic.house.clock.clone()).on::<VisitEnded>(handler.clone())
}

async fn push(clinic: &TestHouse, commit: bool) {
    let mut tx = clinic.house.db.begin(&actor(1, Role::Therapist)).await.unwrap();
    let event = VisitEnded {
        visit: Uuid::from_u128(3),
    };
    outbox::push(&mut tx, clinic.house.ids.as_ref(), clinic.house.clock.now(), &event)
        .await
        .unwrap();
    if commit {
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_event_of_a_rolled_back_change_never_happens() {
    let clinic = TestHouse::start().await;
    let handler = flaky(0);
    push(&clinic, false).await;
    assert!(!worker(&clinic, &handler).step().await.unwrap());
    push(&clinic, true).await;
    assert!(worker(&clinic, &handler).step().await.unwrap());
    assert!(!worker(&clinic, &handler).step().await.unwrap());
    assert_eq!(handler.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_failed_event_waits_twice_as_long_each_time() {
    let clinic = TestHouse::start().await;
    let handler = flaky(2);
    let worker = worker(&clinic, &handler);
    push(&clinic, true).await;
    assert!(worker.step().await.unwrap());
    assert!(!worker.step().await.unwrap(), "it must wait before the second try");
    clinic.clock.advance(Duration::seconds(10));
    assert!(worker.step().await.unwrap());
    clinic.clock.advance(Duration::seconds(10));
    assert!(
        !worker.step().await.unwrap(),
        "it must wait longer before the third try"
    );
    clinic.clock.advance(Duration::seconds(10));
    assert!(worker.step().await.unwrap());
    clinic.clock.advance(Duration::days(1));
    assert!(!worker.step().await.unwrap(), "a done event stays done");
    assert_eq!(handler.calls.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn an_event_that_never_works_is_given_up_and_kept() {
    let clinic = TestHouse::start().await;
    let handler = flaky(usize::MAX);
    let worker = worker(&clinic, &handler);
    push(&clinic, true).await;
    for _ in 0..30 {
        worker.step().await.unwrap();
        clinic.clock.advance(Duration::hours(5));
    }
    assert_eq!(handler.calls.load(Ordering::SeqCst), 12);
    let row = sqlx::query("SELECT dead_at IS NOT NULL, done_at IS NULL, last_error FROM kernel.outbox")
        .fetch_one(&clinic.owner)
        .await
        .unwrap();
    assert!(row.get::<bool, _>(0) && row.get::<bool, _>(1));
    assert_eq!(row.get::<String, _>(2), "the peer is away");
}

#[tokio::test]
async fn two_workers_share_the_events() {
    let clinic = TestHouse::start().await;
    let handler = flaky(0);
    for _ in 0..10 {
        push(&clinic, true).await;
    }
    let drain = || async {
        let worker = worker(&clinic, &handler);
        while worker.step().await.unwrap() {}
    };
    futures::join!(drain(), drain());
    assert_eq!(handler.calls.load(Ordering::SeqCst), 10);
}

#[derive(Serialize)]
struct FilmArrived;

impl Event for FilmArrived {
    const TOPIC: &'static str = "test.film_arrived";
}

/// Says that it began, and never ends.
struct Endless(Notify);

#[async_trait]
impl Handler for Endless {
    async fn handle(&self, _event: uuid::Uuid, _payload: serde_json::Value) -> anyhow::Result<()> {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Says that it was called.
struct Quick(Notify);

#[async_trait]
impl Handler for Quick {
    async fn handle(&self, _event: uuid::Uuid, _payload: serde_json::Value) -> anyhow::Result<()> {
        self.0.notify_one();
        Ok(())
    }
}

/// Breaks at once.
struct Broken;

#[async_trait]
impl Handler for Broken {
    #[expect(clippy::panic, reason = "that is the test")]
    async fn handle(&self, _event: uuid::Uuid, _payload: serde_json::Value) -> anyhow::Result<()> {
        panic!("a bug")
    }
}

#[tokio::test]
async fn a_handler_that_panics_is_a_failed_try() {
    let clinic = TestHouse::start().await;
    push(&clinic, true).await;
    let worker = Worker::new(clinic.house.db.clone(), clinic.house.clock.clone()).on::<VisitEnded>(Arc::new(Broken));
    assert!(worker.step().await.unwrap());
    assert!(!worker.step().await.unwrap(), "it must wait before the second try");
}

#[tokio::test]
async fn a_long_job_does_not_hold_back_another_kind() {
    let clinic = TestHouse::start().await;
    let (film, quick) = (Arc::new(Endless(Notify::new())), Arc::new(Quick(Notify::new())));
    let worker = Worker::new(clinic.house.db.clone(), clinic.house.clock.clone())
        .on::<FilmArrived>(film.clone())
        .on::<VisitEnded>(quick.clone());
    let _running = AbortOnDrop(tokio::spawn(worker.run(Wait::from_millis(10))));

    let mut tx = clinic.house.db.begin(&actor(1, Role::Therapist)).await.unwrap();
    outbox::push(
        &mut tx,
        clinic.house.ids.as_ref(),
        clinic.house.clock.now(),
        &FilmArrived,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    timeout(Wait::from_secs(10), film.0.notified())
        .await
        .expect("the check of the film began");

    push(&clinic, true).await;
    timeout(Wait::from_secs(10), quick.0.notified())
        .await
        .expect("the end of a visit waits for a film");
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
