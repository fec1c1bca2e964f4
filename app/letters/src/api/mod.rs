//! Server functions of the page of choices, of the desk, and of the calendar link.

mod feed;

pub use feed::*;

use crate::model::LetterId;
use kernel::{ApiError, VisitId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {crate::service, kernel::Ctx};

/// Which letters the account gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub optional: Vec<KindChoice>,
    /// In words: what comes in any case.
    pub always: Vec<String>,
    pub reminders: Vec<ReminderChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindChoice {
    pub code: String,
    pub label: String,
    pub wanted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderChoice {
    pub code: String,
    pub label: String,
    pub chosen: bool,
}

/// A letter as the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryView {
    pub letter: LetterId,
    /// "A visit is confirmed"
    pub about: String,
    /// The reader's address.
    pub to: String,
    /// "Sent"
    pub state: String,
    /// "Tue 24 Nov, 10:00", in the liaison's zone.
    pub at: String,
    /// It did not arrive, or perhaps not: it can be sent again.
    pub lost: bool,
    /// Why: `550`, `no_connection`; empty when it left.
    pub outcome: String,
    /// The visit it is about, if it is about one.
    pub visit: Option<VisitId>,
}

/// Whether letters leave. Numbers, and nobody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostView {
    /// Due for longer than the post ever takes.
    pub late: u32,
    pub given_up: u32,
    /// Nobody knows whether they arrived.
    pub unsure: u32,
    /// "Tue 24 Nov, 10:00", in the reader's zone.
    pub last_sent: Option<String>,
}

/// How the post stands. Access: admin. Errors: `NotFound`.
#[server(endpoint = "letters/post_standing")]
pub async fn post_standing() -> Result<PostView, ApiError> {
    Ok(service::post_standing(&Ctx::from_request()?).await?)
}

/// Which letters the account gets. Access: patient, guardian, therapist, own account. Errors: `NotFound` for other roles.
#[server(endpoint = "letters/my_letters")]
pub async fn my_letters() -> Result<Chosen, ApiError> {
    Ok(service::my_letters(&Ctx::from_request()?).await?)
}

/// Keeps the choice and leads a plain form back to its page. Access: patient, guardian, therapist, own account. Errors:
/// `Invalid` for a code that is not offered, `NotFound` for other roles.
#[server(endpoint = "letters/save_my_letters")]
pub async fn save_my_letters(#[server(default)] wanted: Vec<String>, reminders: String) -> Result<(), ApiError> {
    let ctx = Ctx::from_request()?;
    service::save_my_letters(&ctx, &wanted, &reminders).await?;
    leptos_axum::redirect(&format!("{}/account/letters?saved=1", ctx.actor.role.home()));
    Ok(())
}

/// Every letter about a visit and where it stands. Access: liaison. Errors: `NotFound`.
#[server(endpoint = "letters/visit_deliveries")]
pub async fn visit_deliveries(visit: VisitId) -> Result<Vec<DeliveryView>, ApiError> {
    Ok(service::visit_deliveries(&Ctx::from_request()?, visit).await?)
}

/// Has a lost letter sent again and leads to the page of `page`, the visit where it was pressed; else to that of the letter's
/// visit. Access: liaison. Errors: `NotFound`, `already_sent`.
#[server(endpoint = "letters/send_again")]
pub async fn send_again(letter: LetterId, page: Option<VisitId>) -> Result<(), ApiError> {
    let visit = service::send_again(&Ctx::from_request()?, letter).await?;
    let page = page.or(visit).map(|visit| format!("/desk/visits/{visit}"));
    leptos_axum::redirect(page.as_deref().unwrap_or("/desk"));
    Ok(())
}
