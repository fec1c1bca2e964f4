//! Visits that repeat: seen before they are planned, planned, moved and cancelled together.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests: what fails must stop the test"
)]

use crate::clinic::{Clinic, code};
use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, PatientId, TherapistId, VisitId};
use scheduling::{
    Error,
    api::{
        RulesPlace,
        view::{HindranceKind, OccurrenceView},
    },
    model::{ServiceId, VisitState},
    service::{
        self, CancelMany, Move, MoveMany, Moving, Plan, PlannedSeries, RulesInput, SeriesPlan, SeriesWish, WantedTime,
    },
};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Tuesdays at 16:30 in New York, from 2 March on; summer time begins on 14 March 2027.
const FIRST: WantedTime<'static> = WantedTime {
    starts: "",
    date: "2027-03-09",
    clock: "16:30",
};

async fn service_of(clinic: &Clinic) -> ServiceId {
    clinic.slot(&clinic.ana(), "tess", "Ana").await.0
}

fn weekly(patient: PatientId, therapist: Option<TherapistId>, service: ServiceId, times: &str) -> SeriesWish<'_> {
    SeriesWish {
        patient,
        therapist,
        service,
        time: FIRST,
        minutes: "",
        every: "week",
        times,
        until: "",
    }
}

async fn plan(clinic: &Clinic, ctx: &Ctx, wish: SeriesWish<'_>, choices: &[String]) -> Result<PlannedSeries, Error> {
    let plan = SeriesPlan {
        wish,
        choices,
        message: "Every Tuesday.",
        key: clinic.key(),
    };
    service::plan_series(ctx, &plan).await
}

/// Ana's weekly visits with Tess.
pub async fn ana_weekly(clinic: &Clinic, times: &str) -> PlannedSeries {
    let wish = weekly(clinic.patient("Ana"), None, service_of(clinic).await, times);
    plan(clinic, &clinic.tess_acts(), wish, &[]).await.unwrap()
}

