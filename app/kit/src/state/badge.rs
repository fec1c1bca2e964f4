//! A small number that waits for somebody.

use leptos::prelude::*;

/// A count with its spoken meaning. Shows nothing at zero.
///
/// ```ignore
/// <Badge count=2 label="2 unread messages"/>
/// ```
#[component]
pub fn Badge(#[prop(into)] count: Signal<u32>, #[prop(into)] label: Signal<String>) -> impl IntoView {
    move || {
        let count = count.get();
        (count > 0).then(|| {
            let shown = if count > 99 {
                "99+".to_owned()
            } else {
                count.to_string()
            };
            view! {
                <span class="badge">
                    <span aria-hidden="true">{shown}</span>
                    <span class="visually-hidden">{label.get()}</span>
                </span>
            }
        })
    }
}
