//! What stands around every page but the room: the skip link, the top bar with the navigation of the role, the account menu.

use crate::nav;
use identity::api::{SignOut, me};
use identity::model::Me;
use kit::prelude::*;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_location;

/// The room brings its own frame: nothing of the clinic stands beside the therapist and the material (R45).
fn is_room(path: &str) -> bool {
    path.starts_with("/room/")
}

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    provide_toasts();
    let path = use_location().pathname;
    // Asked again when the area changes: signing in leads into another one, signing out leads out of it.
    let area = Memo::new(move |_| path.with(|path| path.split('/').nth(1).unwrap_or_default().to_owned()));
    let me = Resource::new_blocking(move || area.get(), |_| me());
    view! {
        <div
            class="shell"
            data-density=move || path.with(|path| nav::density(path))
            data-page=move || if path.with(|path| is_room(path)) { "room" } else { "page" }
        >
            <a class="skip-link" href="#main">"Skip to the page"</a>
            <header class="shell-top">
                <Suspense fallback=|| view! { <span class="shell-brand">"TeleTherapy"</span> }>
                    {move || Suspend::new(async move {
                        match me.await {
                            Ok(me) => view! { <SignedIn me path/> }.into_any(),
                            Err(_) => view! { <SignedOut/> }.into_any(),
                        }
                    })}
                </Suspense>
            </header>
            <main id="main" class="page" tabindex="-1">{children()}</main>
            <ToastArea/>
        </div>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <a class="shell-brand" href="/">"TeleTherapy"</a>
        <nav class="shell-nav" aria-label="Main">
            <a href="/sign-in" class="shell-entry"><Icon name="user"/><span>"Sign in"</span></a>
        </nav>
    }
}

#[component]
fn SignedIn(me: Me, path: Memo<String>) -> impl IntoView {
    let role = me.role;
    let sign_out = ServerAction::<SignOut>::new();
    let entries = nav::entries(role)
        .iter()
        .map(|entry| {
            let here = move || {
                path.with(|path| nav::current(role, path) == Some(entry))
                    .then_some("page")
            };
            view! {
                <a href=entry.href class="shell-entry" aria-current=here>
                    <Icon name=entry.icon/>
                    <span>{entry.label}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <a class="shell-brand" href=role.home()>"TeleTherapy"</a>
        <nav class="shell-nav" aria-label="Main">{entries}</nav>
        <div class="shell-account">
            <Menu label=me.name icon="user" at_end=true>
                <MenuLink href=nav::account(role) icon="settings">"Account and sessions"</MenuLink>
                <ActionForm action=sign_out>
                    <button type="submit" class="menu-item"><Icon name="log-out"/>"Sign out"</button>
                </ActionForm>
            </Menu>
        </div>
    }
}
