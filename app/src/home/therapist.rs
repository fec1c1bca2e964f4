//! The first page of a therapist: the day, and who waits.

use leptos::prelude::*;

#[component]
pub fn TherapistHomePage() -> impl IntoView {
    view! { <scheduling::ui::TherapistHome waiting=|| view! { <room::ui::WhoWaits/> }/> }
}
