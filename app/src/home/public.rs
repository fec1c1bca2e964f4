//! The public first page: what the clinic does, in one screenful.

use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PublicHomePage() -> impl IntoView {
    view! {
        <Title text="Care by video"/>
        <h1>"Care by video, from home."</h1>
    }
}
