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
            let detail = detail(&row).map(|text| view! { <span class="fine">{text}</span> });
            let words = (!row.words.is_empty()).then(|| view! { <span class="quote">{row.words.clone()}</span> });
            view! {
                <li>
                    <time class="fine" datetime=row.at.starts.to_rfc3339()>{row.at.day} ", " {row.at.from}</time>
                    <span class="history-what"><span>{change}</span>{detail}{words}</span>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="History"><ol class="history">{rows}</ol></Section> }.into_any()
}

/// From when to when, from whom, and why: "From Tue 24 Nov, 10:00 to Wed 25 Nov, 9:00. The patient asked for it."
fn detail(row: &HistoryRow) -> Option<String> {
    let mut parts = Vec::new();
    if let (Some(was), Some(becomes)) = (&row.was, &row.becomes) {
        parts.push(format!(
            "From {}, {} to {}, {}.",
            was.day, was.from, becomes.day, becomes.from
        ));
    }
    if let Some(name) = &row.was_therapist {
        parts.push(format!("Before with {name}."));
    }
    if let Some(why) = words::why_changed(row) {
        parts.push(format!("{why}."));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
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
            why: String::new(),
            was: None,
            becomes: None,
            was_therapist: None,
            words: String::new(),
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

    #[test]
    fn a_move_says_from_when_to_when_and_why() {
        let row = HistoryRow {
            at: when("2026-11-21T15:15:00Z"),
            to: "moved".to_owned(),
            by: "liaison".to_owned(),
            why: "therapist_away".to_owned(),
            was: Some(when("2026-11-24T16:00:00Z")),
            becomes: Some(when("2026-11-25T15:00:00Z")),
            was_therapist: Some("Tess Test".to_owned()),
            words: "Tess is <away>".to_owned(),
        };
        let html = render(|| {
            super::History(HistoryProps {
                rows: vec![row],
                reader: Reader::Staff,
            })
            .into_any()
        });
        assert!(html.contains("Moved, by our team"));
        assert!(
            html.contains("From Tue 24 Nov, 10:00 to Wed 25 Nov, 09:00. Before with Tess Test. The therapist is away.")
        );
        assert!(html.contains("Tess is &lt;away&gt;"));
    }
}
