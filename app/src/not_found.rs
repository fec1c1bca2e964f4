//! The page for an address that leads nowhere, and for one that is not yours: the two look alike.

use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Not here"/>
        <section class="not-found">
            <h1>"This page is not here"</h1>
            <p>"The address may be old, or it belongs to somebody else. Nothing was changed."</p>
            <p><a class="button" href="/">"Go to the first page"</a></p>
        </section>
    }
}
