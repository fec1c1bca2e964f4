//! Questions before a visit: writing them, answering them, reading the answers (R11).

mod answer;
mod build;
mod look;
mod read;

pub use answer::{Given, keep, save_answers};
pub use build::{add_prescreen, add_question, arrange_question, publish_prescreen, retire_prescreen, save_question};
pub use look::{list_prescreens, open_prescreen};
pub use read::{asked, read};
