//! Visits that repeat.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests: what fails must stop the test"
)]

mod cancelling;
mod moving;
mod planning;
mod preview;

use crate::clinic::Clinic;
use chrono::{DateTime, Utc};
use kernel::{Ctx, PatientId, TherapistId, VisitId};
use scheduling::{
    Error,
    api::view::{HindranceKind, OccurrenceView},
    model::ServiceId,
    service::{self, Plan, PlannedSeries, SeriesPlan, SeriesWish, WantedTime},
};

/// Tuesdays at 16:30 in New York, from 2 March on; summer time begins on 14 March 2027.
pub const FIRST: WantedTime<'static> = WantedTime {
    starts: "",
    date: "2027-03-09",
    clock: "16:30",
};

pub async fn service_of(clinic: &Clinic) -> ServiceId {
    clinic.slot(&clinic.ana(), "tess", "Ana").await.0
}

pub fn weekly(patient: PatientId, therapist: Option<TherapistId>, service: ServiceId, times: &str) -> SeriesWish<'_> {
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

pub async fn plan(
    clinic: &Clinic,
    ctx: &Ctx,
    wish: SeriesWish<'_>,
    choices: &[String],
) -> Result<PlannedSeries, Error> {
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
pub async fn visits(clinic: &Clinic, series: &PlannedSeries) -> Vec<(VisitId, DateTime<Utc>, String)> {
    let rows: Vec<(uuid::Uuid, DateTime<Utc>, String)> =
        sqlx::query_as("SELECT id, starts_at, state FROM scheduling.visit WHERE series_id = $1 ORDER BY series_place")
            .bind(series.series.uuid())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    rows.into_iter().map(|(id, at, state)| (id.into(), at, state)).collect()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A visit that the desk plans with somebody else, over which a series would run.
pub async fn in_the_way(clinic: &Clinic, patient: PatientId, starts: &str) -> VisitId {
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

pub fn hindrances(occurrences: &[OccurrenceView]) -> Vec<Option<HindranceKind>> {
    occurrences
        .iter()
        .map(|one| one.hindrance.as_ref().map(|hindrance| hindrance.kind))
        .collect()
}
