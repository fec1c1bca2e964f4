//! Accounts, sign-in and sessions: who is at the other end. Knows no patient and no visit.
//!
//! The browser holds one random cookie; everything about it (whose, since when, until when) is a row on the server.
//! `http::resolve_session` turns the cookie into a `kernel::Actor`, and that is the only way an actor comes into being.
//!
//! Pages: `/sign-in` and the account page of each area.

pub mod api;
pub mod model;
pub mod ui;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod gate;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use {
    error::SignInError,
    events::{SessionEnded, SessionEvents},
    gate::Gate,
};
