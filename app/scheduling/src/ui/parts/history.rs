//! What changed, when, by whom.

use crate::{
    api::view::HistoryRow,
    ui::words::{self, Reader},
};
use kit::prelude::*;
use leptos::prelude::*;

/// The changes of a request or visit, oldest first; nothing when there are none.
#[component]
pub fn History(rows: Vec<HistoryRow>, reader: Reader) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let change = words::change(&row, reader);
            let change = match words::by(&row.by) {
                "" => change.to_owned(),
                by => format!("{change}, {by}"),
            };
            view! {
                <li>
                    <time class="fine" datetime=row.at.starts.to_rfc3339()>{row.at.day} ", " {row.at.from}</time>
                    <span>{change}</span>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="History"><ol class="history">{rows}</ol></Section> }.into_any()
}
