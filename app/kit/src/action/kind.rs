//! How much a button weighs on its page.

/// The weight of a button. A page has at most one `Primary`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one accent action of the page.
    Primary,
    /// Any other action.
    #[default]
    Plain,
    /// An action without a box: rows, toolbars, ways out.
    Quiet,
    /// Takes something away. Never the first focus.
    Danger,
    /// One of many equal times to choose from.
    Time,
}

impl ButtonKind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::Time => "time",
        }
    }
}

/// The height of a button, measured against the page's density.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonSize {
    /// For rows and bars; still at least 24 px.
    Small,
    #[default]
    Normal,
    /// The one thing to do: Join, Send request.
    Large,
}

impl ButtonSize {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Normal => "normal",
            Self::Large => "large",
        }
    }
}

/// What the browser does with a press when no script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonType {
    /// Does nothing but call `on_press`.
    #[default]
    Button,
    /// Sends the form around it.
    Submit,
}

impl ButtonType {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Submit => "submit",
        }
    }
}
