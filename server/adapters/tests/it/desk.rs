//! What the desk causes: other times proposed to a patient, and a therapist reminded of a visit.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]

use crate::clinic::Clinic;
use chrono::{DateTime, Duration, Utc};
use kernel::{IdempotencyKey, Role};
use letters::service as letters_service;
use scheduling::{
    model::ProposalId,
    service::{self as bookings, Offer, ProposalOf, WantedTime, events::ConfirmationAsked},
};

fn key(clinic: &Clinic) -> IdempotencyKey {
    clinic.test.house.ids.next()
}

/// A visit of Ana's, and Tess proposes another time for it.
async fn proposed(clinic: &Clinic) -> (ProposalId, DateTime<Utc>) {
    let tess = clinic.act("tess", Role::Therapist);
    let ana = clinic.patient("Ana");
    let choices = bookings::plan_choices(&tess, Some(ana)).await.unwrap();
    let plan = bookings::Plan {
        patient: ana,
        therapist: None,
        service: choices.therapists[0].services[0].service,
        time: WantedTime::at("2027-03-11T21:00:00Z"),
        minutes: "",
        message: "",
        overbook: "",
        overbook_words: "",
        key: key(clinic),
    };
    let visit = bookings::plan_visit(&tess, &plan).await.unwrap().visit;
    let times = [WantedTime::at("2027-03-12T21:00:00Z")];
    let offer = Offer {
        of: ProposalOf::Visit(visit),
        therapist: None,
        times: &times,
        words: "",
        key: key(clinic),
    };
    (
        bookings::propose_times(&tess, &offer).await.unwrap(),
        clinic.now() + Duration::hours(24),
    )
}

#[tokio::test]
async fn a_letter_about_other_times_leads_to_them_and_says_until_when() {
    let clinic = Clinic::start().await;
    let (proposal, _) = proposed(&clinic).await;
    clinic.hear().await;
    let mails = clinic.post().await;
    let mail = mails
        .iter()
        .find(|mail| mail.subject.starts_with("Other times"))
        .unwrap();
    assert_eq!(mail.to, "ana@demo.example");
    assert!(
        mail.text.contains(&format!("https://clinic.example/p/{proposal}")) && mail.text.contains("Choose until "),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn times_that_are_not_kept_any_more_are_not_written_about() {
    let clinic = Clinic::start().await;
    let (_, until) = proposed(&clinic).await;
    clinic.hear().await;
    clinic.test.clock.advance(until - clinic.now());
    let mails = clinic.post().await;
    assert!(mails.iter().all(|mail| !mail.subject.starts_with("Other times")));
    assert!(clinic.rows().await.contains(&"times_proposed dropped".to_owned()));
}

#[tokio::test]
async fn a_reminder_of_the_desk_reaches_a_therapist_who_wants_none_from_the_clock() {
    let clinic = Clinic::start().await;
    let visit = clinic
        .plant_visit("Ana", "tess", clinic.now() - Duration::hours(30))
        .await;
    let tess = clinic.act("tess", Role::Therapist);
    letters_service::save_my_letters(&tess, &[], "usual").await.unwrap();
    clinic
        .owner(
            "UPDATE scheduling.visit SET state = 'ended', ended_at = now() WHERE id = $1",
            visit.uuid(),
        )
        .await;
    let asked = ConfirmationAsked {
        visit,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    clinic.tell(&asked).await;
    let mails = clinic.post().await;
    let [mail] = mails.as_slice() else {
        panic!("{} letters instead of 1", mails.len())
    };
    assert_eq!(mail.to, "tess@demo.example");
    assert!(
        mail.text.contains(&format!("https://clinic.example/v/{visit}")),
        "{}",
        mail.text
    );
}
