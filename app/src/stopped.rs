//! A page whose program died looks as alive as before. This says so, and offers the one thing that helps.
//!
//! It is script of its own: a program that trapped runs nothing of ours any more, a panic hook included (decision 0008).

use kit::prelude::*;
use leptos::{nonce::use_nonce, prelude::*};

/// Listens from the head on, so that it hears the first failure too.
#[component]
pub fn StoppedWatch() -> impl IntoView {
    view! { <script nonce=use_nonce()>{include_str!("stopped.js")}</script> }
}

/// Hidden until the program stops. Stands after the page: hydration begins with the first node of the body.
#[component]
pub fn StoppedBar() -> impl IntoView {
    view! {
        <div id="page-stopped" class="page-stopped" hidden>
            <Banner tone=Tone::Warn alert=true text="This page has stopped. Nothing you sent is lost.">
                // The empty address is this page, asked for anew; "external" keeps the router, which may still live, out of it.
                <a class="button" href="" rel="external">"Load it again"</a>
            </Banner>
        </div>
    }
}
