//! A question and the order of a form.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Longest question, hint or word at an end of a scale, in characters.
pub const LABEL_LIMIT: usize = 300;
/// Longest choice, in characters.
pub const OPTION_LIMIT: usize = 120;
/// Longest answer, in characters.
pub const ANSWER_LIMIT: usize = 2_000;
/// More than this nobody answers.
pub const MOST_QUESTIONS: usize = 30;
pub const MOST_OPTIONS: usize = 20;

/// One question of a form. A draft may hold unfinished ones: `problems` says what they lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Never given twice within a form, so that an answer finds its question in every version.
    pub id: u16,
    pub label: String,
    pub hint: String,
    /// Needed by whoever answers the form at all; of a consent: needed by everybody.
    pub required: bool,
    pub kind: QuestionKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Text,
    Choice(Vec<String>),
    Scale(Scale),
    Date,
    Consent,
}

/// Whole numbers from one end to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    pub least: u8,
    pub most: u8,
    /// What the ends mean; may be empty.
    pub low: String,
    pub high: String,
}

impl QuestionKind {
    /// A code for each kind, in the order in which they are offered.
    pub const CODES: [&'static str; 5] = ["text", "choice", "scale", "date", "consent"];

    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice(_) => "choice",
            Self::Scale(_) => "scale",
            Self::Date => "date",
            Self::Consent => "consent",
        }
    }
}

/// A new question of a kind, with nothing said yet.
impl FromStr for QuestionKind {
    type Err = UnknownKind;
    fn from_str(code: &str) -> Result<Self, UnknownKind> {
        Ok(match code {
            "text" => Self::Text,
            "choice" => Self::Choice(Vec::new()),
            "scale" => Self::Scale(Scale {
                least: 0,
                most: 10,
                low: String::new(),
                high: String::new(),
            }),
            "date" => Self::Date,
            "consent" => Self::Consent,
            _ => return Err(UnknownKind),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of question has this code")]
pub struct UnknownKind;

impl Question {
    pub const fn is_needed_consent(&self) -> bool {
        self.required && matches!(self.kind, QuestionKind::Consent)
    }
}

/// An id that no question of this form has or had. `past`: those of its versions.
pub fn next_id<'a>(questions: &'a [Question], past: impl IntoIterator<Item = &'a Question>) -> u16 {
    let highest = questions.iter().chain(past).map(|question| question.id).max();
    highest.unwrap_or_default().saturating_add(1)
}

/// What can be done with the place of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Remove,
}

impl Step {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Remove => "remove",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Step {
    type Err = UnknownKind;
    fn from_str(code: &str) -> Result<Self, UnknownKind> {
        [Self::Up, Self::Down, Self::Remove]
            .into_iter()
            .find(|step| step.as_str() == code)
            .ok_or(UnknownKind)
    }
}

/// Moves a question or takes it away; `false` when there is none with this id. The first does not go up, the last not down.
pub fn arrange(questions: &mut Vec<Question>, id: u16, step: Step) -> bool {
    let Some(place) = questions.iter().position(|question| question.id == id) else {
        return false;
    };
    match step {
        Step::Up if place > 0 => questions.swap(place, place - 1),
        Step::Down if place + 1 < questions.len() => questions.swap(place, place + 1),
        Step::Up | Step::Down => {}
        Step::Remove => {
            questions.remove(place);
        }
    }
    true
}
