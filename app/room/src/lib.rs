//! The session room: waiting room, call, shared stage and whiteboard of one visit. The server's room actor owns all state
//! and numbers every event; browser and server share the pure `model`. Must not know how a visit was booked or how an item
//! was uploaded: it asks `scheduling` and `library`.
//!
//! Routes: `GET /live` (socket). Pages: `ui`.

pub mod api;
pub mod model;

#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use {
    http::router,
    service::{ClinicPhone, HouseBackstage, Turn},
    session::Hub,
};

pub mod client;
#[cfg(any(feature = "ssr", feature = "hydrate"))]
pub mod ui;
