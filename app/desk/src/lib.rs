//! The liaison's back office: one queue over everything that waits for a decision (U3), and the table of all visits (R13).
//!
//! What waits is asked from the slices and decided by them; here is only who has an item, in which order the items stand, and how
//! a liaison works through many. Must not decide anything that belongs to one slice, and keeps no copy of what waits.
//!
//! Pages: `/desk`, `/desk/queue/:item`, `/desk/bulk`, `/desk/templates`, `/desk/visits`.

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
