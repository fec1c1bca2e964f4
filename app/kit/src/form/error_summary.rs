//! What is wrong with a form, said once above it; the first wrong field takes the focus.

use leptos::prelude::*;

use super::notes::field_id;
use crate::show::Icon;

/// One wrong field: its form name and the shown text. An empty name speaks of the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: String,
    pub text: String,
}

impl FieldProblem {
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }

    /// A refusal that belongs to no single field.
    pub fn whole(text: impl Into<String>) -> Self {
        Self::new("", text)
    }
}

/// The list of what is wrong, each line a link to its field. Renders nothing while all is well. Put it first in the form.
///
/// ```ignore
/// <ErrorSummary problems=move || problems_of(action.value().get())/>
/// ```
#[component]
pub fn ErrorSummary(
    #[prop(into)] problems: Signal<Vec<FieldProblem>>,
    /// Spoken and shown above the list. With one problem of the whole form only that text is shown.
    #[prop(default = "Not sent. What you typed is kept.".to_owned(), into)]
    title: String,
) -> impl IntoView {
    Effect::new(move |_| {
        let first = problems.with(|all| all.iter().find(|p| !p.field.is_empty()).map(|p| field_id(&p.field)));
        if let Some(first) = first {
            focus(first);
        }
    });
    view! {
        <div role="alert" class="error-summary-place">
            {move || {
                let problems = problems.get();
                (!problems.is_empty()).then(|| view! { <Summary title=title.clone() problems/> }.into_any())
            }}
        </div>
    }
}

#[component]
fn Summary(title: String, problems: Vec<FieldProblem>) -> impl IntoView {
    let (whole, fields): (Vec<_>, Vec<_>) = problems.into_iter().partition(|problem| problem.field.is_empty());
    let title = if whole.is_empty() {
        title
    } else {
        whole.into_iter().map(|p| p.text).collect::<Vec<_>>().join(" ")
    };
    let lines = fields
        .into_iter()
        .map(|problem| {
            let href = format!("#{}", field_id(&problem.field));
            view! { <li><a href=href rel="external">{problem.text}</a></li> }
        })
        .collect_view();
    view! {
        <div class="banner" data-tone="bad">
            <Icon name="alert"/>
            <div class="banner-text">
                <p>{title}</p>
                <ul class="error-list">{lines}</ul>
            </div>
        </div>
    }
}

/// After the new state is in the page, not before: the field may have been off until now.
fn focus(id: String) {
    request_animation_frame(move || {
        use wasm_bindgen::JsCast;
        let control = document()
            .get_element_by_id(&id)
            .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(control) = control {
            // A detached control cannot take the focus; then it stays where it is.
            let _ = control.focus();
        }
    });
}
