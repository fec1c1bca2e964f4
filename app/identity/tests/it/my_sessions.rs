//! "Sessions of mine": seen and ended by their account alone.

use super::clinic::Clinic;
use chrono::Duration;
use identity::{SignInError, service};

/// "Mon 1 Mar, 08:05" without its day.
fn clock(reading: &str) -> &str {
    reading.rsplit(", ").next().unwrap_or_default()
}

#[tokio::test]
async fn i_see_where_i_am_signed_in_and_which_one_this_is() {
    let clinic = Clinic::open().await;
    let old = clinic.sign_in("ana@demo.example").await;
    clinic.test.clock.advance(Duration::minutes(5));
    let this = clinic.sign_in("ana@demo.example").await;
    clinic.sign_in("gus@demo.example").await;
    let mine = service::my_sessions(&clinic.ctx(&this)).await.unwrap();
    let seen: Vec<_> = mine
        .iter()
        .map(|one| (one.id, one.is_this, clock(&one.started)))
        .collect();
    assert_eq!(
        seen,
        [(this.actor.session, true, "08:05"), (old.actor.session, false, "08:00"),]
    );
    assert_eq!(mine[0].device, "Firefox on Linux");
}

#[tokio::test]
async fn a_session_that_has_run_out_is_not_listed() {
    let clinic = Clinic::open().await;
    clinic.sign_in("ana@demo.example").await;
    clinic.test.clock.advance(Duration::hours(1));
    let this = clinic.sign_in("ana@demo.example").await;
    assert_eq!(service::my_sessions(&clinic.ctx(&this)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn i_end_one_or_all_others() {
    let clinic = Clinic::open().await;
    let (a, b, c) = (
        clinic.sign_in("ana@demo.example").await,
        clinic.sign_in("ana@demo.example").await,
        clinic.sign_in("ana@demo.example").await,
    );
    let ctx = clinic.ctx(&c);
    let mut heard = clinic.gate.events.subscribe();
    service::end_session(&ctx, &clinic.gate.events, a.actor.session)
        .await
        .unwrap();
    assert!(!clinic.is_signed_in(&a.token).await);
    service::end_other_sessions(&ctx, &clinic.gate.events).await.unwrap();
    assert!(!clinic.is_signed_in(&b.token).await);
    assert!(clinic.is_signed_in(&c.token).await);
    let told = [heard.try_recv().unwrap().session, heard.try_recv().unwrap().session];
    assert_eq!(told, [a.actor.session, b.actor.session]);
}

#[tokio::test]
async fn a_foreign_session_is_like_an_absent_one() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let lia = clinic.sign_in("lia@demo.example").await;
    let foreign = service::end_session(&clinic.ctx(&lia), &clinic.gate.events, ana.actor.session).await;
    let absent = service::end_session(&clinic.ctx(&lia), &clinic.gate.events, clinic.test.house.ids.next()).await;
    assert_matches!(
        (foreign, absent),
        (Err(SignInError::NoSession), Err(SignInError::NoSession))
    );
    assert!(clinic.is_signed_in(&ana.token).await);
}
