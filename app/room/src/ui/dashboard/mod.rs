//! The room as therapist: left exactly what the patient sees, right everything to steer with.

pub mod keys;

#[cfg(feature = "hydrate")]
mod board_tab;
#[cfg(feature = "hydrate")]
mod cards;
#[cfg(feature = "hydrate")]
mod film_bar;
#[cfg(feature = "hydrate")]
mod pages;
#[cfg(feature = "hydrate")]
mod people_tab;
#[cfg(feature = "hydrate")]
mod proof;
#[cfg(feature = "hydrate")]
mod show;
#[cfg(feature = "hydrate")]
mod steer;
#[cfg(feature = "hydrate")]
mod stream_tab;
#[cfg(feature = "hydrate")]
mod tabs;
#[cfg(feature = "hydrate")]
mod view;

#[cfg(feature = "hydrate")]
pub use view::Dashboard;
