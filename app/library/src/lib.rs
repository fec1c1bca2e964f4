//! A therapist's library: files come in checked and cleaned, are kept sealed, and leave only to their owner and to
//! somebody in a visit whose kit holds them. Must not know what a room does with a kit.
//!
//! Routes: `/media/{item}/{variant}`, `/uploads`, `/uploads/{item}` (`http`); pages `/care/library`,
//! `/care/visits/:visit/prepare` (`ui`). Events: `service::UploadArrived`, `service::ObjectsForgotten`.

pub mod api;
pub mod model;
pub mod ui;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod http;
#[cfg(feature = "ssr")]
pub mod raster;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod video;

#[cfg(feature = "ssr")]
pub use error::LibraryError;
