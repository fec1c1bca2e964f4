//! Questions before a visit (R11): one field for each kind, the answers as they are read, and the pages on which our team
//! writes a form.

mod answers;
mod editor;
mod field;
mod forms;
mod later;
mod question;
mod versions;
mod words;

pub use answers::Answers;
pub use editor::{AdminPrescreenPage, DeskPrescreenPage};
pub use field::QuestionField;
pub use forms::{AdminPrescreensPage, DeskPrescreensPage};
#[cfg(feature = "ssr")]
pub use later::page as questions_page;
pub use later::{LaterPage, Unanswered, intro};
