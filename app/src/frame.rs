//! What stands around every page but the room and sign-in, which bring their own: the skip link, the top bar with the
//! navigation of the role, the account menu.

use crate::nav;
use identity::{api::me, model::Me, ui::SignOutForm};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Nothing of the clinic stands beside the therapist and the material (R45). Rooms are entered and left by full loads, so
/// this never changes while a document lives.
fn is_room(path: &str) -> bool {
    path.starts_with("/room/")
}

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    provide_toasts();
    let path = use_location().pathname;
    if path.with_untracked(|path| is_room(path)) {
        return view! {
            {children()}
            <ToastArea/>
        }
        .into_any();
    }
    // Asked once a document: signing in and out are full loads.
    let me = Resource::new_blocking(|| (), |()| me());
    view! {
        <div class="shell" data-density=move || path.with(|path| nav::density(path))>
            <a class="skip-link" href="#main">"Skip to the page"</a>
            <header class="shell-top" hidden=move || path.with(|path| path == "/sign-in")>
                <Suspense fallback=|| view! { <Brand href="/"/> }>
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
    .into_any()
}

#[component]
fn Brand(href: &'static str) -> impl IntoView {
    view! { <a class="shell-brand" href=href><Mark/>"TeleTherapy"</a> }
}

#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <Brand href="/"/>
        <nav class="shell-nav" aria-label="Main">
            <a href="/sign-in" class="shell-entry"><Icon name="user"/><span>"Sign in"</span></a>
        </nav>
    }
}

#[component]
fn SignedIn(me: Me, path: Memo<String>) -> impl IntoView {
    let role = me.role;
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
        <Brand href=role.home()/>
        <nav class="shell-nav" aria-label="Main">{entries}</nav>
        <div class="shell-account">
            <Menu label=me.name icon="user" at_end=true>
                <MenuLink href=nav::account(role) icon="settings">"Account and sessions"</MenuLink>
                <SignOutForm>
                    <button type="submit" class="menu-item"><Icon name="log-out"/>"Sign out"</button>
                </SignOutForm>
            </Menu>
        </div>
    }
}
