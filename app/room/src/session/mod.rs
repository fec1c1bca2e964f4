//! The room of one visit on the server. `Core` decides (no I/O, time passed in); `actor` is the task that owns one core,
//! keeps its events and delivers them; `hub` finds or opens the room of a visit; `backstage` is what a room asks of the
//! rest of the house.

mod actor;
pub mod backstage;
mod core;
mod hub;
mod judge;
mod links;
mod ring;
mod save;
mod stage_rules;

pub use self::core::{Aside, Core, Decided, RESUME_WITHIN_MS};
pub use backstage::{Backstage, Batch, Kept, Milestone, Ticket};
pub use hub::{Chair, Hub, Summary, Waiting};
pub use save::{Record, Saved};
