//! When a session is over, and who hears of it.

use super::clinic::Clinic;
use chrono::Duration;
use identity::{
    SessionEnded,
    service::{self, Asking, Resolved},
};

#[tokio::test]
async fn a_quiet_patient_is_signed_out_after_half_an_hour_a_therapist_after_a_quarter() {
    for (email, minutes) in [
        ("ana@demo.example", 30),
        ("gus@demo.example", 30),
        ("tess@demo.example", 15),
    ] {
        let clinic = Clinic::open().await;
        let somebody = clinic.sign_in(email).await;
        clinic
            .test
            .clock
            .advance(Duration::minutes(minutes) - Duration::seconds(1));
        assert!(clinic.is_signed_in(&somebody.token).await, "{email}");
        clinic.test.clock.advance(Duration::minutes(minutes));
        assert!(!clinic.is_signed_in(&somebody.token).await, "{email}");
        let why: String = sqlx::query_scalar("SELECT ended_why FROM identity.session")
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap();
        assert_eq!(why, "idle");
    }
}

#[tokio::test]
async fn a_busy_therapist_is_signed_out_after_twelve_hours() {
    let clinic = Clinic::open().await;
    let tess = clinic.sign_in("tess@demo.example").await;
    for _ in 0..71 {
        clinic.test.clock.advance(Duration::minutes(10));
        assert!(clinic.is_signed_in(&tess.token).await);
    }
    clinic.test.clock.advance(Duration::minutes(10));
    assert!(!clinic.is_signed_in(&tess.token).await);
}

#[tokio::test]
async fn an_ended_session_does_not_come_back_when_the_clock_does() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    clinic.test.clock.advance(Duration::minutes(31));
    assert!(!clinic.is_signed_in(&ana.token).await);
    clinic.test.clock.advance(Duration::minutes(-31));
    assert!(!clinic.is_signed_in(&ana.token).await);
}

#[tokio::test]
async fn a_call_keeps_a_quiet_therapist_signed_in_but_not_past_the_absolute_limit() {
    let clinic = Clinic::open().await;
    let tess = clinic.sign_in("tess@demo.example").await;
    let in_call = async || {
        clinic.test.clock.advance(Duration::minutes(1));
        service::lives_in_call(&clinic.test.house, tess.actor.session)
            .await
            .unwrap()
    };
    for minute in 1..720 {
        assert!(
            in_call().await,
            "signed out in the middle of a call, after {minute} min"
        );
    }
    assert!(!in_call().await);
}

#[tokio::test]
async fn the_idle_time_begins_when_the_call_ends() {
    let clinic = Clinic::open().await;
    let tess = clinic.sign_in("tess@demo.example").await;
    for _ in 0..40 {
        clinic.test.clock.advance(Duration::minutes(1));
        service::lives_in_call(&clinic.test.house, tess.actor.session)
            .await
            .unwrap();
    }
    clinic.test.clock.advance(Duration::minutes(14));
    assert!(service::lives(&clinic.test.house, tess.actor.session).await.unwrap());
    clinic.test.clock.advance(Duration::minutes(1));
    assert!(
        !service::lives_in_call(&clinic.test.house, tess.actor.session)
            .await
            .unwrap()
    );
    assert!(!clinic.is_signed_in(&tess.token).await);
}

#[tokio::test]
async fn a_page_that_asks_by_itself_keeps_nobody_signed_in() {
    let clinic = Clinic::open().await;
    let lia = clinic.sign_in("lia@demo.example").await;
    let asked = async || {
        clinic.test.clock.advance(Duration::minutes(1));
        let (house, events) = (&clinic.test.house, &clinic.gate.events);
        service::resolve(house, events, &lia.token, Asking::PageItself)
            .await
            .unwrap()
    };
    for _ in 1..15 {
        assert!(matches!(asked().await, Resolved::Actor(_)));
    }
    assert!(matches!(asked().await, Resolved::JustEnded(_)));
}

#[tokio::test]
async fn last_seen_is_written_at_most_once_a_minute() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let seen = "SELECT extract(epoch FROM max(last_seen_at) - max(started_at))::bigint FROM identity.session";
    clinic.test.clock.advance(Duration::seconds(59));
    clinic.is_signed_in(&ana.token).await;
    assert_eq!(clinic.count(seen).await, 0);
    clinic.test.clock.advance(Duration::seconds(1));
    clinic.is_signed_in(&ana.token).await;
    assert_eq!(clinic.count(seen).await, 60);
}

#[tokio::test]
async fn suspending_an_account_ends_its_sessions_at_once() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    clinic
        .plant_fault("UPDATE identity.account SET state = 'suspended' WHERE email_key = 'ana@demo.example'")
        .await;
    assert!(!service::lives(&clinic.test.house, ana.actor.session).await.unwrap());
    assert!(!clinic.is_signed_in(&ana.token).await);
}

#[tokio::test]
async fn a_session_that_owes_a_second_factor_carries_nobody() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    clinic
        .plant_fault("UPDATE identity.session SET state = 'mfa_pending'")
        .await;
    assert!(!clinic.is_signed_in(&ana.token).await);
    assert!(!service::lives(&clinic.test.house, ana.actor.session).await.unwrap());
}

#[tokio::test]
async fn signing_out_ends_the_session_and_says_so() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let mut heard = clinic.gate.events.subscribe();
    service::sign_out(&clinic.ctx(&ana), &clinic.gate.events).await.unwrap();
    assert!(!clinic.is_signed_in(&ana.token).await);
    let expected = SessionEnded {
        session: ana.actor.session,
        account: ana.actor.account,
    };
    assert_eq!(heard.try_recv(), Ok(expected));
    service::sign_out(&clinic.ctx(&ana), &clinic.gate.events).await.unwrap();
    assert!(heard.try_recv().is_err(), "the second sign-out ends nothing");
}

#[tokio::test]
async fn the_idle_limit_says_so_too() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let mut heard = clinic.gate.events.subscribe();
    clinic.test.clock.advance(Duration::minutes(30));
    clinic.is_signed_in(&ana.token).await;
    assert_eq!(heard.try_recv().map(|ended| ended.session), Ok(ana.actor.session));
}
