//! The browser's half of the room, below the pages: the mirror of its state, media, the call, preloading. What needs no
//! browser stands open and is tested natively; the rest exists only in the browser's build.

pub mod mirror;
pub mod negotiation;
pub mod preload_plan;
pub mod rate;
pub mod watchdog;

#[cfg(feature = "hydrate")]
pub mod call;
#[cfg(feature = "hydrate")]
pub mod devices;
#[cfg(feature = "hydrate")]
pub mod dom;
#[cfg(feature = "hydrate")]
pub mod film;
#[cfg(feature = "hydrate")]
pub mod js;
#[cfg(feature = "hydrate")]
pub mod media;
#[cfg(feature = "hydrate")]
pub mod peer;
#[cfg(feature = "hydrate")]
pub mod players;
#[cfg(feature = "hydrate")]
pub mod preload;
#[cfg(feature = "hydrate")]
pub mod probe;
#[cfg(feature = "hydrate")]
pub mod reports;
#[cfg(feature = "hydrate")]
pub mod room;
#[cfg(feature = "hydrate")]
pub mod sound;
#[cfg(feature = "hydrate")]
pub mod studio;
