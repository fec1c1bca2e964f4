//! Search: who fits, and when they are free.

use super::view::{AnyTimesView, FindView, TimesView};
use crate::model::ServiceId;
use kernel::{ApiError, PatientId, TherapistId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Wishes that few have; codes, empty for "any".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MoreWishes {
    pub concern: String,
    pub gender: String,
    pub insurer: String,
}

/// Therapists licensed where the patient is, earliest available time first, each with the next three times.
/// `for_patient`, `service` `None`: the reader's first person, that person's first service. Empty texts do not filter.
/// `shown`: how many are wanted, 20 at least.
/// Access: patient, guardian. Errors: `NotFound` for a person the reader may not book for.
#[server(endpoint = "scheduling/find_therapists")]
pub async fn find_therapists(
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    #[server(default)] specialty: String,
    #[server(default)] language: String,
    #[server(default)] more: MoreWishes,
    #[server(default)] shown: u16,
) -> Result<FindView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::Wish {
        shown,
        ..wished(for_patient, service, (specialty, language), more)
    };
    Ok(service::find_therapists(&ctx, &wish).await?)
}

/// The days of a month on which anybody who fits has times, and who is free on one of them. `month` as `therapist_times`;
/// `on`: a date, empty for the first that has times. Access: patient, guardian. Errors: `NotFound` also where there is
/// nobody to book for.
#[server(endpoint = "scheduling/any_times")]
pub async fn any_times(
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    #[server(default)] specialty: String,
    #[server(default)] language: String,
    #[server(default)] more: MoreWishes,
    #[server(default)] month: String,
    #[server(default)] on: String,
) -> Result<AnyTimesView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = wished(for_patient, service, (specialty, language), more);
    Ok(service::any_times(&ctx, &wish, &month, &on).await?)
}

#[cfg(feature = "ssr")]
fn wished(
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    (specialty, language): (String, String),
    more: MoreWishes,
) -> service::Wish {
    service::Wish {
        for_patient,
        service,
        specialty,
        language,
        concern: more.concern,
        gender: more.gender,
        insurer: more.insurer,
        shown: 0,
    }
}

/// A therapist's profile and the available times of one month. `month`: any date of it, "2026-11" or "2026-11-24"; empty
/// or unreadable: the month of the next available time. `around`: an RFC 3339 instant that was just lost.
/// Access: patient, guardian. Errors: `NotFound`.
#[server(endpoint = "scheduling/therapist_times")]
pub async fn therapist_times(
    therapist: TherapistId,
    for_patient: Option<PatientId>,
    service: Option<ServiceId>,
    #[server(default)] month: String,
    #[server(default)] around: String,
) -> Result<TimesView, ApiError> {
    let ctx = Ctx::from_request()?;
    let wish = service::TimesWish {
        therapist,
        for_patient,
        service,
        month,
        around,
    };
    Ok(service::therapist_times(&ctx, &wish).await?)
}
