//! What the house writes to people outside: mails about requests and visits, with an entry for their calendar. Must not know
//! why somebody comes, and puts no name, no service and no speciality into a letter.
//!
//! An event of another slice, or the clock, becomes rows (`service/clerk.rs`, `service/remind.rs`); a row becomes words only
//! when it is sent (`service/send.rs`), through the port `ports::Post`.
//!
//! Pages: `/my/account/letters`, `/care/account/letters`, and `feed` beside each: a link by which another calendar follows.

pub mod api;
pub mod model;
pub mod ui;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use error::Error;
