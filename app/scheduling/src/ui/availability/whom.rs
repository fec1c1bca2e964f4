//! Whose schedule the page shapes. The forms carry it along, and links differ.

use kernel::{TherapistId, VisitId};
use leptos::prelude::*;

/// `None`: the reader's own.
#[derive(Clone, Copy)]
pub struct OfWhom(Option<Signal<Option<TherapistId>>>);

impl OfWhom {
    pub const fn me() -> Self {
        Self(None)
    }

    pub const fn therapist(therapist: Signal<Option<TherapistId>>) -> Self {
        Self(Some(therapist))
    }

    /// As the page provided it.
    pub fn here() -> Self {
        use_context().unwrap_or(Self::me())
    }

    pub const fn is_me(self) -> bool {
        self.0.is_none()
    }

    /// Names the therapist in a form of the desk.
    pub fn field(self) -> AnyView {
        match self.0.and_then(|therapist| therapist.get_untracked()) {
            Some(therapist) => view! { <input type="hidden" name="therapist" value=therapist.to_string()/> }.into_any(),
            None => ().into_any(),
        }
    }

    /// A visit by its words: its page is the therapist's, or the desk's.
    pub fn visit(self, visit: VisitId, words: String) -> AnyView {
        let area = if self.is_me() { "care" } else { "desk" };
        view! { <a class="line" href=format!("/{area}/visits/{visit}")>{words}</a> }.into_any()
    }
}
