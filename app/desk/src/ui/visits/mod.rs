//! All visits as a table (S21): filters in the address, a search that is not, pages by key in both directions.

mod file;
mod filters;
mod look;
mod one;
mod query;
mod table;

use super::{
    keys::{Key, move_focus, use_keys},
    parts::Failed,
};
use crate::api::{ChooseColumns, FindPatients, RemoveView, SaveView, view};
use file::TakeAway;
use filters::Filters;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use look::{Columns, Search, Views};
pub use one::VisitPage;
use query::Filter;
use scheduling::ui::parts::{done, failure, loaded};
use table::Visits;

#[component]
pub fn VisitsPage() -> impl IntoView {
    let address = use_query_map();
    let filter = Memo::new(move |_| address.with(Filter::read));
    let wrong = Memo::new(move |_| address.with(|query| query.get("csv").is_some()));
    let find = ServerAction::<FindPatients>::new();
    let save = ServerAction::<SaveView>::new();
    let remove = ServerAction::<RemoveView>::new();
    let columns = ServerAction::<ChooseColumns>::new();
    let (saved, removed, chosen) = (done(save), done(remove), done(columns));
    let page = Resource::new(
        move || (filter.get(), saved.get(), removed.get(), chosen.get()),
        |(filter, ..)| filter.load(),
    );
    let rows = RwSignal::new(0_u32);
    use_keys(move || move |key| matches!(key, Key::Next | Key::Previous) && move_focus(rows.get_untracked(), key));
    view! {
        <Title text="Visits"/>
        <PageHeader title="Visits" subtitle="From today on, unless you choose another first day"/>
        <Failed failure=failure(find)/>
        <Failed failure=failure(remove)/>
        {loaded(page, SkeletonKind::Rows, 12, move |page: view::VisitsPage| {
            rows.set(u32::try_from(page.rows.len()).unwrap_or(u32::MAX));
            let filter = filter.get_untracked();
            view! {
                <div class="stack">
                    <Views views=page.views.clone() filter=filter.clone() save remove/>
                    <Search found=page.found.clone() find/>
                    <Filters filter=filter.clone() page=page.clone()/>
                    <Visits page=page.clone() filter=filter.clone()/>
                    <div class="cluster apart">
                        <Columns chosen=page.columns filter=filter.clone() action=columns/>
                        <TakeAway filter wrong=wrong.get_untracked()/>
                    </div>
                </div>
            }.into_any()
        })}
    }
}
