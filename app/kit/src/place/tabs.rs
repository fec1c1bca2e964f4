//! Siblings of a page, each with its own address: they can be linked, reloaded and opened without script.

use leptos::prelude::*;

/// One sibling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabLink {
    href: String,
    label: String,
    count: Option<u32>,
}

impl TabLink {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            count: None,
        }
    }

    /// A number beside the word: how many wait there. Zero is not shown.
    #[must_use]
    pub fn count(mut self, count: u32) -> Self {
        self.count = (count > 0).then_some(count);
        self
    }
}

/// Tabs as links.
///
/// ```ignore
/// <Tabs label="Calendar" current="/my/calendar" items=vec![
///     TabLink::new("/my/calendar", "Upcoming"), TabLink::new("/my/calendar?show=past", "Past").count(3)]/>
/// ```
#[component]
pub fn Tabs(
    /// The spoken name of the group.
    #[prop(into)]
    label: String,
    items: Vec<TabLink>,
    /// The `href` of the one that is shown.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|TabLink { href, label, count }| {
            let own = href.clone();
            let here = move || current.with(|current| *current == own).then_some("page");
            view! {
                <li>
                    <a class="tab" href=href aria-current=here>
                        {label}
                        {count.map(|count| view! { " " <span class="badge">{count.to_string()}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=label><ul>{links}</ul></nav> }
}
