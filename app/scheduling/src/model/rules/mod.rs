//! The rules of booking as an administrator may set them (R30): which there are, what they may be, which one holds for whom.

mod approval;
mod book;
mod check;
mod confirming;
mod matching;
mod parameters;
mod table;

pub use approval::{Approval, ApprovalRule, Past};
pub use book::{Rulebook, Scope, Setting};
pub use check::{Clash, Contradiction, Typed, contradictions, read};
pub use confirming::{CONFIRM_AT_LAST, CONFIRM_WITHIN, REMIND_AGAIN_AFTER, may_remind};
pub use matching::{Fit, Weights};
pub use parameters::Parameters;
pub use table::{Group, Parameter, Reach, Spec, Unit, Values};
