//! An agreed visit that waits for the desk: the therapist is away at its time, or nobody said what became of it.

use super::{Acts, Typed, affected::Ways, decide::APPROVE};
use crate::{
    api::view::{ItemView, VisitBody},
    model::Kind,
    ui::{
        parts::{Failed, hidden},
        place::List,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::ui::{
    parts::{History, VisitChip, failure},
    words::{self, Reader},
};

#[component]
pub fn VisitItem(
    view: ItemView,
    body: VisitBody,
    back: String,
    list: List,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
    owner: AnyView,
) -> impl IntoView {
    let visit = &body.visit;
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
    let (tone, text_of_banner, word) = said(&view, &body);
    let read_only = view.owner.as_ref().is_some_and(|owner| !owner.mine);
    let open = waits && !read_only;
    let back_href = list.page("");
    let onward = list.item_or_list(view.next);
    let aside = open.then(|| {
        let fields = hidden(&[("item", &view.item.to_string()), ("to", &onward)]);
        view! {
            <ActionForm action=acts.put_aside>
                {fields}
                <Button button_type=ButtonType::Submit busy=acts.put_aside.pending()>{word}</Button>
            </ActionForm>
        }
    });
    let remind = (open && body.may_remind).then(|| {
        let fields = hidden(&[
            ("item", &view.item.to_string()),
            ("key", &view.key.to_string()),
            ("to", &onward),
        ]);
        view! {
            <ActionForm action=acts.remind attr:id=APPROVE>
                {fields}
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.remind.pending() busy_text="Reminding">
                    "Remind the therapist " <kbd aria-hidden="true">"a"</kbd>
                </Button>
            </ActionForm>
        }
    });
    let history = visit.history.clone();
    let state = visit.state;
    let page = format!("/desk/visits/{}", visit.visit);
    let ways = (open && view.item.kind == Kind::Affected)
        .then(|| view! { <Ways view=view.clone() body=body.clone() list=list.clone() acts typed text/> });
    view! {
        <PageHeader title subtitle=what back back_href><VisitChip state reader=Reader::Staff/></PageHeader>
        {owner}
        <Banner tone text=text_of_banner><LinkButton href=page kind=ButtonKind::Quiet>"Open the visit"</LinkButton></Banner>
        <details class="unfold" id=super::PATIENT open=true><PatientFold view=view.clone()/></details>
        <Failed failure=failure(acts.remind)/>
        {ways}
        <Failed failure=failure(acts.put_aside)/>
        <div class="decide">{remind}{aside}</div>
        <History rows=history reader=Reader::Staff/>
    }
}

/// What is so, and the word of the button that leaves it so.
fn said(view: &ItemView, body: &VisitBody) -> (Tone, String, &'static str) {
    let text = match view.item.kind {
        _ if view.position == 0 => return (Tone::Plain, "This does not wait any more.".to_owned(), ""),
        Kind::Affected => {
            if let Some(proposal) = &body.visit.proposal {
                let until = &proposal.kept_until;
                let text = format!(
                    "Other times are proposed. The patient answers until {}, {}.",
                    until.day, until.from
                );
                return (Tone::Info, text, "It takes place all the same");
            }
            let why = if body.ways.closure {
                "The clinic is closed at this time."
            } else {
                "The therapist is away at this time."
            };
            return (
                Tone::Warn,
                format!(
                    "{why} Propose other times, move or cancel the visit. A change by us costs the patient nothing."
                ),
                "It takes place all the same",
            );
        }
        _ if body.may_remind => "The visit is over and the therapist has not said what became of it.",
        _ => {
            "The visit is over and the therapist has not said what became of it. They were reminded today; call them if it presses."
        }
    };
    (Tone::Warn, text.to_owned(), "Leave it be")
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
