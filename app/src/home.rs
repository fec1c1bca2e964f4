//! The first page of each role: composed from the slices' pieces.

mod public;

pub use public::PublicHomePage;
