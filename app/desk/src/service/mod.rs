//! Use cases of the desk, one per file. What a slice decides is decided by that slice; here is who may, in which order, and who
//! has it.

mod bulk;
mod decide;
mod export;
mod find;
mod items;
mod lost_letters;
mod names;
mod open_item;
mod propose;
mod put_aside;
mod queue;
mod role;
mod take;
mod templates;
mod undoable;
mod views;
mod visits;
mod ways_out;

pub use bulk::{Act, decide_many, preview_many};
pub use decide::{ChangeWish, approve, ask, change, decline, undo};
pub use export::{Export, export};
pub use find::find_patients;
pub use lost_letters::send_letter;
pub use open_item::open_item;
pub use propose::{ProposeWish, propose};
pub use put_aside::put_aside;
pub use queue::{Wanted, new_items, queue};
pub use take::{let_go, take};
pub use templates::{NewTemplate, remove_template, save_template, templates};
pub use views::{choose_columns, remove_view, save_view};
pub use visits::{VisitsWish, visits};
pub use ways_out::{WayOutWish, cancel_affected, move_affected, remind};
