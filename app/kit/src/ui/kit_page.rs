//! Every component in every state, in light and dark and in each density.

use leptos::prelude::*;

use crate::prelude::*;

/// The kit at a glance.
#[component]
pub fn KitPage() -> impl IntoView {
    view! { <PageHeader title="Kit" subtitle="Every component in every state"/> }
}
