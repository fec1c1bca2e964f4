//! What changed, when, by whom.

use crate::{
    api::view::HistoryRow,
    ui::words::{self, Reader},
};
use kit::prelude::*;
use leptos::prelude::*;

/// The changes of a request or visit, oldest first; nothing when there are none.
#[component]
pub fn History(mut rows: Vec<HistoryRow>, reader: Reader) -> impl IntoView {
    // An approval is two changes, of the request and of the visit it becomes: people read one.
    rows.dedup_by(|later, earlier| {
        later.at == earlier.at && words::change(later, reader) == words::change(earlier, reader)
    });
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

#[cfg(test)]
mod tests {
    use super::HistoryProps;
    use crate::{
        api::view::HistoryRow,
        ui::{
            testing::{render, when},
            words::Reader,
        },
    };
    use leptos::prelude::*;

    #[test]
    fn an_approval_is_told_once() {
        let row = |to: &str, by: &str| HistoryRow {
            at: when("2026-11-21T15:15:00Z"),
            to: to.to_owned(),
            by: by.to_owned(),
        };
        let rows = vec![
            row("pending", "patient"),
            row("approved", "liaison"),
            row("scheduled", "system"),
        ];
        let html = render(|| {
            super::History(HistoryProps {
                rows,
                reader: Reader::Patient,
            })
            .into_any()
        });
        assert_eq!(html.matches("Confirmed").count(), 1);
        assert!(html.contains("Requested, by the patient") && html.contains("Confirmed, by our team"));
    }
}
