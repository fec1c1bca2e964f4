//! From an event to the mailbox: the life of one visit in letters.

use crate::clinic::{Clinic, Mail};
use chrono::{Duration, NaiveDate};
use kernel::{Role, VisitId};
use scheduling::service::{
    self as bookings,
    events::{RequestConflicted, VisitCancelled, VisitMoved, VisitScheduled},
};

fn scheduled(clinic: &Clinic, visit: VisitId) -> VisitScheduled {
    VisitScheduled {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    }
}

fn moved(clinic: &Clinic, visit: VisitId, therapist: &str) -> VisitMoved {
    VisitMoved {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist(therapist),
    }
}

/// No name of anybody, nothing of what the visit is for.
fn says_nothing_of_whom_or_why(mail: &Mail) {
    let invitation = mail.invitation.as_ref();
    let calendar = invitation
        .map(|i| format!("{} {}", i.summary, i.description))
        .unwrap_or_default();
    let all = format!("{} {} {} {calendar} {}", mail.subject, mail.text, mail.html, mail.from).to_lowercase();
    for word in [
        "ana ", "tess", "benjamin", "therap", "lcsw", "mental", "patient", "child", "health",
    ] {
        assert!(!all.contains(word), "{word:?} in {all}");
    }
}

#[tokio::test]
async fn a_visit_is_confirmed_moved_and_cancelled_in_both_calendars() {
    let clinic = Clinic::start().await;
    let starts = clinic.now() + Duration::days(5);
    let visit = clinic.plant_visit("Ana", "tess", starts).await;
    let mut ids = Vec::new();

    clinic.tell(&scheduled(&clinic, visit)).await;
    let mails = clinic.post().await;
    let [ana, tess] = mails.as_slice() else {
        panic!("{mails:#?}")
    };
    assert_eq!(
        (ana.to.as_str(), tess.to.as_str()),
        ("ana@demo.example", "tess@demo.example")
    );
    assert_eq!(ana.from, "visits@clinic.example");
    assert_eq!(ana.subject, "Confirmed: Sun 7 Mar, 08:00");
    assert!(
        ana.text
            .contains("Confirmed. You have a visit on Sun 7 Mar, 08:00 to 08:45 (Chicago, Central)."),
        "{}",
        ana.text
    );
    assert!(
        tess.text.contains("Sun 7 Mar, 09:00 to 09:45 (New York, Eastern)"),
        "{}",
        tess.text
    );
    assert!(ana.text.contains(&format!("https://clinic.example/v/{visit}")));
    assert!(ana.html.contains(&format!("href=\"https://clinic.example/v/{visit}\"")));
    for mail in &mails {
        says_nothing_of_whom_or_why(mail);
        let invitation = mail.invitation.clone().unwrap();
        assert_eq!(
            (invitation.mime_method.as_str(), invitation.method.as_str()),
            ("REQUEST", "REQUEST")
        );
        assert_eq!((invitation.uid, invitation.sequence.as_str()), (visit.to_string(), "0"));
        assert_eq!(
            (invitation.status.as_str(), invitation.starts.as_str()),
            ("CONFIRMED", "20270307T140000Z")
        );
        assert_eq!(invitation.attendee, format!("mailto:{}", mail.to));
        assert_eq!(invitation.organizer, "mailto:visits@clinic.example");
        ids.push(mail.message_id.clone());
    }

    clinic.move_visit(visit, Duration::hours(2)).await;
    clinic.tell(&moved(&clinic, visit, "tess")).await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        says_nothing_of_whom_or_why(mail);
        let invitation = mail.invitation.clone().unwrap();
        assert_eq!(
            (invitation.mime_method.as_str(), invitation.method.as_str()),
            ("REQUEST", "REQUEST")
        );
        assert_eq!((invitation.uid, invitation.sequence.as_str()), (visit.to_string(), "1"));
        assert_eq!(invitation.starts, "20270307T160000Z");
        assert!(mail.subject.starts_with("Moved: "), "{}", mail.subject);
        ids.push(mail.message_id.clone());
    }

    bookings::cancel_visit(
        &clinic.act("lia", Role::Liaison),
        visit,
        "other",
        "",
        clinic.test.house.ids.next(),
    )
    .await
    .unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        says_nothing_of_whom_or_why(mail);
        let invitation = mail.invitation.clone().unwrap();
        assert_eq!(
            (invitation.mime_method.as_str(), invitation.method.as_str()),
            ("CANCEL", "CANCEL")
        );
        assert_eq!((invitation.uid, invitation.sequence.as_str()), (visit.to_string(), "2"));
        assert_eq!(
            (invitation.status.as_str(), invitation.starts.as_str()),
            ("CANCELLED", "20270307T160000Z")
        );
        assert!(mail.subject.starts_with("Cancelled: "));
        ids.push(mail.message_id.clone());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6, "each letter has a Message-ID of its own");
}

