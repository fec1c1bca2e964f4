//! A visit as a line of the therapist's lists.

use crate::{
    api::view::{AgendaRow, Bookable},
    ui::{parts::Standing, words::Reader},
};
use leptos::prelude::*;

/// A visit in the therapist's lists, perhaps with the next thing to do at its end.
#[component]
pub fn CareRow(
    row: AgendaRow,
    #[prop(optional)] acts: Option<AnyView>,
    /// How far its kit is.
    #[prop(optional)]
    kit: Option<AnyView>,
) -> impl IntoView {
    let Bookable::Visit(visit) = row.about else {
        return ().into_any();
    };
    let answered = row.answered.then_some(", answers given");
    view! {
        <div class="day-row">
            <time datetime=row.when.starts.to_rfc3339()>{row.when.from}</time>
            <span>
                <a class="strong" href=format!("/care/visits/{visit}")>{row.person.name}</a>
                <span class="muted">", " {row.service.name} ", until " {row.when.until} {answered}</span> " " {kit}
            </span>
            <Standing standing=row.standing reader=Reader::Staff/>
            {acts}
        </div>
    }
    .into_any()
}
