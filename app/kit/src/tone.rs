//! What a state means. A tone is always told by shape and word too, never by colour alone.

/// The meaning of a chip, banner or toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Confirmed, done, working.
    Good,
    /// Needs attention soon.
    Warn,
    /// Refused, failed, gone.
    Bad,
    /// In the hands of somebody: requested, in review, running.
    Info,
    /// Neither: ended, withdrawn, a plain fact.
    #[default]
    Plain,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Plain => "plain",
        }
    }

    /// The sprite symbol that tells this tone without colour.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Info => "tone-info",
            Self::Plain => "tone-plain",
        }
    }
}
