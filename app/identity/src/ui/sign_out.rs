//! The way out, for the account menu and the account page.

use crate::api::SignOut;
use leptos::{prelude::*, server_fn::ServerFn};

/// A plain form around the given button: signing out is a full page load, so that nothing of the account stays on screen or in
/// the page's memory, with or without script.
///
/// ```ignore
/// <SignOutForm><button type="submit" class="menu-item">"Sign out"</button></SignOutForm>
/// ```
#[component]
pub fn SignOutForm(children: Children) -> impl IntoView {
    view! { <form method="post" action=SignOut::url()>{children()}</form> }
}
