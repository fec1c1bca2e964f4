//! Who gets in, and what the others learn: nothing.

use super::clinic::{Clinic, PASSWORD};
use chrono::Duration;
use identity::{
    SignInError,
    http::ClientAddress,
    service::{self, Attempt, Resolved},
};
use kernel::{ApiError, Role};
use std::time::Instant;

#[tokio::test]
async fn the_right_password_opens_a_session_of_the_accounts_role() {
    let clinic = Clinic::open().await;
    let tess = clinic.try_sign_in(" Tess@Demo.Example", PASSWORD).await.unwrap();
    assert_eq!(tess.actor.role, Role::Therapist);
    let resolved = service::resolve(
        &clinic.test.house,
        &clinic.gate.events,
        &tess.token,
        service::Asking::Person,
    )
    .await
    .unwrap();
    assert_eq!(resolved, Resolved::Actor(tess.actor));
}

#[tokio::test]
async fn wrong_unknown_suspended_ended_and_invited_answer_alike() {
    let clinic = Clinic::open().await;
    clinic
        .plant_fault("UPDATE identity.account SET state = 'suspended' WHERE email_key = 'gus@demo.example'")
        .await;
    clinic
        .plant_fault("UPDATE identity.account SET state = 'ended' WHERE email_key = 'lia@demo.example'")
        .await;
    clinic
        .plant_fault("UPDATE identity.account SET state = 'invited' WHERE email_key = 'tess@demo.example'")
        .await;
    for (email, password) in [
        ("ana@demo.example", "another plain password"),
        ("nobody@demo.example", PASSWORD),
        ("gus@demo.example", PASSWORD),
        ("lia@demo.example", PASSWORD),
        ("tess@demo.example", PASSWORD),
        ("", ""),
    ] {
        let refused = clinic.try_sign_in(email, password).await.unwrap_err();
        assert_eq!(ApiError::from(refused), ApiError::refused("sign_in"), "{email}");
    }
    assert_eq!(clinic.count("SELECT count(*) FROM identity.session").await, 0);
}

#[tokio::test]
async fn only_the_hash_of_the_token_is_stored() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let stored: Vec<u8> = sqlx::query_scalar("SELECT token_hash FROM identity.session")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(stored, ana.token.hash());
}

#[tokio::test]
async fn a_new_sign_in_has_a_new_token_and_ends_the_one_the_browser_carried() {
    let clinic = Clinic::open().await;
    let before = clinic.sign_in("ana@demo.example").await;
    let attempt = Attempt {
        email: "ana@demo.example",
        password: PASSWORD.to_owned(),
        address: None,
        user_agent: "",
        known: None,
        carried: Some(before.token.clone()),
    };
    let after = service::sign_in(&clinic.test.house, &clinic.gate, attempt)
        .await
        .unwrap();
    assert_ne!(before.token.hash(), after.token.hash());
    assert!(!clinic.is_signed_in(&before.token).await);
    assert!(clinic.is_signed_in(&after.token).await);
}

#[tokio::test]
async fn sign_ins_and_refusals_are_on_the_record() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let _refused = clinic.try_sign_in("ana@demo.example", "wrong").await;
    let _unknown = clinic.try_sign_in("nobody@demo.example", "wrong").await;
    let entries: Vec<(String, Option<uuid::Uuid>)> =
        sqlx::query_as("SELECT action, actor FROM kernel.audit_entry ORDER BY seq")
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    let expected = [
        ("signed_in", Some(ana.actor.account.uuid())),
        ("refused", None),
        ("refused", None),
    ];
    assert_eq!(entries, expected.map(|(action, actor)| (action.to_owned(), actor)));
}

#[tokio::test]
async fn a_hash_with_old_parameters_is_renewed_at_the_next_sign_in() {
    let clinic = Clinic::open().await;
    let old = {
        use argon2::{
            Algorithm, Argon2, Params, Version,
            password_hash::{PasswordHasher, phc::PasswordHash},
        };
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8_192, 1, 1, None).unwrap(),
        );
        let hash: PasswordHash = weak.hash_password(PASSWORD.as_bytes()).unwrap();
        hash.to_string()
    };
    sqlx::query("UPDATE identity.password SET phc = $1")
        .bind(&old)
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    clinic.sign_in("ana@demo.example").await;
    let renewed = clinic
        .count("SELECT count(*) FROM identity.password WHERE phc LIKE '%m=19456,t=2,p=1%'")
        .await;
    assert_eq!(renewed, 1);
    clinic.sign_in("ana@demo.example").await;
}

/// ASVS V6.3.8. Measured in turns, so that whatever else the machine does falls on both alike.
#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_known_one() {
    const PAIRS: u8 = 11;
    let clinic = Clinic::open().await;
    let time = async |email: &str, n: u8| {
        let start = Instant::now();
        let attempt = Attempt {
            email,
            password: "not the password".to_owned(),
            address: Some(ClientAddress(std::net::Ipv4Addr::new(192, 0, 2, n).into())),
            user_agent: "",
            known: None,
            carried: None,
        };
        assert_matches!(
            service::sign_in(&clinic.test.house, &clinic.gate, attempt).await,
            Err(SignInError::Refused)
        );
        start.elapsed().as_secs_f64()
    };
    // The first hash of a process warms the memory up.
    time("ana@demo.example", PAIRS).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for n in 0..PAIRS {
        clinic.test.clock.advance(Duration::minutes(15));
        known.push(time("gus@demo.example", n).await);
        unknown.push(time("nobody@demo.example", n).await);
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let (known, unknown) = (median(known), median(unknown));
    assert!(
        (0.5..2.0).contains(&(known / unknown)),
        "known {known:.4} s, unknown {unknown:.4} s"
    );
}
