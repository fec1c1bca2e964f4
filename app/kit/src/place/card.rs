//! One thing, set apart from its neighbours.

use leptos::prelude::*;

/// A box with a hairline. Use it for things of one kind (a visit, a therapist), not to frame every paragraph.
///
/// ```ignore
/// <Card title="Your next visit" strong=true> .. </Card>
/// ```
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    /// The one card a page is about.
    #[prop(optional)]
    strong: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" data-strong=strong>
            {title.map(|title| view! { <h2 class="card-title">{title}</h2> })}
            {children()}
        </section>
    }
}
