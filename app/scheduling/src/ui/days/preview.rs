//! More about a block, below the grid: what is planned, without leaving the calendar (R15).

use super::blocks;
use crate::{
    api::view::AgendaRow,
    ui::{
        parts::{Span, Standing},
        words::{self, Reader},
    },
};
use kit::prelude::*;
use leptos::prelude::*;

/// The preview of any of these rows, by the id of its block.
pub fn previews(rows: Vec<(AgendaRow, String)>, reader: Reader) -> Callback<String, AnyView> {
    let rows = StoredValue::new(rows);
    Callback::new(move |wanted: String| {
        let found = rows.with_value(|rows| rows.iter().find(|(row, _)| blocks::id(row) == wanted).cloned());
        match found {
            Some((row, href)) => view! { <Preview row href reader/> }.into_any(),
            None => ().into_any(),
        }
    })
}

#[component]
fn Preview(row: AgendaRow, href: String, reader: Reader) -> impl IntoView {
    let open = format!("Open {}, {}", row.when.day, row.when.from);
    view! {
        <DefinitionList>
            <Definition term="When"><Span when=row.when/></Definition>
            <Definition term="Patient">{words::whom(&row.person)}</Definition>
            <Definition term="With">{row.therapist.name} ", " {row.therapist.title}</Definition>
            <Definition term="Kind of visit">{words::service(&row.service)}</Definition>
            {row.answered.then(|| view! { <Definition term="Before the visit">"Answers given"</Definition> })}
        </DefinitionList>
        <div class="cluster">
            <Standing standing=row.standing reader/>
            <LinkButton href label=open>"Open"</LinkButton>
        </div>
    }
}
