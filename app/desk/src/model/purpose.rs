//! What a template is for.

use super::codes;

codes! {
    /// Where a text may be used.
    Purpose {
        Decline = "decline",
        Question = "question",
        Proposal = "proposal",
    }
}
