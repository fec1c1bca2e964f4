//! Other times for the patient to choose from: ticked among the nearest free ones, or typed. One plain form.

use super::{
    Acts, Typed,
    decide::{Texts, chosen, of_purpose, view_has},
};
use crate::{
    api::view::ItemView,
    model::Purpose,
    ui::{
        parts::{Failed, failure_at, hidden},
        place::List,
    },
};
use chrono::SecondsFormat;
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::{Face, SlotView},
    ui::parts::failure,
};

/// The fold that the key `p` opens, and its times, which `1` to `3` tick.
pub const PROPOSE: &str = "propose";
pub const NEAREST: &str = "nearest";

/// The decision's and the change's forms have fields of the same names.
const PREFIX: &str = "propose-";

/// As many as have a key of their own and may be proposed at once.
const WITH_KEY: usize = 3;

/// What may be proposed, and what becomes of the time that there is.
#[derive(Debug, Clone)]
pub struct Proposable {
    pub therapist: Face,
    /// Free times of this therapist, the nearest first.
    pub nearest: Vec<SlotView>,
    /// Who else could give it; empty where the therapist stays.
    pub others: Vec<Face>,
    pub text_limit: u32,
    pub becomes: &'static str,
}

#[component]
pub fn ProposeFold(
    view: ItemView,
    what: Proposable,
    list: List,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
) -> impl IntoView {
    let refused = failure(acts.propose);
    let texts = of_purpose(&view, Purpose::Proposal);
    let (item, key) = (view.item.to_string(), view.key.to_string());
    let (here, onward) = (list.item(view.item), list.item_or_list(view.next));
    let templates = view.templates;
    let becomes = what.becomes;
    let form = move || {
        let text = text.get();
        let fields = hidden(&[("item", &item), ("key", &key), ("to", &onward)]);
        let words = match chosen(&templates, Purpose::Proposal, &text) {
            Some(one) => one.body,
            None => typed.proposal.get_untracked(),
        };
        let who = view! { <Who what=what.clone()/> };
        let nearest = view! { <Nearest slots=what.nearest.clone() name=what.therapist.name.clone()/> };
        let maxlength = what.text_limit;
        let form = view! {
            <ActionForm action=acts.propose attr:class="form">
                <Failed failure=refused prefix=PREFIX/>
                {fields}
                {nearest}
                <FormRow>
                    {who}
                    <Field name="date" id=id("date") label="Another day" input_type="date" error=failure_at(refused, "date")/>
                    <Field name="clock" id=id("clock") label="Time, on the therapist's clock" input_type="time" error=failure_at(refused, "clock")/>
                </FormRow>
                <TextArea
                    name="words"
                    id=id("words")
                    label="Words with it (optional)"
                    hint="As the patient will read them."
                    value=words
                    rows=2
                    maxlength
                    error=failure_at(refused, "words")
                    on_input=Callback::new(move |text| typed.proposal.set(text))
                />
                <div><Button button_type=ButtonType::Submit busy=acts.propose.pending() busy_text="Proposing">"Propose to the patient"</Button></div>
            </ActionForm>
        };
        anew(text, form.into_any())
    };
    let has_text = view_has(&texts, &text.get_untracked());
    let open = has_text || refused.with_untracked(Option::is_some) || !typed.proposal.with_untracked(String::is_empty);
    view! {
        <details class="unfold" id=PROPOSE open=open>
            <summary>"Propose other times " <kbd aria-hidden="true">"p"</kbd></summary>
            <p class="fine">"The patient takes one in one tap. Until then they are kept, a day at most. " {becomes}</p>
            <Texts templates=texts here anchor=PROPOSE/>
            {form}
        </details>
    }
}

/// The id of a field of this form.
fn id(name: &str) -> String {
    format!("f-{PREFIX}{name}")
}

#[component]
fn Nearest(slots: Vec<SlotView>, name: String) -> impl IntoView {
    if slots.is_empty() {
        return view! { <p class="muted">{name} " has no free time to tick. Type one."</p> }.into_any();
    }
    let ticks = slots
        .into_iter()
        .take(WITH_KEY)
        .enumerate()
        .map(|(place, slot)| {
            let value = slot.starts.to_rfc3339_opts(SecondsFormat::Secs, true);
            let (name, label) = (format!("starts[{place}]"), format!("{}, {}", slot.day, slot.clock));
            // The first one is where a missing time is pointed out.
            let id = if place == 0 { id("starts") } else { id(&name) };
            view! {
                <div class="cluster" id=format!("{NEAREST}-{place}")>
                    <Checkbox name id label value/>
                    <kbd aria-hidden="true">{place + 1}</kbd>
                </div>
            }
        })
        .collect_view();
    view! { <FieldGroup legend=format!("Free with {name}, on the patient's clock")>{ticks}</FieldGroup> }.into_any()
}

/// Who would give it. A time that is ticked is one of the therapist whom the patient asked for.
#[component]
fn Who(what: Proposable) -> impl IntoView {
    if what.others.is_empty() {
        return ().into_any();
    }
    let own = what.therapist.therapist.to_string();
    let mut options = vec![(own.clone(), what.therapist.name)];
    options.extend(
        what.others
            .into_iter()
            .map(|face| (face.therapist.to_string(), face.name)),
    );
    view! { <Select name="therapist" id=id("therapist") label="With" options value=own/> }.into_any()
}
