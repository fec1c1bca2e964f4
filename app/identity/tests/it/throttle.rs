//! Guessing is slow and ends, also across restarts and in parallel; it locks out nobody but the guesser.

use super::clinic::{Clinic, PASSWORD};
use chrono::Duration;
use identity::{Gate, SignInError, http::Token};

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

const ANA: &str = "ana@demo.example";
const HER_ADDRESS: &str = "192.0.2.7";

/// Strangers everywhere guess at Ana's password, as long as they are let and for so many days.
async fn siege(clinic: &Clinic, days: i64) {
    let over = clinic.test.house.clock.now() + Duration::days(days);
    let mut stranger = 0_u16;
    while clinic.test.house.clock.now() < over {
        stranger += 1;
        let from = format!("198.51.{}.{}", stranger / 250, stranger % 250);
        if let Err(SignInError::TooMany(seconds)) = clinic.try_from(&from, ANA, "wrong").await {
            clinic.test.clock.advance(Duration::seconds(seconds.into()));
        }
    }
}

#[tokio::test]
async fn strangers_cannot_lock_a_person_out_of_their_own_browser() {
    let clinic = Clinic::open().await;
    let browser = clinic.sign_in(ANA).await.browser;
    for stranger in 0..12 {
        let from = format!("198.51.100.{stranger}");
        let _refused = clinic.try_from(&from, ANA, "wrong").await;
    }
    // Nor can one who sits at the same address.
    for n in 0..25 {
        let _refused = clinic.try_sign_in(&format!("guess{n}@demo.example"), "wrong").await;
    }
    assert_matches!(clinic.try_sign_in(ANA, PASSWORD).await, Err(SignInError::TooMany(_)));
    let again = clinic.try_in(Some(&browser), HER_ADDRESS, ANA, PASSWORD).await.unwrap();
    assert_eq!(again.browser.hash(), browser.hash(), "it stays known by the same");
    // The strangers gained nothing by her success.
    assert_matches!(
        clinic.try_from("198.51.100.99", ANA, PASSWORD).await,
        Err(SignInError::TooMany(_))
    );
}

#[tokio::test]
async fn a_known_browser_guesses_no_faster_and_knows_one_account_only() {
    let clinic = Clinic::open().await;
    let browser = clinic.sign_in(ANA).await.browser;
    for _ in 0..6 {
        let wrong = clinic.try_in(Some(&browser), HER_ADDRESS, ANA, "wrong").await;
        assert_matches!(wrong, Err(SignInError::Refused));
    }
    let waits = clinic.try_in(Some(&browser), HER_ADDRESS, ANA, PASSWORD).await;
    assert_matches!(waits, Err(SignInError::TooMany(2)));
    // For another account it is as strange as any.
    for _ in 0..6 {
        let _refused = clinic.try_from("198.51.100.1", "gus@demo.example", "wrong").await;
    }
    let strange = clinic
        .try_in(Some(&browser), HER_ADDRESS, "gus@demo.example", PASSWORD)
        .await;
    assert_matches!(strange, Err(SignInError::TooMany(_)));
    let made_up = clinic
        .try_in(
            Some(&Token::random().unwrap()),
            HER_ADDRESS,
            "gus@demo.example",
            PASSWORD,
        )
        .await;
    // What we never gave is strange too.
    assert_matches!(made_up, Err(SignInError::TooMany(_)));
}

#[tokio::test]
async fn a_browser_is_not_known_by_what_somebody_else_may_have_kept() {
    let clinic = Clinic::open().await;
    let kept = clinic.sign_in("gus@demo.example").await.browser;
    // Ana signs in where Gus was before; he has a copy of what that browser carries.
    let hers = clinic.try_in(Some(&kept), HER_ADDRESS, ANA, PASSWORD).await.unwrap();
    assert_ne!(hers.browser.hash(), kept.hash());
    for _ in 0..6 {
        let _refused = clinic.try_in(Some(&kept), "198.51.100.7", ANA, "wrong").await;
    }
    let waits = clinic.try_in(Some(&kept), "198.51.100.7", ANA, "wrong").await;
    assert_matches!(waits, Err(SignInError::TooMany(_)));
    // He is counted with the strangers, and she still comes in where she is known.
    clinic
        .try_in(Some(&hers.browser), HER_ADDRESS, ANA, PASSWORD)
        .await
        .unwrap();
}

#[tokio::test]
async fn after_a_hundred_failures_time_opens_an_account_again() {
    let clinic = Clinic::open().await;
    siege(&clinic, 3).await;
    let failures = "SELECT failures::bigint FROM identity.throttle WHERE kind = 'account'";
    let after_three_days = clinic.count(failures).await;
    assert!(
        (100..105).contains(&after_three_days),
        "{after_three_days} tries in three days"
    );
    clinic.test.clock.advance(Duration::days(1));
    clinic.sign_in(ANA).await;
}

#[tokio::test]
async fn old_counts_are_swept_and_known_browsers_stay_for_half_a_year() {
    let clinic = Clinic::open().await;
    clinic.sign_in(ANA).await;
    for stranger in 0..3 {
        let _refused = clinic
            .try_from(
                &format!("198.51.100.{stranger}"),
                &format!("guess{stranger}@demo.example"),
                "wrong",
            )
            .await;
    }
    // Hers: an address, whose failure was taken back, and a browser. Theirs: an address and an account each.
    let rows = "SELECT count(*) FROM identity.throttle";
    assert_eq!(clinic.count(rows).await, 8);
    let house = &clinic.test.house;
    let sweep = async |days| {
        clinic.test.clock.advance(Duration::days(days));
        identity::service::forget_old_failures(house).await.unwrap()
    };
    assert_eq!(sweep(0).await, 0, "what still counts stays");
    assert_eq!(sweep(1).await, 4, "addresses");
    assert_eq!(sweep(7).await, 3, "accounts");
    assert_eq!(sweep(171).await, 0);
    assert_eq!(sweep(2).await, 1, "the browser");
    assert_eq!(clinic.count(rows).await, 0);
}
