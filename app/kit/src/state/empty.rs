//! Nothing here yet: what this place is for and what to do.

use leptos::prelude::*;

use crate::show::Icon;

/// What this list is for, and one action (children).
///
/// ```ignore
/// <EmptyState icon="calendar" text="No visit planned."> <LinkButton href="/my/find">"Find a therapist"</LinkButton> </EmptyState>
/// ```
#[component]
pub fn EmptyState(
    icon: &'static str,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-mark"><Icon name=icon/></span>
            <p>{move || text.get()}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
