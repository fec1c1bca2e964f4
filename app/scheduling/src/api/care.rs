//! The therapist's own day and hours.

use super::view::{AvailabilityView, CareDaysView, TodayView};
use crate::model::{OverrideId, TimeOffId};
use kernel::{ApiError, TherapistId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    super::plain_form::lead_back,
    crate::{
        service,
        ui::{TYPED_ROWS, typed_rows},
    },
    kernel::Ctx,
};

/// One from-to row of the weekly form: fields `rows[3][weekday]`, `rows[3][from]`, `rows[3][until]`. A row with both
/// times empty is no shift.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShiftInput {
    /// "mon" … "sun"
    #[serde(default)]
    pub weekday: String,
    /// "09:00"
    #[serde(default)]
    pub from: String,
    /// "12:30", "24:00" for midnight
    #[serde(default)]
    pub until: String,
    /// Ids between commas; empty: every service.
    #[serde(default)]
    pub services: String,
}

/// Who waits, today's visits, what to confirm. Access: therapist.
#[server(endpoint = "scheduling/today")]
pub async fn today() -> Result<TodayView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::today(&ctx).await?)
}

/// The days from `from` ("2026-11-23"; empty: Monday of this week, or today for one day), at most 31, with hours, visits, kept times and absences.
/// Access: therapist. Errors: `Invalid(from)`.
#[server(endpoint = "scheduling/care_calendar")]
pub async fn care_calendar(#[server(default)] from: String, days: u16) -> Result<CareDaysView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::care_calendar(&ctx, &from, days).await?)
}

/// The page on which a schedule is shaped.
#[cfg(feature = "ssr")]
fn page_of(therapist: Option<TherapistId>) -> String {
    therapist.map_or_else(
        || "/care/availability".to_owned(),
        |therapist| format!("/desk/therapists/{therapist}"),
    )
}

/// Back to it after a change.
#[cfg(feature = "ssr")]
fn back(therapist: Option<TherapistId>) {
    leptos_axum::redirect(&page_of(therapist));
}

/// A schedule as it is shaped, and what patients would see. Access: therapist, the own one; liaison, that of `therapist`.
#[server(endpoint = "scheduling/get_availability")]
pub async fn get_availability(#[server(default)] therapist: Option<TherapistId>) -> Result<AvailabilityView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::get_availability(&ctx, therapist).await?)
}

/// Replaces the weekly hours. Agreed visits stay. Access: therapist, liaison. Errors: `Invalid` at `rows[N][from]`,
/// `rows[N][until]` or `rows[N][services]`: `malformed`, `required`, `empty` (ends before it starts), `overlap`, `unknown`.
#[server(endpoint = "scheduling/save_availability")]
pub async fn save_availability(
    #[server(default)] rows: Vec<ShiftInput>,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    if let Err(error) = service::save_availability(&ctx, therapist, &rows).await {
        let error = ApiError::from(error);
        let address = format!("{}?{TYPED_ROWS}={}", page_of(therapist), typed_rows(&rows));
        lead_back::<SaveAvailability>(&address, &error);
        return Err(error);
    }
    back(therapist);
    Ok(())
}

/// Other hours on one date; both times empty: no hours that day. Several calls add several shifts. Access: therapist,
/// liaison. Errors: `Invalid(date|from|until)`.
#[server(endpoint = "scheduling/add_override")]
pub async fn add_override(
    #[server(default)] date: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_override(&ctx, therapist, &date, &from, &until).await?;
    back(therapist);
    Ok(())
}

/// The weekly hours hold again on that date. Access: therapist, liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_override")]
pub async fn remove_override(
    id: OverrideId,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_override(&ctx, therapist, id).await?;
    back(therapist);
    Ok(())
}

/// An absence, whole days from `first` to `last` ("2026-11-25"), with the colleague who stands in. Agreed visits stay and
/// are listed. Access: therapist, liaison. Errors: `Invalid(first|last|reason|colleague)`.
#[server(endpoint = "scheduling/add_time_off")]
pub async fn add_time_off(
    #[server(default)] first: String,
    #[server(default)] last: String,
    #[server(default)] reason: String,
    #[server(default)] colleague: String,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let form = service::AbsenceForm {
        first: &first,
        last: &last,
        reason: &reason,
        colleague: &colleague,
    };
    service::add_time_off(&ctx, therapist, form).await?;
    back(therapist);
    Ok(())
}

/// Takes an absence back. Access: therapist, liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_time_off")]
pub async fn remove_time_off(id: TimeOffId, #[server(default)] therapist: Option<TherapistId>) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_time_off(&ctx, therapist, id).await?;
    back(therapist);
    Ok(())
}

/// From a date on the hours are read in another zone (IANA name). Access: therapist, liaison. Errors: `Invalid(from|zone)`.
#[server(endpoint = "scheduling/add_travel")]
pub async fn add_travel(
    #[server(default)] from: String,
    #[server(default)] zone: String,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_travel(&ctx, therapist, &from, &zone).await?;
    back(therapist);
    Ok(())
}

/// Takes a leg of a journey back, by its date. Access: therapist, liaison. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_travel")]
pub async fn remove_travel(
    #[server(default)] from: String,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_travel(&ctx, therapist, &from).await?;
    back(therapist);
    Ok(())
}

/// How many visits and minutes a day and a week may hold over all services; empty is no limit. Access: therapist, liaison.
/// Errors: `Invalid` at the field.
#[server(endpoint = "scheduling/save_limits")]
pub async fn save_limits(
    #[server(default)] day_visits: String,
    #[server(default)] day_minutes: String,
    #[server(default)] week_visits: String,
    #[server(default)] week_minutes: String,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_limits(
        &ctx,
        therapist,
        [&day_visits, &day_minutes, &week_visits, &week_minutes],
    )
    .await?;
    back(therapist);
    Ok(())
}

/// How patients find a therapist: a gender code or nothing, and the insurers by their codes. Access: therapist, liaison.
/// Errors: `Invalid(gender|insurers)`, `NotFound`.
#[server(endpoint = "scheduling/save_found_by")]
pub async fn save_found_by(
    #[server(default)] gender: String,
    #[server(default)] insurers: BTreeMap<String, String>,
    #[server(default)] therapist: Option<TherapistId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_found_by(&ctx, therapist, &gender, insurers.keys().map(String::as_str)).await?;
    back(therapist);
    Ok(())
}
