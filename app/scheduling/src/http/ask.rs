//! The questions: parse, ask the use case, answer as described.

use super::{DESCRIPTION, answers::Problem, guard::Guarded};
use crate::{
    model::ServiceId,
    service::{
        parse,
        website::{self, Asked, MOST_DAYS},
    },
    store::catalog::Service,
};
use axum::{
    Json,
    extract::{Query, State, rejection::JsonRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{NaiveDate, SecondsFormat};
use kernel::{TherapistId, Zone};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

pub async fn description() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION).into_response()
}

#[derive(Serialize)]
struct ServiceAnswer {
    id: ServiceId,
    name: String,
    line: &'static str,
    minutes: u16,
    price_cents: i64,
    currency: &'static str,
}

fn service_answer(service: Service) -> ServiceAnswer {
    ServiceAnswer {
        id: service.id,
        line: service.line.as_str(),
        minutes: service.minutes,
        price_cents: service.price.cents(),
        currency: "USD",
        name: service.name,
    }
}

#[derive(Serialize)]
struct Services {
    services: Vec<ServiceAnswer>,
}

pub async fn services(State(guarded): State<Guarded>) -> Result<Response, Problem> {
    let services = website::services(&guarded.house).await?;
    Ok(Json(Services {
        services: services.into_iter().map(service_answer).collect(),
    })
    .into_response())
}

/// Texts, so that a wrong one is answered like every other refusal.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    service: String,
    therapist: String,
    state: String,
    from: String,
    days: String,
    zone: String,
}

#[derive(Serialize)]
struct Therapists {
    therapists: Vec<TherapistAnswer>,
}

#[derive(Serialize)]
struct TherapistAnswer {
    id: TherapistId,
    name: String,
    title: String,
    languages: Vec<String>,
    specialties: Vec<String>,
    states: Vec<String>,
}

pub async fn therapists(State(guarded): State<Guarded>, Query(wish): Query<Wish>) -> Result<Response, Problem> {
    let cards = website::therapists(
        &guarded.house,
        optional("service", &wish.service)?,
        &state(&wish.state)?,
    )
    .await?;
    let therapists = cards
        .into_iter()
        .map(|card| TherapistAnswer {
            id: card.id,
            name: card.name,
            title: card.title,
            languages: card.languages,
            specialties: card.specialties,
            states: card.licence_states,
        })
        .collect();
    Ok(Json(Therapists { therapists }).into_response())
}

#[derive(Serialize)]
struct FreeTimes {
    service: ServiceId,
    from: NaiveDate,
    days: u64,
    times: Vec<TimeAnswer>,
    more: bool,
}

#[derive(Serialize)]
struct TimeAnswer {
    starts: String,
    ends: String,
    therapist: TherapistId,
}

pub async fn free_times(State(guarded): State<Guarded>, Query(wish): Query<Wish>) -> Result<Response, Problem> {
    let asked = Asked {
        service: required("service", &wish.service)?,
        therapist: optional("therapist", &wish.therapist)?,
        state: state(&wish.state)?,
        from: optional("from", &wish.from)?,
        days: optional("days", &wish.days)?.unwrap_or(7),
        zone: optional("zone", &wish.zone)?.unwrap_or(Zone::UTC),
    };
    if !(1..=MOST_DAYS).contains(&asked.days) {
        return Err(Problem::at("days", "out_of_range"));
    }
    let free = website::free_times(&guarded.house, &asked).await?;
    let instant = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(Json(FreeTimes {
        service: free.service.id,
        from: free.from,
        days: asked.days,
        times: free
            .times
            .iter()
            .map(|time| TimeAnswer {
                starts: instant(time.starts),
                ends: instant(time.ends),
                therapist: time.therapist,
            })
            .collect(),
        more: free.more,
    })
    .into_response())
}

/// What a visitor chose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    service: String,
    therapist: String,
    starts: String,
}

#[derive(Serialize)]
struct LeadOn {
    continue_at: String,
}

/// Nothing is kept for a visitor whom nobody knows: the answer is where they sign in and choose the time for good.
pub async fn request(
    State(guarded): State<Guarded>,
    chosen: Result<Json<Chosen>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(chosen) = chosen.map_err(|_| Problem::at("", "malformed"))?;
    let (service, therapist): (ServiceId, TherapistId) = (
        required("service", &chosen.service)?,
        required("therapist", &chosen.therapist)?,
    );
    let starts = parse::instant("starts", &chosen.starts)?;
    website::still_free(&guarded.house, service, therapist, starts).await?;
    let day = Zone::UTC.date(starts);
    let continue_at = format!("{}/my/find/{therapist}?service={service}&on={day}", guarded.origin);
    Ok((StatusCode::CREATED, Json(LeadOn { continue_at })).into_response())
}

fn required<T: FromStr>(field: &str, text: &str) -> Result<T, Problem> {
    optional(field, text)?.ok_or_else(|| Problem::at(field, "required"))
}

fn optional<T: FromStr>(field: &str, text: &str) -> Result<Option<T>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::at(field, "malformed")),
    }
}

fn state(text: &str) -> Result<String, Problem> {
    let state = text.trim();
    if state.is_empty() || (state.len() == 2 && state.chars().all(|c| c.is_ascii_uppercase())) {
        Ok(state.to_owned())
    } else {
        Err(Problem::at("state", "malformed"))
    }
}
