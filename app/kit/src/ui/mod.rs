//! The page `/kit` (development only): every component in every state.

mod actions;
mod facts;
mod forms;
mod grids;
mod kit_page;
mod layers;
mod lists;
mod paint;
mod states;

pub use kit_page::KitPage;
