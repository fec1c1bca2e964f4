//! Hint and error under a control, and the ids that tie them to it.

use leptos::prelude::*;

/// The id of the control with this form name: `f-email`. Derived, so that server and browser agree.
pub fn field_id(name: &str) -> String {
    format!("f-{name}")
}

/// The ids of one control's parts.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    pub control: String,
    pub hint: String,
    pub error: String,
}

impl Ids {
    pub(super) fn new(id: Option<String>, name: &str) -> Self {
        let control = id.unwrap_or_else(|| field_id(name));
        Self {
            hint: format!("{control}-hint"),
            error: format!("{control}-error"),
            control,
        }
    }

    /// The value of `aria-describedby`: the error first, because it is what changed.
    pub(super) fn described_by(&self, hint: bool, wrong: bool) -> Option<String> {
        match (wrong, hint) {
            (true, true) => Some(format!("{} {}", self.error, self.hint)),
            (true, false) => Some(self.error.clone()),
            (false, true) => Some(self.hint.clone()),
            (false, false) => None,
        }
    }
}

/// The hint, always; the error while there is one. The error's element stays, so that assistive technology hears it change.
#[component]
pub(super) fn Notes(ids: Ids, hint: Option<String>, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        {hint.map(|hint| view! { <p class="field-hint" id=ids.hint>{hint}</p> })}
        <p class="field-error" id=ids.error aria-live="polite">{move || error.get()}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn a_control_is_described_by_what_is_shown() {
        let ids = Ids::new(None, "email");
        assert_eq!(ids.control, "f-email");
        assert_eq!(ids.described_by(false, false), None);
        assert_eq!(
            ids.described_by(true, true).as_deref(),
            Some("f-email-error f-email-hint")
        );
    }
}
