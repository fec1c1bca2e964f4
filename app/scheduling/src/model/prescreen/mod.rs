//! Questions before a visit (R11): what our team may ask, what an answer may be, and when a form may be left empty. The same
//! code judges in the browser and on the server.

mod answers;
mod problem;
mod question;
#[cfg(test)]
mod tests;

pub use answers::{Answers, Typed, carry, check, drafted, field, said, typed};
pub use problem::{Problem, problems};
pub use question::{
    ANSWER_LIMIT, LABEL_LIMIT, MOST_OPTIONS, MOST_QUESTIONS, OPTION_LIMIT, Question, QuestionKind, Scale, Step,
    arrange, next_id,
};
