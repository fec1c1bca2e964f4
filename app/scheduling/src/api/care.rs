//! The therapist's own day and hours.

use super::view::{AvailabilityView, CareDay, TodayView};
use crate::model::{OverrideId, TimeOffId};
use kernel::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

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
}

/// Who waits, today's visits, what to confirm. Access: therapist.
#[server(endpoint = "scheduling/today")]
pub async fn today() -> Result<TodayView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::today(&ctx).await?)
}

/// The days from `from` ("2026-11-23"; empty: Monday of this week), at most 31, with visits, kept times and absences.
/// Access: therapist. Errors: `Invalid(from)`.
#[server(endpoint = "scheduling/care_calendar")]
pub async fn care_calendar(#[server(default)] from: String, days: u16) -> Result<Vec<CareDay>, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::care_calendar(&ctx, &from, days).await?)
}

/// The hours as forms show them, and what patients would see. Access: therapist.
#[server(endpoint = "scheduling/get_availability")]
pub async fn get_availability() -> Result<AvailabilityView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::get_availability(&ctx).await?)
}

/// Replaces the weekly hours. Agreed visits stay. Access: therapist. Errors: `Invalid` at `rows[N][from]` or
/// `rows[N][until]`: `malformed`, `required`, `empty` (ends before it starts), `overlap`.
#[server(endpoint = "scheduling/save_availability")]
pub async fn save_availability(#[server(default)] rows: Vec<ShiftInput>) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_availability(&ctx, &rows).await?;
    leptos_axum::redirect("/care/availability");
    Ok(())
}

/// Other hours on one date; both times empty: no hours that day. Several calls add several shifts. Access: therapist.
/// Errors: `Invalid(date|from|until)`.
#[server(endpoint = "scheduling/add_override")]
pub async fn add_override(
    #[server(default)] date: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_override(&ctx, &date, &from, &until).await?;
    leptos_axum::redirect("/care/availability");
    Ok(())
}

/// The weekly hours hold again on that date. Access: therapist, own ones. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_override")]
pub async fn remove_override(id: OverrideId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_override(&ctx, id).await?;
    leptos_axum::redirect("/care/availability");
    Ok(())
}

/// An absence, whole days from `first` to `last` ("2026-11-25"). Agreed visits stay and are listed. Access: therapist.
/// Errors: `Invalid(first|last|reason)`.
#[server(endpoint = "scheduling/add_time_off")]
pub async fn add_time_off(
    #[server(default)] first: String,
    #[server(default)] last: String,
    #[server(default)] reason: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_time_off(&ctx, &first, &last, &reason).await?;
    leptos_axum::redirect("/care/availability");
    Ok(())
}

/// Takes an absence back. Access: therapist, own ones. Errors: `NotFound`.
#[server(endpoint = "scheduling/remove_time_off")]
pub async fn remove_time_off(id: TimeOffId) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::remove_time_off(&ctx, id).await?;
    leptos_axum::redirect("/care/availability");
    Ok(())
}
