//! A mail server on a bad day.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::{clinic::Clinic, mail_server::Mood};
use chrono::Duration;
use kernel::Role;
use letters::{model::LetterId, service as letters_service};
use scheduling::service::events::VisitScheduled;
use std::time;

/// One confirmation to Ana alone waits to be sent.
async fn a_letter_waits() -> Clinic {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::days(5))
        .await;
    let tess = clinic.act("tess", Role::Therapist);
    letters_service::save_my_letters(&tess, &["confirm_nudge".to_owned()], "usual")
        .await
        .unwrap();
    let event = VisitScheduled {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    clinic.tell(&event).await;
    clinic
}

/// One reminder to Ana waits to be sent.
async fn a_reminder_waits() -> Clinic {
    let clinic = Clinic::start().await;
    letters_service::remind(&clinic.test.house).await.unwrap();
    clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(24) + Duration::minutes(1))
        .await;
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(letters_service::remind(&clinic.test.house).await.unwrap(), 1);
    clinic
}

#[tokio::test]
async fn a_busy_server_gets_the_letter_later() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::Busy);
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["visit_confirmed failed 451"]);
    clinic.server.be(Mood::Friendly);
    assert!(clinic.post().await.is_empty(), "not before its time");
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(clinic.post().await.len(), 1);
    assert_eq!(clinic.rows().await, ["visit_confirmed sent"]);
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_given_up_and_shown_to_the_desk() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::NoSuchMailbox);
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["visit_confirmed dead 550"]);

    let lia = clinic.act("lia", Role::Liaison);
    let mut tx = lia.db.begin(&lia.actor).await.unwrap();
    let dead = letters_service::dead_letters(&mut tx, clinic.now(), 10).await.unwrap();
    drop(tx);
    let [letter] = dead.as_slice() else { panic!("{dead:?}") };
    assert_eq!(
        (letter.account, letter.outcome.as_deref()),
        (clinic.account("ana"), Some("550"))
    );

    for (name, role) in [("ana", Role::Patient), ("tess", Role::Therapist), ("ada", Role::Admin)] {
        let other = clinic.act(name, role);
        assert!(letters_service::send_again(&other, letter.letter).await.is_err());
        let mut tx = other.db.begin(&other.actor).await.unwrap();
        assert!(
            letters_service::dead_letters(&mut tx, clinic.now(), 10)
                .await
                .unwrap()
                .is_empty(),
            "{role}"
        );
    }
    assert!(
        letters_service::send_again(&lia, LetterId::new(uuid::Uuid::now_v7()))
            .await
            .is_err()
    );

    clinic.server.be(Mood::Friendly);
    letters_service::send_again(&lia, letter.letter).await.unwrap();
    assert!(
        letters_service::send_again(&lia, letter.letter).await.is_err(),
        "once is enough"
    );
    assert_eq!(clinic.post().await.len(), 1);
    assert_eq!(clinic.rows().await, ["visit_confirmed sent"]);
}

#[tokio::test]
async fn content_that_is_refused_is_given_up() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::TooBig);
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["visit_confirmed dead 552"]);
}

#[tokio::test]
async fn a_confirmation_is_repeated_when_nobody_knows_whether_it_left_under_the_same_id() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::CutAfterData);
    let first = clinic.post().await;
    assert_eq!(first.len(), 1, "the server had taken it");
    assert_eq!(clinic.rows().await, ["visit_confirmed failed no_answer"]);
    clinic.server.be(Mood::Friendly);
    clinic.test.clock.advance(Duration::minutes(1));
    let second = clinic.post().await;
    assert_eq!(second[0].message_id, first[0].message_id);
}

#[tokio::test]
async fn a_reminder_is_not_repeated_when_nobody_knows_whether_it_left() {
    let clinic = a_reminder_waits().await;
    clinic.server.be(Mood::CutAfterData);
    clinic.post().await;
    assert_eq!(clinic.rows().await, ["reminder unknown no_answer"]);
    clinic.server.be(Mood::Friendly);
    clinic.test.clock.advance(Duration::hours(1));
    assert!(clinic.post().await.is_empty());
}

#[tokio::test]
async fn a_server_that_is_away_gets_even_a_reminder_later() {
    let clinic = a_reminder_waits().await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let mut office = clinic.office.clone();
    let url = format!("smtp://{closed}").parse().unwrap();
    office.post = std::sync::Arc::new(adapters::mail::Smtp::new(&url).unwrap());
    letters_service::send_due(&office).await.unwrap();
    assert_eq!(clinic.rows().await, ["reminder failed no_connection"]);
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(clinic.post().await.len(), 1, "it had certainly not left");
}

#[tokio::test]
async fn a_slow_server_is_waited_for() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::Slow(time::Duration::from_millis(300)));
    assert_eq!(clinic.post().await.len(), 1);
    assert_eq!(clinic.rows().await, ["visit_confirmed sent"]);
}

#[tokio::test]
async fn a_line_that_is_cut_before_the_content_is_tried_again() {
    let clinic = a_letter_waits().await;
    clinic.server.be(Mood::CutBeforeData);
    assert!(clinic.post().await.is_empty());
    clinic.server.be(Mood::Friendly);
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(clinic.post().await.len(), 1);
}

#[tokio::test]
async fn a_worker_that_died_over_a_letter_leaves_it_to_the_next() {
    let clinic = a_letter_waits().await;
    sqlx::query("UPDATE letters.letter SET state = 'sending', attempts = 1, taken_at = $1")
        .bind(clinic.now())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    assert!(clinic.post().await.is_empty(), "it may still be at it");
    clinic.test.clock.advance(Duration::minutes(11));
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["visit_confirmed failed worker_died"]);
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(clinic.post().await.len(), 1);
}

#[tokio::test]
async fn two_workers_send_a_letter_once() {
    let clinic = a_letter_waits().await;
    let (one, two) = tokio::join!(
        letters_service::send_due(&clinic.office),
        letters_service::send_due(&clinic.office)
    );
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(clinic.server.take().len(), 1);
}
