//! Something did not arrive: the reason, what was kept, another try.

use leptos::prelude::*;

use crate::show::Icon;

/// A part of the page that could not be loaded. Takes the stable code of the error; pass `text` where the slice knows more.
///
/// ```ignore
/// Err(error) => view! { <LoadFailed code=error.code() on_retry=move || list.refetch()/> }
/// ```
#[component]
pub fn LoadFailed(
    #[prop(into)] code: String,
    /// Overrides the sentence for the code.
    #[prop(optional, into)]
    text: Option<String>,
    /// Loads this part again. Without it (and without script) the link loads the page again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let text = text.unwrap_or_else(|| sentence_for(&code).to_owned());
    // An empty address is the same page with the same query: a retry that needs no script and forgets no filter.
    let retry = move |event: leptos::ev::MouseEvent| {
        if let Some(on_retry) = on_retry {
            event.prevent_default();
            on_retry.run(());
        }
    };
    view! {
        <div class="failure" role="alert">
            <Icon name="alert"/>
            <p>{text}</p>
            <a class="button" data-kind="plain" href="" rel="external" on:click=retry>
                <Icon name="refresh"/>
                <span class="button-word">"Try again"</span>
            </a>
            <p class="failure-code">"Code: " {code}</p>
        </div>
    }
}

/// The sentence for an error code that every slice shares.
pub fn sentence_for(code: &str) -> &'static str {
    match code {
        "signed_out" => "You are signed out. What you typed is saved. Sign in again to go on.",
        "not_found" => "This page is not here, or it is not for this account.",
        "too_many" => "Too many tries. Try again in a few minutes.",
        "unavailable" => "Our system does not answer at this moment. Nothing was lost; trying again is safe.",
        "transport" => "The answer did not arrive. Check the connection, then try again.",
        "invalid" => "Something in the form needs a change.",
        _ => "This part could not be loaded. Nothing was lost.",
    }
}
