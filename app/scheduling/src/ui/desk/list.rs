//! The requests as a list of links, oldest first: beside the open one, or alone.

use super::keys::row_id;
use crate::{
    api::view::{RequestPage, RequestRow},
    ui::parts::RequestChip,
};
use kernel::RequestId;
use leptos::prelude::*;

#[component]
pub fn QueueList(
    page: RequestPage,
    /// The one that is open beside the list.
    #[prop(optional, into)]
    current: Signal<Option<RequestId>>,
) -> impl IntoView {
    let rows = (0_u32..)
        .zip(page.rows)
        .map(|(place, row)| view! { <li><QueueRow row place current/></li> })
        .collect_view();
    view! { <ul class="queue">{rows}</ul> }
}

#[component]
fn QueueRow(row: RequestRow, place: u32, current: Signal<Option<RequestId>>) -> impl IntoView {
    let here = move || (current.get() == Some(row.request)).then_some("true");
    let due = if row.urgent {
        format!("due {}, {} (soon)", row.due.day, row.due.from)
    } else {
        format!("due {}, {}", row.due.day, row.due.from)
    };
    view! {
        <a class="queue-row" id=row_id(place) href=format!("/desk/queue/{}", row.request) aria-current=here>
            <span class="strong">{row.person.name}</span>
            <RequestChip state=row.state/>
            <span class="muted">{row.therapist.name} ", " {row.when.day} ", " {row.when.from}</span>
            <span>{due}</span>
        </a>
    }
}
