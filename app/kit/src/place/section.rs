//! A part of a page under its own heading.

use leptos::prelude::*;

/// A heading, perhaps with a link or button beside it, and what belongs to it. Separated by space, not by a box.
///
/// ```ignore
/// <Section title="To prepare"> .. </Section>
/// <Section title="Messages" beside=|| view! { <a href="/my/messages">"All"</a> }> .. </Section>
/// ```
#[component]
pub fn Section(
    #[prop(into)] title: String,
    #[prop(optional, into)] beside: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{title}</h2>
                {beside.map(|beside| view! { <div class="section-beside">{beside.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}
