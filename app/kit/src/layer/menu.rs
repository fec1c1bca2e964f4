//! A list of actions or links that unfolds. `<details>` opens it without script; the browser adds closing by `Esc`, by a
//! press elsewhere, and by choosing.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::show::Icon;

/// An unfolding list. The children are `MenuLink`s, buttons or short forms.
///
/// ```ignore
/// <Menu label="Account" icon="user"> <MenuLink href="/my/account" icon="settings">"Account"</MenuLink> </Menu>
/// ```
#[component]
pub fn Menu(
    /// The word on the summary; spoken only, if `icon_only`.
    #[prop(into)]
    label: String,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] icon_only: bool,
    /// Unfolds towards the start instead of the end of the line.
    #[prop(optional)]
    at_end: bool,
    /// Shown instead of icon and word: a face, a face and a name.
    #[prop(optional, into)]
    summary: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let close = move |back: bool| {
        let Some(details) = details.get_untracked() else { return };
        details.set_open(false);
        if back
            && let Some(summary) = details.first_element_child()
            && let Ok(summary) = summary.dyn_into::<web_sys::HtmlElement>()
        {
            // The summary is in the page with its details; focus cannot fail in a way to act on.
            let _ = summary.focus();
        }
    };
    let left = move |event: web_sys::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if !details
            .get_untracked()
            .is_some_and(|details| details.contains(to.as_ref()))
        {
            close(false);
        }
    };
    let spoken = icon_only.then(|| label.clone());
    let chosen = move |event: web_sys::MouseEvent| {
        let pressed = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        // The menu stays in the shell while the page below changes: a choice folds it.
        if pressed.is_some_and(|pressed| matches!(pressed.closest("a, button"), Ok(Some(_)))) {
            close(false);
        }
    };
    view! {
        <details
            class="menu"
            data-at-end=at_end
            node_ref=details
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close(true);
                }
            }
            on:focusout=left
        >
            <summary class="menu-summary" aria-label=spoken>
                {match summary {
                    Some(summary) => summary.run(),
                    None => view! {
                        {icon.map(|name| view! { <Icon name/> })}
                        {(!icon_only).then(|| view! { <span>{label}</span> })}
                        {(!icon_only).then(|| view! { <Icon name="chevron-down"/> })}
                    }.into_any(),
                }}
            </summary>
            // Focusable by press, so that a press on its ground does not count as leaving.
            <div class="menu-panel" tabindex="-1" on:click=chosen>{children()}</div>
        </details>
    }
}

/// One line of a menu that leads somewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] external: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu-item" href=href rel=external.then_some("external")>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </a>
    }
}
