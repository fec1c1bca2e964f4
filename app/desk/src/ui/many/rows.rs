//! The rows of an act on many: before it, what it will do; after it, what it did.

use super::result_words;
use crate::{
    api::view::{BulkResult, BulkRow},
    ui::{parts::TimesIn, place::List, words},
};
use kit::prelude::*;
use leptos::prelude::*;

/// What the act would do to each.
#[component]
pub fn Preview(rows: Vec<BulkRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState icon="check" text="None of these waits any more."><LinkButton href="/desk">"Back to the desk"</LinkButton></EmptyState>
        }
        .into_any();
    }
    let columns = ["Who", "Time", "Therapist", "What will happen"]
        .map(Column::new)
        .to_vec();
    let zone = rows.first().map(|row| row.row.when.zone.label.clone());
    let rows = rows
        .into_iter()
        .map(|BulkRow { row, outlook }| {
            let (tone, text) = words::outlook(&outlook);
            view! {
                <Row>
                    <Cell label="Who" head=true><a href=List::default().item(row.item)>{row.person.name}</a></Cell>
                    <Cell label="Time">{row.when.day} ", " {row.when.from}</Cell>
                    <Cell label="Therapist">{row.therapist.name}</Cell>
                    <Cell label="What will happen"><StateChip tone text/></Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <TimesIn zone/>
        <DataTable caption="What will happen" columns caption_hidden=false>{rows}</DataTable>
    }
    .into_any()
}

/// What the last run did to each, with script; without, the page shows what is left.
#[component]
pub fn Results(results: Signal<Option<Vec<BulkResult>>>, rows: Vec<BulkRow>) -> impl IntoView {
    let name = move |result: &BulkResult| {
        rows.iter().find(|row| row.row.item == result.item).map_or_else(
            || words::kind(result.item.kind).to_owned(),
            |row| row.row.person.name.clone(),
        )
    };
    view! {
        <div role="status">
            {move || results.get().map(|results| {
                let all = results.len();
                let done = results.iter().filter(|result| result.refused.is_none()).count();
                let tone = if done == all { Tone::Good } else { Tone::Warn };
                let rest = results
                    .iter()
                    .filter(|result| result.refused.is_some())
                    .map(|result| {
                        let (tone, text) = result_words(result);
                        view! { <li class="line"><span class="line-main">{name(result)}</span><StateChip tone text/></li> }
                    })
                    .collect_view();
                view! {
                    <Banner tone text=format!("{done} of {all} done.")/>
                    <ul class="lines">{rest}</ul>
                }
            })}
        </div>
    }
}
