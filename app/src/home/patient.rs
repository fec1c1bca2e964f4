//! The first page of a patient or guardian.

use leptos::prelude::*;

#[component]
pub fn PatientHomePage() -> impl IntoView {
    view! { <scheduling::ui::PatientHome/> }
}
