//! The link by which another calendar follows: whose visits, for how long, and how it ends.

use crate::Clinic;
use identity::http::Token;
use kernel::Role;
use letters::{
    Error,
    service::{end_feed, make_feed, my_feed, read_feed},
};

const ORIGIN: &str = "https://clinic.example";

async fn read(clinic: &Clinic, token: &Token) -> Option<String> {
    read_feed(&clinic.test.house, token, ORIGIN).await.unwrap()
}

#[tokio::test]
async fn a_link_shows_the_own_times_and_nothing_else_until_it_ends() {
    let clinic = Clinic::start().await;
    scheduling::service::seed::seed(&clinic.test.house, &clinic.demo)
        .await
        .unwrap();
    let (gus, tess) = (clinic.act("gus", Role::Guardian), clinic.act("tess", Role::Therapist));
    let token = make_feed(&gus).await.unwrap();
    let text = read(&clinic, &token).await.unwrap();
    assert!(text.contains("SUMMARY:Telehealth visit"), "{text}");
    assert!(!text.contains("Bo") && !text.contains("Therapy"), "{text}");
    let own = text.matches("BEGIN:VEVENT").count();
    let of_tess = read(&clinic, &make_feed(&tess).await.unwrap()).await.unwrap();
    assert_ne!(of_tess, text);
    let all: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.visit")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(own >= 1 && i64::try_from(own).unwrap() < all, "{own} of {all}");

    let renewed = make_feed(&gus).await.unwrap();
    assert_eq!(read(&clinic, &token).await, None, "a new link ends the old one");
    assert!(read(&clinic, &renewed).await.is_some());
    end_feed(&gus).await.unwrap();
    assert_eq!(read(&clinic, &renewed).await, None);
    assert_eq!(my_feed(&gus, Some(renewed)).await.unwrap().made, None);
}

#[tokio::test]
async fn a_cancelled_visit_stays_as_cancelled_with_the_number_that_letters_count() {
    let clinic = Clinic::start().await;
    scheduling::service::seed::seed(&clinic.test.house, &clinic.demo)
        .await
        .unwrap();
    let tess = clinic.act("tess", Role::Therapist);
    sqlx::query(
        "INSERT INTO letters.calendar_entry SELECT id, 3, agreed_at FROM scheduling.visit WHERE therapist_id = $1",
    )
    .bind(tess.actor.account.uuid())
    .execute(&clinic.test.owner)
    .await
    .unwrap();
    sqlx::query("UPDATE scheduling.visit SET state = 'cancelled', cancel_reason = 'unwell', cancel_role = 'therapist', cancel_late = false, confirmed_at = NULL WHERE state = 'scheduled'")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let text = read(&clinic, &make_feed(&tess).await.unwrap()).await.unwrap();
    assert!(
        text.contains("STATUS:CANCELLED") && text.contains("SEQUENCE:3"),
        "{text}"
    );
}

#[tokio::test]
async fn who_may_not_sign_in_is_not_followed_and_a_secret_is_shown_only_where_it_fits() {
    let clinic = Clinic::start().await;
    let ana = clinic.act("ana", Role::Patient);
    let token = make_feed(&ana).await.unwrap();
    let shown = my_feed(&ana, Some(token.clone())).await.unwrap();
    assert!(shown.path.is_some_and(|path| {
        path.strip_prefix("/calendar/feed/")
            .is_some_and(|name| name.contains(".ics"))
    }));
    assert_eq!(my_feed(&ana, None).await.unwrap().path, None);
    let other = make_feed(&clinic.act("noah", Role::Patient)).await.unwrap();
    assert_eq!(
        my_feed(&ana, Some(other)).await.unwrap().path,
        None,
        "somebody else's secret"
    );
    sqlx::query("UPDATE identity.account SET state = 'suspended' WHERE id = $1")
        .bind(ana.actor.account.uuid())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(read(&clinic, &token).await, None);
    let lia = clinic.act("lia", Role::Liaison);
    assert!(matches!(make_feed(&lia).await, Err(Error::NotFound)));
    assert!(matches!(my_feed(&lia, None).await, Err(Error::NotFound)));
}
