//! Visits that repeat: one letter to each reader for a change of many, and every visit right in the calendars.

#![expect(clippy::unwrap_used, reason = "helpers of tests: what fails must stop the test")]

use crate::clinic::{Clinic, Mail};
use chrono::Duration;
use kernel::{IdempotencyKey, Role, VisitId};
use scheduling::service::{
    self as bookings, CancelMany, Move, MoveMany, PlannedSeries, SeriesPlan, SeriesWish, WantedTime,
    events::{VisitCancelled, VisitMoved},
};

fn key(clinic: &Clinic) -> IdempotencyKey {
    clinic.test.house.ids.next()
}

/// Ana and Tess, Tuesdays 16:30 in New York, four times over the beginning of summer time.
async fn planned(clinic: &Clinic) -> PlannedSeries {
    let tess = clinic.act("tess", Role::Therapist);
    let ana = clinic.patient("Ana");
    let choices = bookings::plan_choices(&tess, Some(ana)).await.unwrap();
    let plan = SeriesPlan {
        wish: SeriesWish {
            patient: ana,
            therapist: None,
            service: choices.therapists[0].services[0].service,
            time: WantedTime {
                starts: "",
                date: "2027-03-09",
                clock: "16:30",
            },
            minutes: "45",
            every: "week",
            times: "4",
            until: "",
        },
        choices: &[],
        message: "",
        key: key(clinic),
    };
    bookings::plan_series(&tess, &plan).await.unwrap()
}

fn entry(visit: VisitId, sequence: &str, status: &str, starts: &str) -> [String; 4] {
    [
        visit.to_string(),
        sequence.to_owned(),
        status.to_owned(),
        starts.to_owned(),
    ]
}

fn method(mail: &Mail) -> (String, String) {
    let invitation = mail.invitation.clone().unwrap();
    (invitation.mime_method, invitation.method)
}

#[tokio::test]
async fn a_series_is_one_letter_to_each_reader_with_every_visit_in_it() {
    let clinic = Clinic::start().await;
    let series = planned(&clinic).await;
    let visits = &series.visits;
    clinic.hear().await;
    let mails = clinic.post().await;
    let [ana, tess] = mails.as_slice() else {
        panic!("{} letters instead of 2", mails.len())
    };
    assert_eq!(
        (ana.to.as_str(), tess.to.as_str()),
        ("ana@demo.example", "tess@demo.example")
    );
    assert_eq!(ana.subject, "Confirmed: 4 visits from Tue 9 Mar, 15:30");
    for line in [
        "Tue 9 Mar, 15:30 to 16:15 (Chicago, Central)",
        "Tue 30 Mar, 15:30 to 16:15 (Chicago, Central)",
    ] {
        assert!(ana.text.contains(line), "{}", ana.text);
    }
    assert!(tess.subject.starts_with("New: 4 visits"), "{}", tess.subject);
    let published = ("PUBLISH".to_owned(), "PUBLISH".to_owned());
    for mail in &mails {
        assert_eq!(method(mail), published);
        assert_eq!(
            mail.entries,
            [
                entry(visits[0], "0", "CONFIRMED", "20270309T213000Z"),
                entry(visits[1], "0", "CONFIRMED", "20270316T203000Z"),
                entry(visits[2], "0", "CONFIRMED", "20270323T203000Z"),
                entry(visits[3], "0", "CONFIRMED", "20270330T203000Z"),
            ]
        );
        let all = format!("{} {}", mail.subject, mail.text).to_lowercase();
        for word in ["ana ", "tess", "therap", "patient", "series"] {
            assert!(!all.contains(word), "{word} in {all}");
        }
    }

    let lia = clinic.act("lia", Role::Liaison);
    let wish = MoveMany {
        visit: visits[1],
        extent: "following",
        time: WantedTime {
            starts: "",
            date: "2027-03-17",
            clock: "17:00",
        },
        reason: "therapist_away",
        words: "",
        leave: false,
        key: key(&clinic),
    };
    bookings::move_series(&lia, &wish).await.unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert!(
            mail.subject.starts_with("Moved: 3 visits from Wed 17 Mar"),
            "{}",
            mail.subject
        );
        assert_eq!(
            mail.entries,
            [
                entry(visits[1], "1", "CONFIRMED", "20270317T210000Z"),
                entry(visits[2], "1", "CONFIRMED", "20270324T210000Z"),
                entry(visits[3], "1", "CONFIRMED", "20270331T210000Z"),
            ]
        );
    }

    let wish = CancelMany {
        visit: visits[0],
        extent: "all",
        reason: "not_needed",
        words: "",
        key: key(&clinic),
    };
    bookings::cancel_series(&lia, &wish).await.unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert_eq!(method(mail), published);
        let sequences: Vec<_> = mail
            .entries
            .iter()
            .map(|one| (one[1].as_str(), one[2].as_str()))
            .collect();
        assert_eq!(
            sequences,
            [
                ("1", "CANCELLED"),
                ("2", "CANCELLED"),
                ("2", "CANCELLED"),
                ("2", "CANCELLED")
            ]
        );
    }
}

