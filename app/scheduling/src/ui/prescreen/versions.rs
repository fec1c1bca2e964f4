//! What was published, and how often it was answered.

use crate::{api::view::VersionRow, ui::parts::At};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Versions(rows: Vec<VersionRow>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let questions = row
                .questions
                .into_iter()
                .map(|question| view! { <li>{question.label}</li> })
                .collect_view();
            let answered = format!("{} answered", row.answered);
            view! {
                <li>
                    <details class="unfold">
                        <summary>
                            "Version " {row.number} ", " <At when=row.at/> ", by " {row.by} ", " {answered}
                        </summary>
                        <ol>{questions}</ol>
                    </details>
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Published"><ul class="stack" data-gap="small">{rows}</ul></Section> }.into_any()
}
