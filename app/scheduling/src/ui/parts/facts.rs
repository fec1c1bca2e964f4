//! Small lines that say the same thing in the same way on every page.

use crate::{
    api::view::{Face, ServiceView, ZoneView},
    ui::words,
};
use kit::prelude::*;
use leptos::prelude::*;

/// Face, name and title, then what it is about.
#[component]
pub fn TherapistLine(therapist: Face, #[prop(optional_no_strip)] service: Option<ServiceView>) -> impl IntoView {
    let Face { name, title, .. } = therapist;
    view! {
        <div class="person">
            <Avatar name=name.clone()/>
            <div class="person-words">
                <span class="strong">{name} ", " {title}</span>
                {service.map(|service| view! { <span class="muted">{words::service(&service)}</span> })}
            </div>
        </div>
    }
}

/// "Times in Chicago (Central)", and where the other person's clock differs, that too.
#[component]
pub fn ZoneLine(zone: ZoneView, #[prop(optional_no_strip)] other: Option<String>) -> impl IntoView {
    view! {
        <p class="zone">
            <Icon name="globe"/>
            <span>"Times in " {zone.label} ". " {other}</span>
        </p>
    }
}

/// "About $86, charged after the visit."
#[component]
pub fn Expected(service: ServiceView) -> impl IntoView {
    view! { <span class="number">{words::estimate(&service)} ", charged after the visit"</span> }
}
