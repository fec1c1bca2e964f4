//! The shell, the router, the navigation and the home page of each role. Small: it only composes what the slices offer.

// A slice's page is a deep generic type; without this the route list overflows rustc's default.
#![recursion_limit = "512"]

mod account;
mod frame;
mod home;
mod nav;
mod not_found;
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod stopped;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
