//! Leafing through a list by key: newer and older, never page 17 of 300.

use leptos::prelude::*;

use crate::show::Icon;

/// Links to the neighbouring pages of a list; without one, its word stays in place but leads nowhere.
///
/// ```ignore
/// <Pager older=next.map(|cursor| format!("/desk/visits?after={cursor}")) about="about 1,200 visits"/>
/// ```
#[component]
pub fn Pager(
    #[prop(optional_no_strip)] newer: Option<String>,
    #[prop(optional_no_strip)] older: Option<String>,
    /// How many there are, roughly.
    #[prop(optional, into)]
    about: Option<String>,
    /// What the two ways are called where a list does not run from new to old.
    #[prop(default = "Newer")]
    newer_word: &'static str,
    #[prop(default = "Older")] older_word: &'static str,
    /// The spoken name, where a page has several lists.
    #[prop(default = "Pages".to_owned(), into)]
    label: String,
) -> impl IntoView {
    if newer.is_none() && older.is_none() && about.is_none() {
        return ().into_any();
    }
    view! {
        <nav class="pager" aria-label=label>
            <p class="pager-about">{about}</p>
            <PagerLink href=newer icon="chevron-left" word=newer_word rel="prev"/>
            <PagerLink href=older icon="chevron-right" word=older_word rel="next"/>
        </nav>
    }
    .into_any()
}

#[component]
fn PagerLink(href: Option<String>, icon: &'static str, word: &'static str, rel: &'static str) -> impl IntoView {
    let off = href.is_none().then_some("true");
    view! {
        <a class="button" data-kind="quiet" data-size="small" href=href rel=rel aria-disabled=off>
            <Icon name=icon/>
            <span class="button-word">{word}</span>
        </a>
    }
}
