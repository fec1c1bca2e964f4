//! The therapist's library: find, keep, look, delete; and the way in for new files.

mod desk;
mod gate;
mod line;
mod look;
mod measure;
mod send;
mod shelf;
mod tray;

use crate::api::{self, view::ItemView};
use desk::Desk;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

/// `/care/library?kind=&item=`: which kind is shown and which item is looked at is in the address, and works without script.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let shelf = Resource::new(|| (), |()| api::list_items());
    view! {
        <Title text="Library"/>
        <Suspense fallback=|| view! { <PageHeader title="Library"/><Skeleton rows=8 kind=SkeletonKind::Tiles/> }>
            {move || Suspend::new(async move {
                match shelf.await {
                    Ok(items) => view! { <Open items/> }.into_any(),
                    Err(error) => view! {
                        <PageHeader title="Library"/>
                        <LoadFailed code=error.code() on_retry=move || shelf.refetch()/>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

/// The page once the shelf is here. From then on the desk keeps the list, so that a refresh changes tiles in place.
#[component]
fn Open(items: Vec<ItemView>) -> impl IntoView {
    let desk = Desk::new(items);
    desk.ask_while_something_moves();
    view! {
        <PageHeader title="Library" subtitle="Pictures, videos and documents for your visits">
            <gate::UploadButton desk/>
        </PageHeader>
        <noscript><Banner tone=Tone::Info text="Uploading needs JavaScript. You can look at your files without it."/></noscript>
        <div class="stack" data-gap="large">
            <gate::TrayView desk/>
            <shelf::ShelfView desk/>
        </div>
    }
    .into_any()
}
