//! Questions before a visit: writing them, answering them, reading the answers (R11).

mod answer;
mod build;
mod later;
mod look;
mod read;

pub use answer::{Given, keep, save_answers};
pub use build::{add_prescreen, add_question, arrange_question, publish_prescreen, retire_prescreen, save_question};
pub use later::{answer_later, later_questions, waits_for_answers};
pub use look::{list_prescreens, open_prescreen};
pub use read::{Standing, asked, read};
