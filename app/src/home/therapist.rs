//! The first page of a therapist: the day, who waits, and how far the kits are.

use leptos::prelude::*;
use library::ui::KitLine;

#[component]
pub fn TherapistHomePage() -> impl IntoView {
    let kits = Resource::new(|| (), |()| library::api::list_kits());
    let kit = Callback::new(move |visit| view! { <KitLine kits visit/> }.into_any());
    view! { <scheduling::ui::TherapistHome waiting=|| view! { <room::ui::WhoWaits/> } kit/> }
}
