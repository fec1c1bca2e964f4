//! Preparing a visit: what will be shown, in which order, what plays in the waiting room, and a word for those who wait.
//! Everything is saved by itself.

mod desk;
mod model;
mod order;
mod side;
mod source;

use crate::api::{
    self,
    view::{ItemView, PrepareView},
};
use desk::KitDesk;
use kernel::{ApiError, VisitId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// `/care/visits/:visit/prepare`
#[component]
pub fn PreparePage() -> impl IntoView {
    let params = use_params_map();
    let visit = move || {
        params
            .with(|params| params.get("visit"))
            .and_then(|visit| visit.parse::<VisitId>().ok())
    };
    let page = Resource::new(visit, |visit| async move {
        let visit = visit.ok_or(ApiError::NotFound)?;
        let kit = api::open_kit(visit).await?;
        let items = api::list_items().await?;
        Ok::<_, ApiError>((kit, items))
    });
    view! {
        <Title text="Prepare a visit"/>
        <Suspense fallback=|| view! { <PageHeader title="Prepare"/><Skeleton rows=6/> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok((kit, items)) => view! { <Open kit items/> }.into_any(),
                    Err(ApiError::NotFound) => view! { <Absent/> }.into_any(),
                    Err(error) => view! {
                        <PageHeader title="Prepare" back_href="/care" back="Today"/>
                        <LoadFailed code=error.code() on_retry=move || page.refetch()/>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

/// Foreign and absent look alike, and answer 404 where the server renders them.
#[component]
fn Absent() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <PageHeader title="Prepare" back_href="/care" back="Today"/>
        <EmptyState icon="calendar" text="There is no such visit."/>
    }
}

#[component]
fn Open(kit: PrepareView, items: Vec<ItemView>) -> impl IntoView {
    let title = format!("{}, {}", kit.when.day, kit.when.clock);
    let subtitle = format!("Prepare the visit of {}", kit.patient_name);
    let room = format!("/room/{}", kit.visit);
    let desk = KitDesk::new(kit, items);
    view! {
        <PageHeader title=title subtitle=subtitle back_href="/care" back="Today">
            <span class="fine" role="status">{move || desk.state_words()}</span>
            {desk.is_open().then(|| view! {
                <LinkButton href=room external=true kind=ButtonKind::Primary icon="door">"Open room"</LinkButton>
            })}
        </PageHeader>
        {(!desk.is_open()).then(|| view! {
            <Banner tone=Tone::Info text="This visit is over. Its kit does not change any more."/>
        })}
        <noscript><Banner tone=Tone::Info text="Changing a kit needs JavaScript. You can look at it without."/></noscript>
        {move || desk.error.get().map(|text| view! { <Banner tone=Tone::Bad text=text alert=true/> })}
        <div class="prepare">
            <source::SourceView desk/>
            <order::OrderView desk/>
            <side::SideView desk/>
        </div>
    }
    .into_any()
}
