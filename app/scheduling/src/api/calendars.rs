//! Calendars as days and months.

use super::view::{DeskDayView, FamilyDays, MonthView};
use crate::model::ServiceId;
use kernel::{ApiError, PatientId, TherapistId};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// The week of `on` ("2026-11-24"; empty: this week): visits and open requests. `for_patient` filters. Access: patient,
/// guardian. Errors: `Invalid(on)`, `NotFound` for a foreign person.
#[server(endpoint = "scheduling/my_days")]
pub async fn my_days(#[server(default)] on: String, for_patient: Option<PatientId>) -> Result<FamilyDays, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::my_days(&ctx, &on, for_patient).await?)
}

/// The month of `on` (a date or "2026-11"; empty: this month), counted by day. Access: patient and guardian (with
/// `for_patient`), therapist. Errors: `NotFound`.
#[server(endpoint = "scheduling/month_counts")]
pub async fn month_counts(
    #[server(default)] on: String,
    for_patient: Option<PatientId>,
) -> Result<MonthView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::month_counts(&ctx, &on, for_patient).await?)
}

/// One date of eight therapists at a time, by name. `state`: a code of `VisitState` or empty; `after` is `next` of the page
/// before. Access: liaison. Errors: `Invalid(on|state)`, `NotFound` for a cursor that is none.
#[server(endpoint = "scheduling/desk_day")]
pub async fn desk_day(
    #[server(default)] on: String,
    service: Option<ServiceId>,
    #[server(default)] state: String,
    therapist: Option<TherapistId>,
    #[server(default)] after: String,
) -> Result<DeskDayView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::DayWish {
        on,
        service,
        state,
        therapist,
        after,
    };
    Ok(service::desk_day(&ctx, &wish).await?)
}
