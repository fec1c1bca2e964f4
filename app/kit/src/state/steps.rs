//! A path through steps, or the events of a thing's life: done, now, later.

use leptos::prelude::*;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Done,
    Now,
    Later,
    Failed,
}

impl StepState {
    const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Later => "later",
            Self::Failed => "failed",
        }
    }

    const fn spoken(self) -> &'static str {
        match self {
            Self::Done => "done: ",
            Self::Now => "now: ",
            Self::Later => "later: ",
            Self::Failed => "failed: ",
        }
    }
}

/// One step: its word, perhaps a note beside it ("21 Nov, 09:15", "about $86").
#[derive(Debug, Clone)]
pub struct Step {
    state: StepState,
    label: String,
    note: Option<String>,
}

impl Step {
    pub fn new(state: StepState, label: impl Into<String>) -> Self {
        Self {
            state,
            label: label.into(),
            note: None,
        }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// An ordered list of steps, downwards, or in one line (`line=true`) for a short path.
///
/// ```ignore
/// <Steps items=vec![Step::new(StepState::Done, "Requested").note("20 Nov, 18:02"), Step::new(StepState::Now, "Confirmed")]/>
/// ```
#[component]
pub fn Steps(items: Vec<Step>, #[prop(optional)] line: bool) -> impl IntoView {
    let steps = items
        .into_iter()
        .map(|Step { state, label, note }| {
            let current = (state == StepState::Now).then_some("step");
            view! {
                <li class="step" data-state=state.name() aria-current=current>
                    <span class="step-word"><span class="visually-hidden">{state.spoken()}</span>{label}</span>
                    {note.map(|note| view! { <span class="step-note">{note}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps" data-line=line>{steps}</ol> }
}