/// The visits of a series by place: id, start, state.
async fn visits(clinic: &Clinic, series: &PlannedSeries) -> Vec<(VisitId, DateTime<Utc>, String)> {
    let rows: Vec<(uuid::Uuid, DateTime<Utc>, String)> =
        sqlx::query_as("SELECT id, starts_at, state FROM scheduling.visit WHERE series_id = $1 ORDER BY series_place")
            .bind(series.series.uuid())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    rows.into_iter().map(|(id, at, state)| (id.into(), at, state)).collect()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A visit that the desk plans with somebody else, over which a series would run.
async fn in_the_way(clinic: &Clinic, patient: PatientId, starts: &str) -> VisitId {
    let plan = Plan {
        patient,
        therapist: Some(clinic.therapist("tess")),
        service: service_of(clinic).await,
        time: WantedTime::at(starts),
        minutes: "",
        message: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::plan_visit(&clinic.lia(), &plan).await.unwrap().visit
}

fn hindrances(occurrences: &[OccurrenceView]) -> Vec<Option<HindranceKind>> {
    occurrences
        .iter()
        .map(|one| one.hindrance.as_ref().map(|hindrance| hindrance.kind))
        .collect()
}

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
async fn what_is_in_the_way_is_listed_as_far_as_the_actor_may_know() {
    let clinic = Clinic::start().await;
    let (ana, tess, lia) = (clinic.ana(), clinic.tess_acts(), clinic.lia());
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let first = slot.starts.to_rfc3339();
    let later = |weeks: i64| slot.starts + Duration::weeks(weeks);
    let mut wish = SeriesWish {
        time: WantedTime::at(&first),
        ..weekly(clinic.patient("Ana"), None, service_id, "4")
    };
    // A time kept by a stranger: Tess learns that something is kept, and no name (R14).
    let (other, stranger) = clinic.newcomer(1).await;
    service::take_hold(&other, clinic.therapist("tess"), service_id, slot.starts, stranger)
        .await
        .unwrap();
    in_the_way(&clinic, clinic.patient("Noah"), &later(1).to_rfc3339()).await;
    let day = later(2).date_naive().to_string();
    let absence = service::AbsenceForm {
        first: &day,
        last: &day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    let seen = service::preview_series(&tess, &wish).await.unwrap().occurrences;
    assert_eq!(
        hindrances(&seen),
        [
            Some(HindranceKind::TherapistBusy),
            Some(HindranceKind::TherapistBusy),
            Some(HindranceKind::Away),
            None
        ]
    );
    let met = |seen: &[OccurrenceView], index: usize| seen[index].hindrance.as_ref().unwrap().with.clone();
    assert_eq!(
        (met(&seen, 0), met(&seen, 1)),
        (String::new(), "Noah Fischer".to_owned())
    );
    assert!(!seen[1].instead.is_empty());
    assert!(seen[1].instead.iter().all(|slot| slot.starts != seen[1].when.starts));
    assert!(!seen[3].outside_hours);

    // Whom else a patient meets is the desk's to know, and not that of a therapist.
    in_the_way(&clinic, clinic.patient("Ana"), &seen[3].when.starts.to_rfc3339()).await;
    let of_june = clinic.times(&ana, "june", "Ana").await.service.unwrap().service;
    wish = SeriesWish {
        therapist: Some(clinic.therapist("june")),
        service: of_june,
        ..wish
    };
    let seen = service::preview_series(&lia, &wish).await.unwrap().occurrences;
    let busy = seen.iter().find_map(|one| {
        let hindrance = one.hindrance.as_ref()?;
        (hindrance.kind == HindranceKind::PatientBusy).then_some(hindrance.with.clone())
    });
    assert!(busy.is_some_and(|with| with.contains("Tess")), "{seen:?}");
    assert_eq!(code(service::preview_series(&tess, &wish).await), "not_found");
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

async fn move_many(
    clinic: &Clinic,
    ctx: &Ctx,
    visit: VisitId,
    extent: &str,
    (date, clock): (&str, &str),
    leave: bool,
) -> Result<Moving, Error> {
    let wish = MoveMany {
        visit,
        extent,
        time: WantedTime {
            starts: "",
            date,
            clock,
        },
        reason: "patient_asked",
        words: "As we agreed",
        leave,
        key: clinic.key(),
    };
    service::move_series(ctx, &wish).await
}

/// How many moved and how many stayed.
fn gone(answer: &Moving) -> (usize, u16) {
    match answer {
        Moving::Moved(moved) => (moved.moved.len(), moved.left),
        Moving::Hindered(shown) => panic!("hindered: {shown:?}"),
    }
}

#[tokio::test]
async fn this_and_the_following_move_by_the_calendar() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let second = before[1].0;
    // A family moves one visit at a time.
    let by_family = move_many(&clinic, &ana, second, "all", ("2027-03-17", "17:00"), false).await;
    assert_eq!(code(by_family), "not_found");
    let wish = MoveMany {
        visit: second,
        extent: "following",
        time: WantedTime {
            starts: "",
            date: "2027-03-17",
            clock: "17:00",
        },
        reason: "patient_asked",
        words: "As we agreed",
        leave: false,
        key: clinic.key(),
    };
    let moved = service::move_series(&tess, &wish).await.unwrap();
    assert_eq!(gone(&moved), (3, 0));
    assert_eq!(
        moved,
        service::move_series(&tess, &wish).await.unwrap(),
        "pressed twice"
    );
    let starts: Vec<_> = visits(&clinic, &series)
        .await
        .into_iter()
        .map(|(_, at, _)| at)
        .collect();
    assert_eq!(
        starts,
        [
            before[0].1,
            at("2027-03-17T21:00:00Z"),
            at("2027-03-24T21:00:00Z"),
            at("2027-03-31T21:00:00Z")
        ]
    );
    let last = service::get_visit(&ana, before[3].0).await.unwrap().history;
    let step = last.last().unwrap();
    assert_eq!(
        (
            step.to.as_str(),
            step.by.as_str(),
            step.why.as_str(),
            step.words.as_str()
        ),
        ("moved", "therapist", "patient_asked", "As we agreed")
    );
    assert_eq!(step.was.as_ref().unwrap().starts, before[3].1);
    assert_eq!(step.becomes.as_ref().unwrap().starts, starts[3]);
    assert_eq!(clinic.events("scheduling.series_moved").await, 1);
    assert_eq!(clinic.events("scheduling.visit_moved").await, 0);
}

#[tokio::test]
async fn a_series_moves_over_its_own_times_in_both_directions() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let a_week_on = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-16", "16:30"), false).await;
    assert_eq!(gone(&a_week_on.unwrap()), (4, 0));
    let after = visits(&clinic, &series).await;
    assert_eq!(after[0].1, before[1].1);
    assert_eq!(after[2].1, before[3].1);
    let back = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-09", "16:30"), false).await;
    assert_eq!(gone(&back.unwrap()), (4, 0));
    assert_eq!(visits(&clinic, &series).await, before);
    // A quarter of an hour, over half of what each of them takes itself.
    let a_little = move_many(&clinic, &tess, before[0].0, "all", ("2027-03-09", "16:45"), false).await;
    assert_eq!(gone(&a_little.unwrap()), (4, 0));
}

#[tokio::test]
async fn one_that_stays_keeps_its_time_from_those_behind_it() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    let day = before[2].1.date_naive().to_string();
    let absence = service::AbsenceForm {
        first: &day,
        last: &day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    let a_week_on = ("2027-03-16", "16:30");
    let listed = move_many(&clinic, &tess, before[0].0, "all", a_week_on, false).await;
    let Moving::Hindered(shown) = listed.unwrap() else {
        panic!("nothing was in the way");
    };
    // The second would come to the day off and stays; the first would come to where the second stands.
    let busy = Some(HindranceKind::TherapistBusy);
    assert_eq!(hindrances(&shown), [busy, Some(HindranceKind::Away), None, None]);
    let moved = move_many(&clinic, &tess, before[0].0, "all", a_week_on, true).await;
    assert_eq!(gone(&moved.unwrap()), (2, 2));
    let after = visits(&clinic, &series).await;
    assert_eq!((after[0].1, after[1].1), (before[0].1, before[1].1));
    assert_eq!(after[2].1, before[3].1);
}

#[tokio::test]
async fn who_never_set_hours_is_away_and_licensed_like_everybody_else() {
    let clinic = Clinic::start().await;
    let (tess, lia) = (clinic.tess_acts(), clinic.lia());
    let wish = weekly(
        clinic.patient("Ana"),
        Some(clinic.therapist("tess")),
        service_of(&clinic).await,
        "4",
    );
    let day = "2027-03-16";
    let absence = service::AbsenceForm {
        first: day,
        last: day,
        reason: "Conference",
        colleague: "",
    };
    service::add_time_off(&tess, None, absence).await.unwrap();
    for sql in [
        "DELETE FROM scheduling.availability_rule WHERE therapist_id = $1",
        "DELETE FROM scheduling.availability_override WHERE therapist_id = $1",
        "DELETE FROM scheduling.calendar WHERE therapist_id = $1",
        "UPDATE people.licence SET valid_until = '2027-03-24' WHERE therapist_id = $1",
    ] {
        let tess = clinic.therapist("tess").uuid();
        sqlx::query(sql).bind(tess).execute(&clinic.test.owner).await.unwrap();
    }
    let expected = [None, Some(HindranceKind::Away), None, Some(HindranceKind::NoLicence)];
    for ctx in [&tess, &lia] {
        let seen = service::preview_series(ctx, &wish).await.unwrap().occurrences;
        assert_eq!(hindrances(&seen), expected);
    }
}

#[tokio::test]
async fn what_is_hindered_is_listed_and_stays_only_if_that_is_chosen() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "4").await;
    let before = visits(&clinic, &series).await;
    in_the_way(&clinic, clinic.patient("Noah"), "2027-03-24T21:00:00Z").await;
    // One was put elsewhere by itself: it keeps its place.
    let wish = service::Move {
        visit: before[3].0,
        time: WantedTime::at("2027-04-01T18:00:00Z"),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::move_visit(&tess, &wish).await.unwrap();
    let to = ("2027-03-10", "17:00");
    let Moving::Hindered(shown) = move_many(&clinic, &tess, before[0].0, "all", to, false).await.unwrap() else {
        panic!("nothing was in the way");
    };
    assert_eq!(hindrances(&shown), [None, None, Some(HindranceKind::TherapistBusy)]);
    assert_eq!(shown[2].hindrance.as_ref().unwrap().with, "Noah Fischer");
    assert_eq!(visits(&clinic, &series).await[..3], before[..3], "nothing was changed");
    let moved = move_many(&clinic, &tess, before[0].0, "all", to, true).await.unwrap();
    assert_eq!(gone(&moved), (2, 2));
    let after = visits(&clinic, &series).await;
    assert_eq!(after[0].1, at("2027-03-10T22:00:00Z"));
    assert_eq!((after[2].1, after[3].1), (before[2].1, at("2027-04-01T18:00:00Z")));
}

#[tokio::test]
async fn each_cancelled_visit_is_late_or_not_by_itself() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let series = ana_weekly(&clinic, "4").await;
    let rows = visits(&clinic, &series).await;
    clinic.advance(rows[0].1 - clinic.now() - Duration::hours(3));
    let view = service::series_of_visit(&ana, rows[0].0, "all").await.unwrap();
    let late: Vec<_> = view.visits.iter().map(|one| one.late).collect();
    assert_eq!(late, [true, false, false, false]);
    assert!(!view.may_move);
    let wish = CancelMany {
        visit: rows[0].0,
        extent: "all",
        reason: "not_needed",
        words: "Thank you",
        key: clinic.key(),
    };
    assert_eq!(service::cancel_series(&ana, &wish).await.unwrap().len(), 4);
    assert_eq!(
        service::cancel_series(&ana, &wish).await.unwrap().len(),
        4,
        "pressed twice"
    );
    let late: Vec<bool> = sqlx::query_scalar(
        "SELECT cancel_late FROM scheduling.visit WHERE series_id = $1 AND state = 'cancelled' ORDER BY series_place",
    )
    .bind(series.series.uuid())
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(late, [true, false, false, false]);
    let claims: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM scheduling.calendar_claim c JOIN scheduling.visit v ON v.id = c.cause_id
         WHERE v.series_id = $1 AND c.released_at IS NULL",
    )
    .bind(series.series.uuid())
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(claims, 0);
    let view = service::get_visit(&tess, rows[2].0).await.unwrap();
    assert_eq!(view.state, VisitState::Cancelled);
    assert_eq!(view.cancel.unwrap().words, "Thank you");
    assert_eq!(clinic.events("scheduling.series_cancelled").await, 1);
    assert_eq!(clinic.events("scheduling.visit_cancelled").await, 0);
}

