//! The stage: one component on the patient's page and in the host's left pane, so that left is what the patient sees.

pub mod receipt;

#[cfg(feature = "hydrate")]
mod empty;
#[cfg(feature = "hydrate")]
mod film;
#[cfg(feature = "hydrate")]
mod still;
#[cfg(feature = "hydrate")]
mod view;

#[cfg(feature = "hydrate")]
pub use view::{Stage, asset_of};