#[tokio::test]
async fn what_changed_by_itself_meanwhile_is_told_by_its_own_letter() {
    let clinic = Clinic::start().await;
    let series = planned(&clinic).await;
    clinic.hear().await;
    let lia = clinic.act("lia", Role::Liaison);
    let wish = Move {
        visit: series.visits[1],
        time: WantedTime::at("2027-03-18T18:00:00Z"),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "",
        overbook_words: "",
        key: key(&clinic),
    };
    bookings::move_visit(&lia, &wish).await.unwrap();
    bookings::cancel_visit(&lia, series.visits[2], "not_needed", "", key(&clinic))
        .await
        .unwrap();
    clinic.hear().await;
    let mails = clinic.post().await;
    let of_ana: Vec<_> = mails.iter().filter(|mail| mail.to.starts_with("ana")).collect();
    let mut told: Vec<(String, Vec<VisitId>)> = of_ana
        .iter()
        .map(|mail| {
            let visits = mail.entries.iter().map(|one| one[0].parse().unwrap()).collect();
            (method(mail).1, visits)
        })
        .collect();
    told.sort();
    let [_, second, third, _] = series.visits.as_slice() else {
        panic!("four visits")
    };
    assert_eq!(
        told,
        [
            ("CANCEL".to_owned(), vec![*third]),
            ("PUBLISH".to_owned(), vec![series.visits[0], series.visits[3]]),
            ("REQUEST".to_owned(), vec![*second]),
        ]
    );
    let sequences: Vec<_> = of_ana
        .iter()
        .filter(|mail| mail.entries.len() == 1)
        .map(|mail| mail.entries[0][1].as_str())
        .collect();
    assert_eq!(sequences, ["1", "1"]);
}

#[tokio::test]
async fn news_that_comes_late_swallows_no_cancellation() {
    let clinic = Clinic::start().await;
    let series = planned(&clinic).await;
    let single = clinic
        .plant_visit("Ana", "tess", clinic.now() + Duration::days(40))
        .await;
    clinic.hear().await;
    clinic.post().await;
    let lia = clinic.act("lia", Role::Liaison);
    let wish = MoveMany {
        visit: series.visits[0],
        extent: "all",
        time: WantedTime {
            starts: "",
            date: "2027-03-10",
            clock: "17:00",
        },
        reason: "therapist_away",
        words: "",
        leave: false,
        key: key(&clinic),
    };
    bookings::move_series(&lia, &wish).await.unwrap();
    let moved = VisitMoved {
        visit: single,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
    };
    // Both moves fail at first and are told again ten minutes later.
    sqlx::query("UPDATE kernel.outbox SET run_at = run_at + interval '10 minutes' WHERE done_at IS NULL")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let wish = CancelMany {
        visit: series.visits[0],
        extent: "all",
        reason: "not_needed",
        words: "",
        key: key(&clinic),
    };
    bookings::cancel_series(&lia, &wish).await.unwrap();
    clinic
        .owner("UPDATE scheduling.visit SET state = 'cancelled', cancel_reason = 'not_needed', cancel_role = 'liaison', cancel_late = false WHERE id = $1", single.uuid())
        .await;
    let cancelled = VisitCancelled {
        visit: single,
        patient: clinic.patient("Ana"),
        therapist: clinic.therapist("tess"),
        late: false,
    };
    clinic.tell(&cancelled).await;
    clinic.test.clock.advance(Duration::minutes(11));
    clinic.tell(&moved).await;
    let mails = clinic.post().await;
    let of_ana: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to.starts_with("ana"))
        .map(|mail| mail.subject.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(of_ana, ["Cancelled", "Cancelled"], "the series and the single visit");
}

#[tokio::test]
async fn a_letter_of_many_leads_to_the_first_that_its_reader_still_has() {
    let clinic = Clinic::start().await;
    let series = planned(&clinic).await;
    let lia = clinic.act("lia", Role::Liaison);
    // June takes the first one over before the letters leave, and the second one is cancelled.
    let over = Move {
        visit: series.visits[0],
        time: WantedTime::at("2027-03-11T18:00:00Z"),
        therapist: Some(clinic.therapist("june")),
        reason: "therapist_away",
        words: "",
        overbook: "",
        overbook_words: "",
        key: key(&clinic),
    };
    bookings::move_visit(&lia, &over).await.unwrap();
    clinic.hear().await;
    bookings::cancel_visit(&lia, series.visits[1], "not_needed", "", key(&clinic))
        .await
        .unwrap();
    let mails = clinic.post().await;
    let of = |name: &str, subject: &str| {
        let found = mails
            .iter()
            .find(|mail| mail.to.starts_with(name) && mail.subject.starts_with(subject));
        found.unwrap_or_else(|| panic!("{subject} to {name}")).clone()
    };
    let link = |visit: VisitId| format!("https://clinic.example/v/{visit}");
    let tess = of("tess", "New");
    assert!(tess.text.contains(&link(series.visits[2])), "{}", tess.text);
    assert!(!tess.text.contains(&link(series.visits[0])) && !tess.text.contains(&link(series.visits[1])));
    let ana = of("ana", "Confirmed");
    assert!(ana.text.contains(&link(series.visits[2])), "{}", ana.text);
}
