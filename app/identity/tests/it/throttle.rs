//! Guessing is slow and ends, also across restarts and in parallel.

use super::clinic::{Clinic, PASSWORD};
use chrono::Duration;
use identity::{Gate, SignInError};

#[tokio::test]
async fn after_five_failures_even_the_right_password_has_to_wait() {
    let clinic = Clinic::open().await;
    for _ in 0..6 {
        assert_matches!(
            clinic.try_sign_in("ana@demo.example", "wrong").await,
            Err(SignInError::Refused)
        );
    }
    assert_matches!(
        clinic.try_sign_in("ana@demo.example", PASSWORD).await,
        Err(SignInError::TooMany(2))
    );
    clinic.test.clock.advance(Duration::seconds(2));
    clinic.sign_in("ana@demo.example").await;
}

#[tokio::test]
async fn an_unknown_account_is_throttled_like_a_known_one() {
    let clinic = Clinic::open().await;
    for _ in 0..6 {
        let _refused = clinic.try_sign_in("nobody@demo.example", "wrong").await;
    }
    assert_matches!(
        clinic.try_sign_in("nobody@demo.example", "wrong").await,
        Err(SignInError::TooMany(2))
    );
}

#[tokio::test]
async fn a_restart_forgets_nothing() {
    let mut clinic = Clinic::open().await;
    for _ in 0..6 {
        let _refused = clinic.try_sign_in("ana@demo.example", "wrong").await;
    }
    clinic.gate = Gate::new(false).await.unwrap();
    assert_matches!(
        clinic.try_sign_in("ana@demo.example", PASSWORD).await,
        Err(SignInError::TooMany(_))
    );
}

#[tokio::test]
async fn success_begins_the_accounts_count_anew() {
    let clinic = Clinic::open().await;
    for _ in 0..3 {
        for _ in 0..4 {
            let _refused = clinic.try_sign_in("ana@demo.example", "wrong").await;
        }
        clinic.sign_in("ana@demo.example").await;
    }
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts() {
    let clinic = Clinic::open().await;
    for n in 0..21 {
        let _refused = clinic.try_sign_in(&format!("guess{n}@demo.example"), "wrong").await;
    }
    assert_matches!(
        clinic.try_sign_in("ana@demo.example", PASSWORD).await,
        Err(SignInError::TooMany(_))
    );
    clinic
        .try_from("198.51.100.1", "ana@demo.example", PASSWORD)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_burst_of_parallel_guesses_cannot_outrun_the_count() {
    let clinic = Clinic::open().await;
    let guess = async |n: u8| {
        clinic
            .try_from(&format!("198.51.100.{n}"), "ana@demo.example", "wrong")
            .await
    };
    let answers = futures::future::join_all((1..=8).map(guess)).await;
    let hashed = answers
        .iter()
        .filter(|answer| matches!(answer, Err(SignInError::Refused)))
        .count();
    assert_eq!(hashed, 6, "five free tries and the one after them");
}
