//! Planned, as a whole or not at all.

use super::{at, hindrances, in_the_way, plan, service_of, visits, weekly};
use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    Error,
    service::{self, SeriesPlan, SeriesWish},
};
use std::sync::Arc;
use tokio::task::JoinSet;

#[tokio::test]
async fn a_series_keeps_its_clock_over_summer_time() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let wish = weekly(clinic.patient("Ana"), None, service_of(&clinic).await, "4");
    let preview = service::preview_series(&tess, &wish).await.unwrap();
    assert_eq!(preview.zone.name, "America/New_York");
    let read: Vec<_> = preview
        .occurrences
        .iter()
        .map(|one| format!("{} {}", one.when.day, one.when.from))
        .collect();
    assert_eq!(
        read,
        [
            "Tue 9 Mar 16:30",
            "Tue 16 Mar 16:30",
            "Tue 23 Mar 16:30",
            "Tue 30 Mar 16:30"
        ]
    );
    assert_eq!(hindrances(&preview.occurrences), [None; 4]);
    let key = clinic.key();
    let twice = SeriesPlan {
        wish,
        choices: &[],
        message: "Every Tuesday.",
        key,
    };
    let planned = service::plan_series(&tess, &twice).await.unwrap();
    assert_eq!(
        planned,
        service::plan_series(&tess, &twice).await.unwrap(),
        "pressed twice"
    );
    let rows = visits(&clinic, &planned).await;
    let starts: Vec<_> = rows.iter().map(|(_, at, _)| *at).collect();
    assert_eq!(
        starts,
        [
            at("2027-03-09T21:30:00Z"),
            at("2027-03-16T20:30:00Z"),
            at("2027-03-23T20:30:00Z"),
            at("2027-03-30T20:30:00Z")
        ]
    );
    let third = service::get_visit(&ana, rows[2].0).await.unwrap();
    let place = third.series.unwrap();
    assert_eq!((place.number, place.of, place.following, place.all), (3, 4, 2, 4));
    assert_eq!(third.message, "Every Tuesday.");
    assert_eq!(third.history.len(), 1);
    assert_eq!(
        clinic.events("scheduling.series_planned").await,
        1,
        "one piece of news, not four"
    );
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 0);
}

#[tokio::test]
async fn a_hindered_series_is_refused_as_a_whole_until_each_has_its_answer() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    in_the_way(&clinic, clinic.patient("Noah"), "2027-03-16T20:30:00Z").await;
    in_the_way(&clinic, clinic.patient("Noah"), "2027-03-23T20:30:00Z").await;
    let wish = weekly(clinic.patient("Ana"), None, service_of(&clinic).await, "4");
    assert_eq!(code(plan(&clinic, &tess, wish, &[]).await), "slot_taken");
    let none: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.visit WHERE series_id IS NOT NULL")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(none, 0, "all or none");
    let preview = service::preview_series(&tess, &wish).await.unwrap().occurrences;
    let instead = preview[1].instead[0].starts.to_rfc3339();
    let far = (preview[1].when.starts + Duration::days(8)).to_rfc3339();
    let choices = |second: &str| [String::new(), second.to_owned(), "out".to_owned()];
    assert_eq!(code(plan(&clinic, &tess, wish, &choices(&far)).await), "invalid");
    let planned = plan(&clinic, &tess, wish, &choices(&instead)).await.unwrap();
    assert_eq!(planned.visits.len(), 3);
    let starts: Vec<_> = visits(&clinic, &planned)
        .await
        .into_iter()
        .map(|(_, at, _)| at)
        .collect();
    assert_eq!(starts[1], preview[1].instead[0].starts);
    assert_eq!(starts[2], preview[3].when.starts);
}

#[tokio::test]
async fn absences_and_foreign_patients_are_not_planned_over() {
    let clinic = Clinic::start().await;
    let (ana, tess, lia) = (clinic.ana(), clinic.tess_acts(), clinic.lia());
    let service_id = service_of(&clinic).await;
    let (_, stranger) = clinic.newcomer(1).await;
    let foreign = weekly(stranger, None, service_id, "3");
    assert_eq!(code(plan(&clinic, &tess, foreign, &[]).await), "not_found");
    assert_eq!(code(service::preview_series(&tess, &foreign).await), "not_found");
    let own = weekly(clinic.patient("Ana"), None, service_id, "3");
    assert_eq!(code(plan(&clinic, &ana, own, &[]).await), "not_found");
    for times in ["1", "53", "many", ""] {
        let wish = weekly(clinic.patient("Ana"), None, service_id, times);
        assert_eq!(code(plan(&clinic, &tess, wish, &[]).await), "invalid", "{times:?}");
    }
    let absence = service::AbsenceForm {
        first: "2027-03-16",
        last: "2027-03-16",
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    assert_eq!(code(plan(&clinic, &tess, own, &[]).await), "therapist_away");
    // The desk plans for anybody, and the therapist is in the care team from then on.
    let desks = SeriesWish {
        therapist: Some(clinic.therapist("tess")),
        ..foreign
    };
    let left_out = [String::new(), "out".to_owned()];
    let planned = plan(&clinic, &lia, desks, &left_out).await.unwrap();
    assert_eq!(planned.visits.len(), 2);
    assert!(service::get_visit(&tess, planned.visits[0]).await.is_ok());
}

/// Twelve at once want the same weeks: one gets them all, nobody else gets any of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_series_at_once_one_is_planned() {
    let clinic = Arc::new(Clinic::start_with(12).await);
    let service_id = service_of(&clinic).await;
    let mut people = Vec::new();
    for number in 0..12 {
        people.push(clinic.newcomer(number).await.1);
    }
    let mut all = JoinSet::new();
    for patient in people {
        let clinic = Arc::clone(&clinic);
        all.spawn(async move {
            let wish = weekly(patient, Some(clinic.therapist("tess")), service_id, "6");
            plan(&clinic, &clinic.lia(), wish, &[]).await
        });
    }
    let mut planned = Vec::new();
    while let Some(answer) = all.join_next().await {
        match answer.expect("a planner") {
            Ok(series) => planned.push(series),
            Err(error) => assert!(matches!(error, Error::SlotTaken), "{error}"),
        }
    }
    assert_eq!(planned.len(), 1);
    let written: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.visit WHERE series_id IS NOT NULL")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(written, 6);
}
