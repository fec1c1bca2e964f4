//! The therapist's words about a visit are kept as they are typed, for the therapist alone, and end with the confirmation.

#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::{Clinic, code};
use chrono::Duration;
use kernel::VisitId;
use scheduling::service;

async fn count(clinic: &Clinic, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&clinic.test.owner).await.unwrap()
}

const DRAFTS: &str = "SELECT count(*) FROM scheduling.summary_draft";

/// A visit of Ana with Tess whose time is over.
async fn over(clinic: &Clinic) -> VisitId {
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let ends = service::get_visit(&clinic.tess_acts(), visit).await.unwrap().when.ends;
    clinic.advance(ends - clinic.now());
    visit
}

async fn draft(clinic: &Clinic, visit: VisitId) -> Option<String> {
    service::get_visit(&clinic.tess_acts(), visit).await.unwrap().draft
}

#[tokio::test]
async fn what_was_typed_is_there_again_and_goes_with_the_confirmation() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let visit = over(&clinic).await;
    assert_eq!(draft(&clinic, visit).await, None);
    service::save_summary(&tess, visit, "Four calm").await.unwrap();
    service::save_summary(&tess, visit, "Four calm evenings").await.unwrap();
    assert_eq!(draft(&clinic, visit).await.as_deref(), Some("Four calm evenings"));
    let readable = "SELECT count(*) FROM scheduling.summary_draft WHERE position('calm'::bytea in words) > 0";
    assert_eq!((count(&clinic, DRAFTS).await, count(&clinic, readable).await), (1, 0));

    // A refused confirmation takes nothing away.
    let refused = service::complete_visit(&tess, visit, "maybe", "Four calm evenings", clinic.key()).await;
    assert_eq!(code(refused), "invalid");
    assert_eq!(count(&clinic, DRAFTS).await, 1);

    service::complete_visit(&tess, visit, "completed", "Four calm evenings", clinic.key())
        .await
        .unwrap();
    assert_eq!(count(&clinic, DRAFTS).await, 0);
    // A save that was on its way while the button was pressed brings no draft back.
    service::save_summary(&tess, visit, "Four calm evenings ")
        .await
        .unwrap();
    assert_eq!(count(&clinic, DRAFTS).await, 0);
}

#[tokio::test]
async fn a_correction_has_a_draft_of_its_own_even_an_empty_one() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let visit = over(&clinic).await;
    service::complete_visit(&tess, visit, "completed", "Went well", clinic.key())
        .await
        .unwrap();
    service::save_summary(&tess, visit, "").await.unwrap();
    assert_eq!(draft(&clinic, visit).await.as_deref(), Some(""));
    let view = service::get_visit(&clinic.ana(), visit).await.unwrap();
    assert_eq!(view.summary.as_deref(), Some("Went well"), "not confirmed yet");
    clinic.advance(Duration::hours(48) + Duration::seconds(1));
    assert_eq!(code(service::save_summary(&tess, visit, "Late").await), "too_late");
    assert_eq!(draft(&clinic, visit).await, None, "nothing to correct, nothing to show");
}

#[tokio::test]
async fn nobody_else_reads_or_writes_a_draft() {
    let clinic = Clinic::start().await;
    let visit = over(&clinic).await;
    service::save_summary(&clinic.tess_acts(), visit, "Mine").await.unwrap();
    for reader in [clinic.ana(), clinic.lia()] {
        assert_eq!(service::get_visit(&reader, visit).await.unwrap().draft, None);
    }
    for other in [clinic.theo_acts(), clinic.lia(), clinic.ana()] {
        assert_eq!(code(service::save_summary(&other, visit, "Theirs").await), "not_found");
    }
    for reader in [clinic.theo_acts(), clinic.lia(), clinic.ana()] {
        let mut tx = clinic.test.house.db.begin(&reader.actor).await.unwrap();
        let seen: i64 = sqlx::query_scalar(DRAFTS).fetch_one(&mut *tx).await.unwrap();
        assert_eq!(seen, 0, "{}", reader.actor.role);
    }
}

#[tokio::test]
async fn there_is_no_draft_before_the_visit_is_over() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let early = service::save_summary(&clinic.tess_acts(), visit, "Early").await;
    assert_eq!(code(early), "too_late");
}

#[tokio::test]
async fn what_is_never_confirmed_is_forgotten_in_the_end() {
    let clinic = Clinic::start().await;
    let visit = over(&clinic).await;
    service::save_summary(&clinic.tess_acts(), visit, "Mine").await.unwrap();
    for (days, left) in [(29, 1), (2, 0)] {
        clinic.advance(Duration::days(days));
        service::jobs::expire_holds_and_requests(&clinic.test.house)
            .await
            .unwrap();
        assert_eq!(count(&clinic, DRAFTS).await, left);
    }
}
