//! What the clock writes.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::clinic::Clinic;
use chrono::Duration;
use kernel::Role;
use letters::service::{nudge, remind, save_my_letters};
use scheduling::{
    api::RulesPlace,
    service::{RulesInput, events::VisitMoved, save_rules},
};

/// A clinic whose jobs have run, so that what comes from now on is their business.
async fn start() -> Clinic {
    let clinic = Clinic::start().await;
    sqlx::query("UPDATE scheduling.visit SET state = 'cancelled', cancel_reason = 'other' WHERE state = 'scheduled'")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    remind(&clinic.test.house).await.unwrap();
    nudge(&clinic.test.house).await.unwrap();
    clinic
}

/// Lets time pass minute by minute, as the worker does, and answers the subjects of what arrived.
async fn pass(clinic: &Clinic, minutes: i64, step: i64) -> Vec<String> {
    let mut subjects = Vec::new();
    for _ in 0..minutes / step {
        clinic.test.clock.advance(Duration::minutes(step));
        remind(&clinic.test.house).await.unwrap();
        nudge(&clinic.test.house).await.unwrap();
        subjects.extend(
            clinic
                .post()
                .await
                .into_iter()
                .map(|mail| format!("{} {}", mail.to, mail.subject)),
        );
    }
    subjects
}

#[tokio::test]
async fn a_patient_is_reminded_a_day_and_an_hour_before() {
    let clinic = start().await;
    clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(30))
        .await;
    let subjects = pass(&clinic, 30 * 60, 10).await;
    assert_eq!(subjects, ["ana@demo.example You have a visit on Wed 3 Mar, 14:00"; 2]);
    assert_eq!(clinic.rows().await, ["reminder sent"; 2]);
}

#[tokio::test]
async fn a_visit_that_is_moved_is_reminded_of_anew_and_a_cancelled_one_never() {
    let clinic = start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(25))
        .await;
    assert_eq!(pass(&clinic, 120, 10).await.len(), 1);
    clinic.move_visit(visit, Duration::hours(48)).await;
    let event = VisitMoved {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    clinic.tell(&event).await;
    clinic.post().await;
    let again = pass(&clinic, 48 * 60, 30).await;
    assert_eq!(again, ["ana@demo.example You have a visit on Fri 5 Mar, 09:00"]);
    clinic
        .owner(
            "UPDATE scheduling.visit SET state = 'cancelled', cancel_reason = 'other' WHERE id = $1",
            visit.uuid(),
        )
        .await;
    assert!(pass(&clinic, 30 * 60, 30).await.is_empty());
}

#[tokio::test]
async fn a_reminder_that_is_no_longer_true_when_it_is_sent_is_dropped() {
    let clinic = start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(24) + Duration::minutes(1))
        .await;
    clinic.test.clock.advance(Duration::minutes(1));
    assert_eq!(remind(&clinic.test.house).await.unwrap(), 1);
    clinic.move_visit(visit, Duration::hours(3)).await;
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["reminder dropped"]);
}

#[tokio::test]
async fn reminders_come_as_they_were_chosen() {
    let clinic = start().await;
    let ana = clinic.act("ana", Role::Patient);
    save_my_letters(&ana, &[], "none").await.unwrap();
    let tess = clinic.act("tess", Role::Therapist);
    save_my_letters(&tess, &[], "hour").await.unwrap();
    clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(26))
        .await;
    let subjects = pass(&clinic, 26 * 60, 20).await;
    assert_eq!(subjects, ["tess@demo.example You have a visit on Wed 3 Mar, 11:00"]);
}

#[tokio::test]
async fn after_an_outage_one_reminder_is_enough_and_the_same_moment_writes_once() {
    let clinic = start().await;
    clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(26))
        .await;
    clinic.test.clock.advance(Duration::minutes(26 * 60 - 50));
    let (one, two) = tokio::join!(remind(&clinic.test.house), remind(&clinic.test.house));
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(remind(&clinic.test.house).await.unwrap(), 0);
    assert_eq!(clinic.post().await.len(), 1);
}

#[tokio::test]
async fn a_therapist_is_asked_twice_what_became_of_a_visit_and_not_once_it_is_said() {
    let clinic = start().await;
    save_my_letters(&clinic.act("ana", Role::Patient), &[], "none")
        .await
        .unwrap();
    let (told, silent) = (Duration::hours(3), Duration::hours(5));
    let visit = clinic.plant_visit("Ana", "tess", clinic.now() + told).await;
    clinic.plant_visit("Ana", "tess", clinic.now() + silent).await;
    clinic
        .owner(
            "UPDATE scheduling.visit SET state = 'ended' WHERE id = $1",
            visit.uuid(),
        )
        .await;
    let first = pass(&clinic, 26 * 60, 30).await;
    assert!(first.is_empty(), "{first:?}");
    clinic
        .owner(
            "UPDATE scheduling.visit SET state = 'completed', confirmed_at = now() WHERE id = $1",
            visit.uuid(),
        )
        .await;
    let asked = pass(&clinic, 30 * 60, 30).await;
    assert_eq!(asked, ["tess@demo.example A visit waits for your confirmation"; 2]);
}

#[tokio::test]
async fn reminders_come_as_an_administrator_has_set_them() {
    let clinic = start().await;
    let ada = clinic.act("ada", Role::Admin);
    let place = RulesPlace {
        group: "reminders".to_owned(),
        ..RulesPlace::default()
    };
    let values = [("reminder_1", "180"), ("reminder_2", "0"), ("reminder_3", "0")];
    let input = RulesInput {
        place: &place,
        values: &values.map(|(code, value)| (code.to_owned(), value.to_owned())).into(),
        reason: "Three hours are enough",
        from: "",
        seen: 0,
    };
    save_rules(&ada, &input, clinic.test.house.ids.next()).await.unwrap();
    clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::hours(5))
        .await;
    assert!(pass(&clinic, 110, 10).await.is_empty());
    assert_eq!(pass(&clinic, 190, 10).await.len(), 1);
}
