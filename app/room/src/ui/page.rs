//! `/room/:visit`: one document, one address. The server renders who meets whom; the rest comes alive in the browser and
//! says so where it cannot.

use crate::api::{Door, RoomDoor, open_door};
use kernel::{ApiError, VisitId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn RoomPage() -> impl IntoView {
    let params = use_params_map();
    let visit = move || params.read().get("visit").and_then(|text| text.parse::<VisitId>().ok());
    let door = Resource::new(visit, |visit| async move {
        match visit {
            Some(visit) => open_door(visit).await,
            None => Err(ApiError::NotFound),
        }
    });
    view! {
        <Title text="Room"/>
        <main class="room-page" id="main">
            <Suspense fallback=|| view! { <Skeleton kind=SkeletonKind::Text/> }>
                {move || Suspend::new(async move {
                    match door.await {
                        Ok(found) => view! { <AtTheDoor found again=move || door.refetch()/> }.into_any(),
                        Err(ApiError::NotFound) => not_here(),
                        Err(error) => {
                            let code = error.code().to_owned();
                            view! { <LoadFailed code on_retry=move || door.refetch()/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </main>
    }
}

/// A foreign and an absent visit look alike, to a reader and to a machine.
fn not_here() -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    view! {
        <EmptyState icon="door" text="This page is not here. The address may be old, or it belongs to somebody else.">
            <LinkButton href="/" external=true>"Go to the first page"</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn AtTheDoor(found: RoomDoor, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let hydrated = use_hydrated();
    let found = StoredValue::new(found);
    let phone = found.with_value(|door| door.phone.clone());
    let meets = found.with_value(|door| {
        if door.seat == crate::model::Seat::Host {
            door.patient_name.clone()
        } else {
            door.therapist_name.clone()
        }
    });
    view! {
        {move || {
            if hydrated.get() {
                return within_reach(found.get_value(), again);
            }
            let (meets, phone) = (meets.clone(), phone.clone());
            view! {
                <section class="page" data-width="narrow"><div class="stack">
                    <h1>"Your visit with " {meets}</h1>
                    <p role="status">"The room opens."</p>
                    <noscript>
                        <p>
                            "A video visit needs JavaScript, and it is switched off in this browser. Switch it on and load the page again."
                        </p>
                        {phone.map(|phone| view! {
                            <p>"Or call us: " <a href=format!("tel:{}", phone.replace(' ', ""))>{phone.clone()}</a></p>
                        })}
                    </noscript>
                </div></section>
            }
            .into_any()
        }}
    }
}

#[cfg(feature = "hydrate")]
fn within_reach(door: RoomDoor, again: Callback<()>) -> AnyView {
    match door.door {
        Door::Open => view! { <super::live::LiveRoom door/> }.into_any(),
        Door::TooEarly => view! { <super::closed::TooEarly door again/> }.into_any(),
        Door::Over => view! { <super::closed::Ended seat=door.seat visit=door.visit child=false/> }.into_any(),
    }
}

/// The server never comes this far: what is live exists only in the browser.
#[cfg(not(feature = "hydrate"))]
fn within_reach(door: RoomDoor, _again: Callback<()>) -> AnyView {
    debug_assert!(matches!(door.door, Door::Open | Door::TooEarly | Door::Over));
    ().into_any()
}
