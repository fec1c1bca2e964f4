//! Visits that staff plan, and visits that get another time.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use super::view::{MoveAnswer, MoveView, PlanAnswer, PlanView};
use crate::model::ServiceId;
use kernel::{ApiError, IdempotencyKey, PatientId, TherapistId, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::view::MovedView,
    crate::{
        Error,
        service::{self, Move, Plan, WantedTime},
        ui::SeriesFields,
    },
    kernel::{Ctx, Role},
};

/// Gives a visit another time: `starts` (RFC 3339), or `date` and `clock` as typed in the zone of the page. The patient's side
/// moves to offered times, until the cut-off; staff to any time ahead, with a `reason` (a code of `MoveReason`). `therapist`:
/// somebody else who takes over (liaison). `overbook`: a code of `OverbookReason`, staff book over what is there.
///
/// A time that is not free is an answer, with the free times nearest to it; a plain form post gets it as an error and its page
/// shows the times. A plain form post leads to the page of the visit. Access: its patient and guardians, its therapist,
/// liaison. Errors: `slot_taken`, `patient_busy`, `therapist_away` (plain form post), `no_licence`, `too_late`, `already_done`,
/// `Invalid(starts|date|clock|reason|words|overbook|overbook_words)`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/move_visit")]
pub async fn move_visit(
    visit: VisitId,
    #[server(default)] starts: String,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    therapist: Option<TherapistId>,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    #[server(default)] overbook: String,
    #[server(default)] overbook_words: String,
    key: IdempotencyKey,
) -> Result<MoveAnswer, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = Move {
        visit,
        time: WantedTime {
            starts: &starts,
            date: &date,
            clock: &clock,
        },
        therapist,
        reason: &reason,
        words: &words,
        overbook: &overbook,
        overbook_words: &overbook_words,
        key,
    };
    match service::move_visit(&ctx, &wish).await {
        Ok(moved) => {
            if is_plain_form() {
                leptos_axum::redirect(&format!("{}/visits/{visit}", area(&ctx)));
            }
            Ok(MoveAnswer::Moved(MovedView {
                previous: moved.previous,
                previous_therapist: moved.previous_therapist,
                overbooked: moved.overbooked,
            }))
        }
        Err(error @ (Error::SlotTaken | Error::PatientBusy | Error::TherapistAway)) if !is_plain_form() => {
            let nearest = service::nearest_to_move(&ctx, &wish).await?;
            Ok(MoveAnswer::Refused {
                code: ApiError::from(error).code().to_owned(),
                nearest,
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// Staff plan a visit, without approval (R12), and are led to its page. `starts`, or `date` and `clock` as typed in the
/// therapist's zone; `minutes` empty for the length of the service; `therapist` only for a liaison; `overbook` as in
/// `move_visit`. With `every` nothing is planned yet: the answer leads to the page that lists each visit of the series (`times`,
/// `until` as in `preview_series`). Access: therapist (own patients), liaison. Errors: `slot_taken`, `patient_busy`, `therapist_away`,
/// `no_licence`, `Invalid(therapist|starts|date|clock|minutes|message|overbook|overbook_words)`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/plan_visit")]
pub async fn plan_visit(
    patient: PatientId,
    therapist: Option<TherapistId>,
    service: ServiceId,
    #[server(default)] starts: String,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    #[server(default)] minutes: String,
    #[server(default)] every: String,
    #[server(default)] times: String,
    #[server(default)] until: String,
    #[server(default)] message: String,
    #[server(default)] overbook: String,
    #[server(default)] overbook_words: String,
    key: IdempotencyKey,
) -> Result<PlanAnswer, ApiError> {
    let ctx = Ctx::from_request()?;
    if !every.trim().is_empty() && starts.is_empty() {
        if !message.trim().is_empty() {
            // Words never enter an address, and none are lost.
            return Err(ApiError::field("message", "on_next_page"));
        }
        let fields = SeriesFields {
            patient: patient.to_string(),
            therapist: therapist.map(|id| id.to_string()).unwrap_or_default(),
            service: service.to_string(),
            date,
            clock,
            minutes,
            every,
            times,
            until,
        };
        leptos_axum::redirect(&fields.address(area(&ctx)));
        return Ok(PlanAnswer::Repeats);
    }
    let plan = Plan {
        patient,
        therapist,
        service,
        time: WantedTime {
            starts: &starts,
            date: &date,
            clock: &clock,
        },
        minutes: &minutes,
        message: &message,
        overbook: &overbook,
        overbook_words: &overbook_words,
        key,
    };
    match service::plan_visit(&ctx, &plan).await {
        Ok(planned) => {
            leptos_axum::redirect(&format!("{}/visits/{}", area(&ctx), planned.visit));
            Ok(PlanAnswer::Planned(planned.visit))
        }
        Err(error @ (Error::SlotTaken | Error::PatientBusy | Error::TherapistAway)) if !is_plain_form() => {
            let nearest = service::nearest_to_plan(&ctx, &plan).await?;
            Ok(PlanAnswer::Refused {
                code: ApiError::from(error).code().to_owned(),
                nearest,
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// What the page of a move shows. `therapist`: whose times (liaison; else the visit's); `from`: the first date
/// ("2026-11-24"). Access: as `move_visit`. Errors: `Invalid(from)`, `NotFound`.
#[server(endpoint = "scheduling/move_choices")]
pub async fn move_choices(
    visit: VisitId,
    therapist: Option<TherapistId>,
    #[server(default)] from: String,
) -> Result<MoveView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::move_choices(&ctx, visit, therapist, &from).await?)
}

/// What the form of a planned visit offers. A liaison names the `patient`. Access: therapist, liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/plan_choices")]
pub async fn plan_choices(patient: Option<PatientId>) -> Result<PlanView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::plan_choices(&ctx, patient).await?)
}

/// Where the actor's pages of visits are.
#[cfg(feature = "ssr")]
pub(super) fn area(ctx: &Ctx) -> &'static str {
    match ctx.actor.role {
        Role::Therapist => "/care",
        Role::Liaison => "/desk",
        _ => "/my",
    }
}

/// Did a browser post this form itself, so that it shows whatever page the answer leads to?
#[cfg(feature = "ssr")]
pub(super) fn is_plain_form() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| {
        let accepts = parts
            .headers
            .get(http::header::ACCEPT)
            .and_then(|value| value.to_str().ok());
        accepts.is_some_and(|accepts| accepts.contains("text/html"))
    })
}
