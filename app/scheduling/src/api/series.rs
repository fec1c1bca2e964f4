//! Visits that repeat.

#![allow(
    clippy::too_many_arguments,
    reason = "each is one field of a form; the macro carries no attribute over"
)]

use super::view::{MoveManyAnswer, SeriesChangeView, SeriesPreview};
use crate::model::ServiceId;
use kernel::{ApiError, IdempotencyKey, PatientId, TherapistId, VisitId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    super::moving::{area, is_plain_form},
    crate::service::{self, CancelMany, MoveMany, Moving, SeriesPlan, SeriesWish, WantedTime},
    kernel::Ctx,
};

/// Each visit of a series as it would be planned, with what is in its way and free times near to it. The first begins at
/// `starts` (RFC 3339), or at `date` and `clock` as typed in the therapist's zone; the others at the same reading of the clock
/// `every` week or two (`week`, `two_weeks`), `times` in all or `until` a date. Access: therapist (own patients), liaison.
/// Errors: `no_licence`, `Invalid(therapist|service|starts|date|clock|minutes|every|times|until)`, `NotFound`.
#[server(endpoint = "scheduling/preview_series")]
pub async fn preview_series(
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
) -> Result<SeriesPreview, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = SeriesWish {
        patient,
        therapist,
        service,
        time: WantedTime {
            starts: &starts,
            date: &date,
            clock: &clock,
        },
        minutes: &minutes,
        every: &every,
        times: &times,
        until: &until,
    };
    Ok(service::preview_series(&ctx, &wish).await?)
}

/// Plans them, all in one step, and leads to the first. `choices[N]`: what becomes of occurrence N, counted from 0: empty for
/// "as it is", `out`, or another start near to it. Access and fields as `preview_series`. Errors besides: `slot_taken`,
/// `patient_busy`, `therapist_away` when one of them cannot be, `Invalid(choices|choices[N]|message)`, `other_request`.
#[server(endpoint = "scheduling/plan_series")]
pub async fn plan_series(
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
    #[server(default)] choices: Vec<String>,
    #[server(default)] message: String,
    key: IdempotencyKey,
) -> Result<VisitId, ApiError> {
    let ctx = Ctx::from_request()?;
    let plan = SeriesPlan {
        wish: SeriesWish {
            patient,
            therapist,
            service,
            time: WantedTime {
                starts: &starts,
                date: &date,
                clock: &clock,
            },
            minutes: &minutes,
            every: &every,
            times: &times,
            until: &until,
        },
        choices: &choices,
        message: &message,
        key,
    };
    let planned = service::plan_series(&ctx, &plan).await?;
    let first = planned.visits.first().copied().ok_or(ApiError::NotFound)?;
    leptos_axum::redirect(&format!("{}/visits/{first}", area(&ctx)));
    Ok(first)
}

/// What a change of several visits would be about. `extent`: `one`, `following` or `all`. Access: patient and guardians, the
/// visit's therapist, liaison. Errors: `Invalid(extent)`, `NotFound` (also for a visit that stands alone).
#[server(endpoint = "scheduling/series_of_visit")]
pub async fn series_of_visit(visit: VisitId, #[server(default)] extent: String) -> Result<SeriesChangeView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::series_of_visit(&ctx, visit, &extent).await?)
}

/// Gives several visits another time: `visit` goes to `date` and `clock` as typed in the therapist's zone, the others do by the
/// calendar what it does. Where something is in the way nothing moves and the answer says what, unless `leave` is set: then
/// those stay. A plain form post leads to the page of the visit. Access: its therapist, liaison. Errors: `slot_taken`,
/// `patient_busy`, `too_late`, `already_done`, `Invalid(extent|date|clock|reason|words)`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/move_series")]
pub async fn move_series(
    visit: VisitId,
    #[server(default)] extent: String,
    #[server(default)] date: String,
    #[server(default)] clock: String,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    #[server(default)] leave: bool,
    key: IdempotencyKey,
) -> Result<MoveManyAnswer, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = MoveMany {
        visit,
        extent: &extent,
        time: WantedTime {
            starts: "",
            date: &date,
            clock: &clock,
        },
        reason: &reason,
        words: &words,
        leave,
        key,
    };
    match service::move_series(&ctx, &wish).await? {
        Moving::Moved(moved) => {
            if is_plain_form() {
                leptos_axum::redirect(&format!("{}/visits/{visit}", area(&ctx)));
            }
            Ok(MoveManyAnswer::Moved {
                moved: u16::try_from(moved.moved.len()).unwrap_or(u16::MAX),
                left: moved.left,
            })
        }
        // A page without script has no place for the list; it says that some are hindered and what can be done.
        Moving::Hindered(_) if is_plain_form() => Err(ApiError::refused("some_hindered")),
        Moving::Hindered(shown) => Ok(MoveManyAnswer::Hindered(shown)),
    }
}

/// Cancels several visits; each is late by itself (the patient's side only, G12). Leads to the page of the visit. `extent` as
/// in `series_of_visit`, `reason` as in `cancel_visit`. Access: patient and guardians, the visit's therapist, liaison.
/// Errors: `Invalid(extent|reason|words)`, `too_late`, `already_done`, `other_request`, `NotFound`.
#[server(endpoint = "scheduling/cancel_series")]
pub async fn cancel_series(
    visit: VisitId,
    #[server(default)] extent: String,
    #[server(default)] reason: String,
    #[server(default)] words: String,
    key: IdempotencyKey,
) -> Result<u16, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = CancelMany {
        visit,
        extent: &extent,
        reason: &reason,
        words: &words,
        key,
    };
    let cancelled = service::cancel_series(&ctx, &wish).await?;
    leptos_axum::redirect(&format!("{}/visits/{visit}", area(&ctx)));
    Ok(u16::try_from(cancelled.len()).unwrap_or(u16::MAX))
}
