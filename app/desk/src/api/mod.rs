//! The server functions of the desk; all of them are the liaison's, another role gets `NotFound`.
//!
//! Refusal codes (`ApiError::Refused`) are those of `scheduling::api` `taken_by_other`, `too_near` and
//! `already_sent`. Field codes besides those of
//! `scheduling::api`: `name_taken`.

mod decide;
mod letters;
mod many;
mod propose;
mod queue;
mod templates;
pub mod view;
mod visits;
mod ways_out;

pub use decide::*;
pub use letters::*;
pub use many::*;
pub use propose::*;
pub use queue::*;
pub use templates::*;
pub use visits::*;
pub use ways_out::*;

/// Where a form leads after it was carried out: a place of the desk as the page wrote it, else its front.
#[cfg(feature = "ssr")]
fn lead(to: &str) {
    let is_own = to == "/desk" || to.starts_with("/desk/") || to.starts_with("/desk?");
    let is_plain = to
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || "/?&=-_.,".contains(sign));
    leptos_axum::redirect(if is_own && is_plain && !to.contains("//") {
        to
    } else {
        "/desk"
    });
}
