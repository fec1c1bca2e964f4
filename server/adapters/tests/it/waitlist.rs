//! A time that is kept for somebody on the waiting list is written about once, without a word of whom or why.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]

use crate::clinic::Clinic;
use kernel::{Ctx, Role};
use scheduling::service::{self as bookings, Joining, TimesWish};

/// Ana waits for a time of Tess, and one is kept for her.
async fn offered(clinic: &Clinic) -> (Ctx, scheduling::model::OfferId) {
    let ana = clinic.act("ana", Role::Patient);
    let wish = TimesWish {
        therapist: clinic.therapist("tess"),
        for_patient: None,
        service: None,
        month: String::new(),
        around: String::new(),
    };
    let times = bookings::therapist_times(&ana, &wish).await.unwrap();
    let joining = Joining {
        patient: Some(clinic.patient("Ana")),
        service: times.service.map(|service| service.service),
        therapist: Some(clinic.therapist("tess")),
        visit: None,
        request: None,
        days: &[],
        parts: &[],
        weeks: "8",
        reason: "Sleep",
        key: clinic.test.house.ids.next(),
    };
    bookings::join_waitlist(&ana, &joining).await.unwrap();
    assert_eq!(bookings::keep_waitlist(&clinic.test.house).await.unwrap(), 1);
    let list = bookings::my_waitlist(&ana).await.unwrap();
    let offer = list.wishes[0].open().unwrap().offer;
    (ana, offer)
}

#[tokio::test]
async fn an_offered_time_is_told_with_its_end_and_a_link_that_needs_a_sign_in() {
    let clinic = Clinic::start().await;
    let (_, offer) = offered(&clinic).await;
    clinic.hear().await;
    let mails = clinic.post().await;
    let [ana] = mails.as_slice() else { panic!("{mails:#?}") };
    assert_eq!(ana.to, "ana@demo.example");
    assert!(ana.subject.starts_with("A time is free: "), "{}", ana.subject);
    assert!(ana.text.contains("kept for you. Take it until "), "{}", ana.text);
    assert!(ana.text.contains(&format!("https://clinic.example/o/{offer}")));
    assert!(ana.invitation.is_none(), "what is only offered stands in no calendar");
    let all = format!("{} {} {}", ana.subject, ana.text, ana.html).to_lowercase();
    for word in ["tess", "therap", "sleep", "mental", "patient", "health"] {
        assert!(!all.contains(word), "{word:?} in {all}");
    }
    assert_eq!(clinic.rows().await, ["time_offered sent"]);
}

#[tokio::test]
async fn nobody_is_written_to_about_a_time_that_is_no_longer_kept() {
    let clinic = Clinic::start().await;
    let (ana, offer) = offered(&clinic).await;
    bookings::pass_offer(&ana, offer, clinic.test.house.ids.next())
        .await
        .unwrap();
    clinic.hear().await;
    assert!(clinic.post().await.is_empty());
    assert_eq!(clinic.rows().await, ["time_offered dropped"]);
}