#[tokio::test]
async fn the_following_go_and_the_earlier_stay_and_the_clinic_is_never_late() {
    let clinic = Clinic::start().await;
    let tess = clinic.tess_acts();
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    clinic.advance(rows[1].1 - clinic.now() - Duration::hours(1));
    let wish = |extent| CancelMany {
        visit: rows[1].0,
        extent,
        reason: "therapist_away",
        words: "",
        key: clinic.key(),
    };
    assert_eq!(
        service::cancel_series(&tess, &wish("following")).await.unwrap().len(),
        2
    );
    let late: Vec<Option<bool>> =
        sqlx::query_scalar("SELECT cancel_late FROM scheduling.visit WHERE series_id = $1 ORDER BY series_place")
            .bind(series.series.uuid())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    assert_eq!(late, [None, Some(false), Some(false)]);
    assert_eq!(code(service::cancel_series(&tess, &wish("all")).await), "already_done");
    let foreign = service::cancel_series(&clinic.noah(), &wish("all")).await;
    assert_eq!(code(foreign), "not_found");
    let foreign = service::series_of_visit(&clinic.theo_acts(), rows[0].0, "all").await;
    assert_eq!(code(foreign), "not_found");
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

#[tokio::test]
async fn the_preview_judges_each_visit_by_the_rules_of_whoever_gives_it() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    // June takes the second one over and wants to know a week before.
    let over = Move {
        visit: rows[1].0,
        time: WantedTime::at("2027-03-17T18:00:00Z"),
        therapist: Some(clinic.therapist("june")),
        reason: "therapist_away",
        words: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    };
    service::move_visit(&clinic.lia(), &over).await.unwrap();
    let of_june = RulesPlace {
        group: "notice".to_owned(),
        therapist: clinic.therapist("june").to_string(),
        ..RulesPlace::default()
    };
    let seen = service::rules_page(&clinic.ada(), &of_june).await.unwrap().number;
    let values = [("cut_off".to_owned(), "168".to_owned())].into();
    let input = RulesInput {
        place: &of_june,
        values: &values,
        reason: "We try this",
        from: "",
        seen,
    };
    service::save_rules(&clinic.ada(), &input, clinic.key()).await.unwrap();
    clinic.advance(at("2027-03-17T18:00:00Z") - clinic.now() - Duration::days(6));
    let shown = service::series_of_visit(&ana, rows[2].0, "all").await.unwrap();
    let late = |visit| shown.visits.iter().find(|one| one.visit == visit).map(|one| one.late);
    assert_eq!((late(rows[1].0), late(rows[2].0)), (Some(true), Some(false)));
    let wish = CancelMany {
        visit: rows[2].0,
        extent: "all",
        reason: "not_needed",
        words: "",
        key: clinic.key(),
    };
    service::cancel_series(&ana, &wish).await.unwrap();
    let then: bool = sqlx::query_scalar("SELECT cancel_late FROM scheduling.visit WHERE id = $1")
        .bind(rows[1].0.uuid())
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(then, "the cancellation does what the preview said");
}

#[tokio::test]
async fn one_visit_that_moves_alone_leaves_the_clock_of_its_series() {
    let clinic = Clinic::start().await;
    let series = ana_weekly(&clinic, "3").await;
    let rows = visits(&clinic, &series).await;
    let reading = || async {
        sqlx::query_scalar::<_, i16>("SELECT minute FROM scheduling.series WHERE id = $1")
            .bind(series.series.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap()
    };
    let before = reading().await;
    let last = rows[2].0;
    let moved = move_many(
        &clinic,
        &clinic.tess_acts(),
        last,
        "following",
        ("2027-03-23", "17:45"),
        false,
    )
    .await;
    assert_eq!(gone(&moved.unwrap()), (1, 0));
    assert_eq!(reading().await, before, "the others stay at their time");
    let moved = move_many(
        &clinic,
        &clinic.tess_acts(),
        rows[0].0,
        "all",
        ("2027-03-09", "17:00"),
        false,
    )
    .await;
    assert_eq!(gone(&moved.unwrap()), (2, 1));
    assert_eq!(reading().await, 17 * 60);
}
