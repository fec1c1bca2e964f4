//! A link that looks like a button: it leads somewhere and therefore works without script.

use leptos::prelude::*;

use super::{ButtonKind, ButtonSize};
use crate::show::Icon;

/// A link with the weight of a button.
///
/// ```ignore
/// <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
/// <LinkButton href=format!("/room/{visit}") external=true kind=ButtonKind::Primary size=ButtonSize::Large icon="video">"Join"</LinkButton>
/// ```
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional)] icon: Option<&'static str>,
    /// A full page load: the room, downloads, routes outside the router.
    #[prop(optional)]
    external: bool,
    /// The spoken name where the visible word is not enough ("Open the visit of Tue 24 Nov").
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional)] wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="button"
            href=move || href.get()
            data-kind=kind.name()
            data-size=size.name()
            data-wide=wide
            rel=external.then_some("external")
            aria-label=label
        >
            {icon.map(|name| view! { <Icon name/> })}
            <span class="button-word">{children()}</span>
        </a>
    }
}