#[tokio::test]
async fn who_is_no_longer_part_of_a_visit_is_told_so() {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::days(5))
        .await;
    clinic.tell(&scheduled(&clinic, visit)).await;
    clinic.post().await;
    clinic
        .owner(
            "UPDATE scheduling.visit SET therapist_id = (SELECT id FROM identity.account WHERE email = 'theo@demo.example')
             WHERE id = $1",
            visit.uuid(),
        )
        .await;
    clinic.tell(&moved(&clinic, visit, "theo")).await;
    let mails = clinic.post().await;
    let method = |to: &str| {
        let mail = mails.iter().find(|mail| mail.to == to).unwrap();
        mail.invitation.as_ref().map(|i| i.method.clone()).unwrap()
    };
    assert_eq!(method("ana@demo.example"), "REQUEST");
    assert_eq!(method("theo@demo.example"), "REQUEST");
    assert_eq!(method("tess@demo.example"), "CANCEL");
}

#[tokio::test]
async fn an_event_that_is_told_twice_writes_once() {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::days(5))
        .await;
    clinic.tell(&scheduled(&clinic, visit)).await;
    sqlx::query("UPDATE kernel.outbox SET done_at = NULL")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2);
    assert!(
        mails
            .iter()
            .all(|mail| mail.invitation.as_ref().is_some_and(|i| i.sequence == "0"))
    );
}

#[tokio::test]
async fn what_a_newer_letter_says_better_is_not_sent() {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::days(5))
        .await;
    clinic.tell(&scheduled(&clinic, visit)).await;
    clinic.move_visit(visit, Duration::hours(1)).await;
    clinic.tell(&moved(&clinic, visit, "tess")).await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2, "the letters about the first time are dropped");
    assert!(mails.iter().all(|mail| mail.subject.starts_with("Moved: ")));
    let event = VisitCancelled {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
        late: false,
    };
    clinic.tell(&event).await;
    assert_eq!(clinic.post().await.len(), 2);
}

#[tokio::test]
async fn nobody_is_written_to_about_what_is_over() {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() - Duration::days(2))
        .await;
    clinic.tell(&scheduled(&clinic, visit)).await;
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["visit_confirmed dropped", "new_visit dropped"]);
}

#[tokio::test]
async fn a_request_is_received_and_declined_in_words_that_promise_nothing() {
    let clinic = Clinic::start().await;
    let request: uuid::Uuid = sqlx::query_scalar(
        "SELECT r.id FROM scheduling.booking_request r JOIN people.patient p ON p.id = r.patient_id
         WHERE p.given_name = 'Ana' AND r.state = 'pending' LIMIT 1",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    let event = bookings::events::RequestSent {
        request: request.into(),
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    clinic.tell(&event).await;
    let mails = clinic.post().await;
    let [ana] = mails.as_slice() else { panic!("{mails:#?}") };
    assert!(ana.subject.starts_with("Requested: "), "{}", ana.subject);
    assert!(
        ana.text.contains("It is not confirmed yet") && ana.text.contains("Our team answers by "),
        "{}",
        ana.text
    );
    assert!(ana.text.contains(&format!("https://clinic.example/r/{request}")));
    assert!(ana.invitation.is_none(), "what is only asked stands in no calendar");
    says_nothing_of_whom_or_why(ana);

    bookings::decline_request(
        &clinic.act("lia", Role::Liaison),
        request.into(),
        "no_licence",
        "Come to the clinic with your papers.",
        clinic.test.house.ids.next(),
    )
    .await
    .unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    let [ana] = mails.as_slice() else { panic!("{mails:#?}") };
    assert!(
        !ana.text.contains("papers") && !ana.text.contains("licence"),
        "{}",
        ana.text
    );
    says_nothing_of_whom_or_why(ana);
}

#[tokio::test]
async fn guardians_read_a_childs_letters() {
    let clinic = Clinic::start().await;
    let request: uuid::Uuid = sqlx::query_scalar(
        "SELECT r.id FROM scheduling.booking_request r JOIN people.patient p ON p.id = r.patient_id
         WHERE p.kind = 'child' AND r.state = 'pending' LIMIT 1",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    let event = RequestConflicted {
        request: request.into(),
        patient: clinic.patient("Benjamin"),
    };
    clinic.tell(&event).await;
    let mails = clinic.post().await;
    let readers: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(readers, ["gus@demo.example"]);
    says_nothing_of_whom_or_why(&mails[0]);
}

#[tokio::test]
async fn who_wants_no_receipt_gets_none_and_still_the_confirmation() {
    let clinic = Clinic::start().await;
    let ana = clinic.act("ana", Role::Patient);
    letters::service::save_my_letters(&ana, &[], "none").await.unwrap();
    let request: uuid::Uuid = sqlx::query_scalar(
        "SELECT r.id FROM scheduling.booking_request r JOIN people.patient p ON p.id = r.patient_id
         WHERE p.given_name = 'Ana' AND r.state = 'pending' LIMIT 1",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    let event = bookings::events::RequestSent {
        request: request.into(),
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    clinic.tell(&event).await;
    assert!(clinic.post().await.is_empty());
    bookings::approve_request(
        &clinic.act("lia", Role::Liaison),
        request.into(),
        clinic.test.house.ids.next(),
    )
    .await
    .unwrap();
    clinic.hear().await;
    let readers: Vec<String> = clinic.post().await.into_iter().map(|mail| mail.to).collect();
    assert!(readers.contains(&"ana@demo.example".to_owned()), "{readers:?}");
}

#[test]
fn the_test_clock_stands_where_these_tests_think() {
    let date = kernel::testing::tuesday().date_naive();
    assert_eq!(date, NaiveDate::from_ymd_opt(2027, 3, 2).unwrap());
}
