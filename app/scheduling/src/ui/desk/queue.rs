//! Requests, oldest first (S19): the desk's first page. Decided ones are behind the state filter.

use super::{
    keys::{Key, move_focus, use_keys},
    list::QueueList,
};
use crate::{
    api::{self, view::RequestPage},
    model::RequestState,
    ui::{
        parts::{loaded, with_query},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn RequestQueuePage() -> impl IntoView {
    let address = use_query_map();
    let query = Memo::new(move |_| {
        address.with(|query| {
            (
                query.get("state").unwrap_or_default(),
                query.get("after").unwrap_or_default(),
            )
        })
    });
    let page = Resource::new(move || query.get(), |(state, after)| api::list_requests(state, after));
    let rows = RwSignal::new(0_u32);
    use_keys(move || move |key| matches!(key, Key::Next | Key::Previous) && move_focus(rows.get_untracked(), key));
    let tab = Signal::derive(move || query.with(|(state, _)| with_query("/desk", &[("state", state.clone())])));
    let tabs = vec![
        TabLink::new("/desk", "To decide"),
        decided(RequestState::Approved),
        decided(RequestState::Declined),
        decided(RequestState::Expired),
        decided(RequestState::Withdrawn),
    ];
    view! {
        <Title text="Desk"/>
        <PageHeader title="Requests" subtitle="Oldest first"/>
        <div class="stack">
        <Tabs label="State" items=tabs current=tab/>
        {loaded(page, SkeletonKind::Rows, 8, move |page| {
            rows.set(u32::try_from(page.rows.len()).unwrap_or(u32::MAX));
            let (state, after) = query.get_untracked();
            view! { <Queue page state after/> }.into_any()
        })}
        </div>
    }
}

fn decided(state: RequestState) -> TabLink {
    TabLink::new(
        with_query("/desk", &[("state", state.as_str().to_owned())]),
        words::request_word(state),
    )
}

#[component]
fn Queue(page: RequestPage, state: String, after: String) -> impl IntoView {
    let first = with_query("/desk", &[("state", state.clone())]);
    let older = page
        .next
        .clone()
        .map(|next| with_query("/desk", &[("state", state.clone()), ("after", next)]));
    let newer = (!after.is_empty()).then_some(first);
    if page.rows.is_empty() {
        let text = match &page.last_decision {
            _ if !state.is_empty() => "No request is in this state.".to_owned(),
            Some(last) => format!(
                "Nothing needs you now. The last decision was on {} at {}.",
                last.day, last.from
            ),
            None => "Nothing needs you now. New requests appear here.".to_owned(),
        };
        return view! {
            <EmptyState icon="check" text><LinkButton href="/desk/visits">"All visits"</LinkButton></EmptyState>
        }
        .into_any();
    }
    let open = page.open;
    view! {
        <div class="stack">
            <dl class="counters"><div><dt>"Open"</dt><dd>{open}</dd></div></dl>
            <QueueList page/>
            <Pager newer older/>
            <p class="fine">"Keys: " <kbd>"j"</kbd> " next, " <kbd>"k"</kbd> " previous, " <kbd>"Enter"</kbd> " open"</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::QueueProps;
    use crate::{
        api::view::RequestPage,
        ui::testing::{render, request_row, when},
    };
    use leptos::prelude::*;

    fn queue(rows: Vec<crate::api::view::RequestRow>, state: &str) -> String {
        render(|| {
            let page = RequestPage {
                rows,
                next: Some("cursor-1".to_owned()),
                open: 24,
                last_decision: Some(when("2026-11-22T20:20:00Z")),
            };
            super::Queue(QueueProps {
                page,
                state: state.to_owned(),
                after: String::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn rows_are_links_with_the_due_time_and_a_next_page() {
        let html = queue(vec![request_row()], "");
        assert!(html.contains("/desk/queue/00000000") && html.contains("due Mon 23 Nov, 17:00"));
        assert!(html.contains("/desk?after=cursor-1"));
    }

    #[test]
    fn an_empty_desk_tells_the_last_decision() {
        assert!(queue(Vec::new(), "").contains("The last decision was on Sun 22 Nov at 14:20."));
        assert!(queue(Vec::new(), "declined").contains("No request is in this state."));
    }
}
