//! Questions before a visit: writing a form, and keeping answers while they are typed. Sending them is `request_visit`; after that,
//! `answer_later`.

use super::view::{LaterView, PrescreenView, PrescreensView};
use crate::model::{HoldId, PrescreenId, ServiceId, prescreen::Typed};
use kernel::{ApiError, PatientId, RequestId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// A question as its form holds it; what its kind does not have stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionForm {
    pub label: String,
    pub hint: String,
    pub required: Option<String>,
    /// One choice a line.
    pub options: String,
    pub least: String,
    pub most: String,
    pub low: String,
    pub high: String,
}

/// Keeps what was typed so far (sealed), also after the time is over; no redirect. `for_patient`: for whom the form is, where that
/// is another of the reader's people. Access: who took it. Errors: `hold_over` once it is sent, `NotFound`.
#[server(endpoint = "scheduling/save_answers")]
pub async fn save_answers(
    hold: HoldId,
    for_patient: Option<PatientId>,
    #[server(default)] answers: Typed,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::save_answers(&ctx, hold, for_patient, &answers).await?)
}

/// Our questions about a request that has no answers yet. Access: its patient and guardians. Errors: `NotFound`.
#[server(endpoint = "scheduling/later_questions")]
pub async fn later_questions(request: RequestId) -> Result<LaterView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::later_questions(&ctx, request).await?)
}

/// Answers them, until the visit begins, and leads back to the request. Access: its patient and guardians.
/// Errors: `Invalid(answers[..])`, `already_done` when there are answers, `too_late`, `NotFound`.
#[server(endpoint = "scheduling/answer_later")]
pub async fn answer_later(request: RequestId, #[server(default)] answers: Typed) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::answer_later(&ctx, request, &answers).await?;
    leptos_axum::redirect(&format!("/my/requests/{request}"));
    Ok(())
}

/// Every form, and what could have one. Access: liaison, admin.
#[server(endpoint = "scheduling/list_prescreens")]
pub async fn list_prescreens() -> Result<PrescreensView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::list_prescreens(&ctx).await?)
}

/// One form with its draft and versions. Access: liaison, admin. Errors: `NotFound`.
#[server(endpoint = "scheduling/open_prescreen")]
pub async fn open_prescreen(form: PrescreenId) -> Result<PrescreenView, ApiError> {
    let ctx = Ctx::from_request()?;
    Ok(service::open_prescreen(&ctx, form).await?)
}

/// Begins a form and leads to it. No `service`: for every service without a form of its own. Access: liaison, admin.
/// Errors: `Invalid(name)`, `one_already`, `NotFound`.
#[server(endpoint = "scheduling/add_prescreen")]
pub async fn add_prescreen(
    #[server(default)] name: String,
    #[server(default)] service: Option<ServiceId>,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    let form = service::add_prescreen(&ctx, &name, service).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// Adds a question at the end of the draft. `seen`: the edition that the page shows. Access: liaison, admin.
/// Errors: `Invalid(kind|label)`, `form_moved_on`, `NotFound`.
#[server(endpoint = "scheduling/add_question")]
pub async fn add_question(
    form: PrescreenId,
    seen: i32,
    #[server(default)] kind: String,
    #[server(default)] label: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::add_question(&ctx, form, seen, &kind, &label).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// Keeps a question of the draft, finished or not. Access: liaison, admin. Errors: `Invalid` at the field for texts beyond
/// every limit, `form_moved_on`, `NotFound`.
#[server(endpoint = "scheduling/save_question")]
pub async fn save_question(
    form: PrescreenId,
    seen: i32,
    id: u16,
    #[server(default)] question: QuestionForm,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_question(&ctx, form, seen, id, &question).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// Moves a question of the draft, or takes it away. `step`: `up`, `down`, `remove`. Access: liaison, admin.
/// Errors: `Invalid(step)`, `form_moved_on`, `NotFound`.
#[server(endpoint = "scheduling/arrange_question")]
pub async fn arrange_question(
    form: PrescreenId,
    seen: i32,
    id: u16,
    #[server(default)] step: String,
) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::arrange_question(&ctx, form, seen, id, &step).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// The draft becomes a new version, asked from now on; twice is once. Access: liaison, admin.
/// Errors: `Invalid(questions)` while something is missing, `form_moved_on`, `NotFound`.
#[server(endpoint = "scheduling/publish_prescreen")]
pub async fn publish_prescreen(form: PrescreenId, seen: i32) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::publish_prescreen(&ctx, form, seen).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// Stops asking a form, or asks it again. Access: liaison, admin. Errors: `one_already`, `form_moved_on`, `NotFound`.
#[server(endpoint = "scheduling/retire_prescreen")]
pub async fn retire_prescreen(form: PrescreenId, seen: i32, retired: bool) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::retire_prescreen(&ctx, form, seen, retired).await?;
    leptos_axum::redirect(&page(&ctx, form));
    Ok(())
}

/// The page of a form in the area of whoever acts.
#[cfg(feature = "ssr")]
fn page(ctx: &Ctx, form: PrescreenId) -> String {
    format!("{}/questions/{form}", ctx.actor.role.home())
}
