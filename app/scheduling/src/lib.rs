//! From a therapist's hours to an agreed visit: availability, free times, holds, requests, the desk's decision, visits
//! and calendars. Must not know what happens inside the room, what a visit costs in the end, or who may sign in.
//!
//! A booking travels one way: `api` -> `service` (one use case per file) -> `model` decides -> `store` writes. The
//! database is the judge of every conflict (`calendar_claim_free`).

pub mod api;
pub mod model;
pub mod ui;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use error::Error;
