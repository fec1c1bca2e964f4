//! The head of a page: where one comes from, what it is, what can be done.

use leptos::prelude::*;

use crate::show::Icon;

/// The one `h1` of a page, with the way back before it and the page's actions (children) after it.
///
/// ```ignore
/// <PageHeader title="Requests" subtitle="Oldest first"/>
/// <PageHeader title="Tue 24 Nov, 10:00" back_href="/my/calendar" back="Calendar"> <StateChip tone=Tone::Good text="Confirmed"/> </PageHeader>
/// ```
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] subtitle: Option<String>,
    #[prop(optional, into)] back_href: Option<String>,
    /// The name of the place the way back leads to.
    #[prop(optional, into)]
    back: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let back = back_href.map(|href| {
        let word = back.unwrap_or_else(|| "Back".to_owned());
        view! { <a class="back" href=href><Icon name="arrow-left"/><span>{word}</span></a> }
    });
    view! {
        <header class="page-header">
            {back}
            <div class="page-header-line">
                <div class="page-header-words">
                    <h1>{move || title.get()}</h1>
                    {subtitle.map(|subtitle| view! { <p class="page-subtitle">{subtitle}</p> })}
                </div>
                {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
            </div>
        </header>
    }
}
