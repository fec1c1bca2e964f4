//! An agreed visit that waits for the desk: the therapist is away at its time, or nobody said what became of it.

use super::Acts;
use crate::{
    api::view::ItemView,
    model::Kind,
    ui::{
        parts::{Failed, hidden},
        place::List,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::VisitView,
    ui::{
        parts::{History, VisitChip, failure},
        words::{self, Reader},
    },
};

#[component]
pub fn VisitItem(
    view: ItemView,
    visit: VisitView,
    back: String,
    list: List,
    acts: Acts,
    owner: AnyView,
) -> impl IntoView {
    let title = format!("{} with {}", visit.person.name, visit.therapist.name);
    let what = format!(
        "{}, {}, {} to {}, {}",
        words::service(&visit.service),
        visit.when.day,
        visit.when.from,
        visit.when.until,
        visit.when.zone.label
    );
    let waits = view.position > 0;
    let (tone, text, word) = match (view.item.kind, waits) {
        (_, false) => (Tone::Plain, "This does not wait any more.", ""),
        (Kind::Affected, true) => (
            Tone::Warn,
            "The therapist is away at this time. Call the patient, then cancel or move the visit; a change by us costs the patient nothing.",
            "It takes place all the same",
        ),
        (_, true) => (
            Tone::Warn,
            "The visit is over and the therapist has not said what became of it. Ask them; the visit leaves this list when they have.",
            "Leave it be",
        ),
    };
    let read_only = view.owner.as_ref().is_some_and(|owner| !owner.mine);
    let back_href = list.page("");
    let aside = (waits && !read_only).then(|| {
        let fields = hidden(&[("item", &view.item.to_string()), ("to", &list.item_or_list(view.next))]);
        view! {
            <ActionForm action=acts.put_aside>
                {fields}
                <Button button_type=ButtonType::Submit busy=acts.put_aside.pending()>{word}</Button>
            </ActionForm>
        }
    });
    let history = visit.history.clone();
    let state = visit.state;
    view! {
        <PageHeader title subtitle=what back back_href><VisitChip state reader=Reader::Staff/></PageHeader>
        {owner}
        <Banner tone text/>
        <details class="unfold" id=super::PATIENT open=true><PatientFold view=view.clone()/></details>
        <Failed failure=failure(acts.put_aside)/>
        <div class="decide">{aside}</div>
        <History rows=history reader=Reader::Staff/>
    }
}

/// What the desk may know of the patient, to call them.
#[component]
pub fn PatientFold(view: ItemView) -> impl IntoView {
    let facts = view.patient.map(|patient| {
        let fact = |term: &'static str, value: Option<String>| {
            value.map(|value| view! { <Definition term>{value}</Definition> })
        };
        let age = patient.age.map(|age| age.to_string());
        view! {
            <DefinitionList>
                {fact("Name", Some(patient.full_name))}
                {fact("Phone", patient.phone)}
                {fact("E-mail", patient.email)}
                {fact("Born", patient.birth_date)}
                {fact("Age", age)}
                {fact("Lives in", Some(words::state(&patient.card.state_code).to_owned()))}
            </DefinitionList>
        }
    });
    view! {
        <summary>"Patient " <kbd aria-hidden="true">"o"</kbd></summary>
        {facts}
    }
}
