//! The one place where a request is decided (G11): approve, decline with a reason and words, ask the patient.

use super::{Acts, Typed};
use crate::{
    api::view::{ItemView, TemplateView},
    model::Purpose,
    ui::{
        parts::{Failed, failure_at, hidden},
        place::List,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::RequestDetailView,
    model::DeclineReason,
    ui::{parts::failure, words},
};

/// Ids that the keys `a`, `r` and `i` lead to.
pub const APPROVE: &str = "approve";
pub const DECLINE: &str = "decline";
pub const ASK: &str = "ask";
/// The list of checks, read with the approval.
pub const CHECKS: &str = "checks";

#[component]
pub fn Decide(
    view: ItemView,
    detail: RequestDetailView,
    list: List,
    acts: Acts,
    typed: Typed,
    /// The id of the template that the address names.
    text: Memo<String>,
) -> impl IntoView {
    // A colleague's item is read only; the server would refuse as well.
    if view.owner.as_ref().is_some_and(|owner| !owner.mine) {
        return view! {
            <Failed failure=failure(acts.approve)/>
            <Failed failure=failure(acts.decline)/>
            <Kept typed/>
        }
        .into_any();
    }
    let (request, key) = (detail.row.request.to_string(), view.key.to_string());
    // A decision moves on to the next row, never to the top.
    let onward = list.item_or_list(view.next);
    let approving = detail.can_approve.then(|| {
        let fields = hidden(&[("request", &request), ("key", &key), ("to", &onward)]);
        view! {
            <ActionForm action=acts.approve attr:id=APPROVE>
                {fields}
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.approve.pending() busy_text="Approving" described_by=CHECKS>
                    "Approve " <kbd aria-hidden="true">"a"</kbd>
                </Button>
            </ActionForm>
        }
    });
    let declining = detail.can_decline.then(|| {
        view! { <DeclineFold view=view.clone() list=list.clone() request=request.clone() onward=onward.clone() text_limit=detail.text_limit acts typed text/> }
    });
    let asking = (detail.can_decline && view.position > 0)
        .then(|| view! { <AskFold view=view.clone() list request=request.clone() onward text_limit=detail.text_limit acts typed text/> });
    view! {
        <Failed failure=failure(acts.approve)/>
        <div class="decide">{approving}{declining}{asking}</div>
    }
    .into_any()
}

/// What stands in forms that are shut now. It is in them again when they open.
#[component]
fn Kept(typed: Typed) -> impl IntoView {
    let kept = [typed.words, typed.question, typed.proposal]
        .into_iter()
        .map(|text| text.get_untracked())
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p class="quote">{text}</p> })
        .collect::<Vec<_>>();
    (!kept.is_empty()).then(|| view! { <Section title="Your words are kept">{kept}</Section> })
}

/// The texts of one purpose as links: each fills the form, with script or without.
#[component]
pub fn Texts(templates: Vec<TemplateView>, here: String, anchor: &'static str) -> impl IntoView {
    if templates.is_empty() {
        return ().into_any();
    }
    let separator = if here.contains('?') { '&' } else { '?' };
    let links = templates
        .into_iter()
        .map(|one| {
            let href = format!("{here}{separator}text={}#{anchor}", one.template);
            view! { <li><LinkButton href size=ButtonSize::Small kind=ButtonKind::Quiet>{one.name}</LinkButton></li> }
        })
        .collect_view();
    view! { <ul class="cluster" aria-label="Texts">{links}</ul> }.into_any()
}

pub fn chosen(templates: &[TemplateView], purpose: Purpose, text: &str) -> Option<TemplateView> {
    templates
        .iter()
        .find(|one| one.purpose == purpose && one.template.to_string() == text)
        .cloned()
}

pub fn of_purpose(view: &ItemView, purpose: Purpose) -> Vec<TemplateView> {
    view.templates
        .iter()
        .filter(|one| one.purpose == purpose)
        .cloned()
        .collect()
}

#[component]
fn DeclineFold(
    view: ItemView,
    list: List,
    request: String,
    onward: String,
    text_limit: u32,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
) -> impl IntoView {
    let refused = failure(acts.decline);
    let texts = of_purpose(&view, Purpose::Decline);
    let key = view.key.to_string();
    let here = list.item(view.item);
    let templates = view.templates;
    // Made anew when another text is chosen: a field shows what it began with.
    let form = move || {
        let text = text.get();
        let fields = hidden(&[("request", &request), ("key", &key), ("to", &onward)]);
        let from_text = chosen(&templates, Purpose::Decline, &text);
        let reason = from_text.as_ref().map(|one| one.reason.clone()).unwrap_or_default();
        let words = match from_text {
            Some(one) => one.body,
            None => typed.words.get_untracked(),
        };
        let mut reasons = vec![(String::new(), "Please choose".to_owned())];
        reasons.extend(
            DeclineReason::ALL
                .iter()
                .map(|reason| (reason.as_str().to_owned(), words::decline_choice(*reason).to_owned())),
        );
        let form = view! {
            <ActionForm action=acts.decline attr:class="form">
                <Failed failure=refused/>
                {fields}
                <Select name="reason" label="Reason" options=reasons value=reason required=true error=failure_at(refused, "reason")/>
                <TextArea
                    name="words"
                    label="Words to the patient"
                    hint="As the patient will read them. Needed for another reason."
                    value=words
                    rows=3
                    maxlength=text_limit
                    error=failure_at(refused, "words")
                    on_input=Callback::new(move |text| typed.words.set(text))
                />
                <div><Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=acts.decline.pending() busy_text="Declining">"Decline the request"</Button></div>
            </ActionForm>
        };
        anew(text, form.into_any())
    };
    let has_text = view_has(&texts, &text.get_untracked());
    let open = has_text || refused.with_untracked(Option::is_some) || !typed.words.with_untracked(String::is_empty);
    view! {
        <details class="unfold" id=DECLINE open=open>
            <summary>"Decline " <kbd aria-hidden="true">"r"</kbd></summary>
            <Texts templates=texts here anchor=DECLINE/>
            {form}
        </details>
    }
}

pub fn view_has(texts: &[TemplateView], text: &str) -> bool {
    texts.iter().any(|one| one.template.to_string() == text)
}

#[component]
fn AskFold(
    view: ItemView,
    list: List,
    request: String,
    onward: String,
    text_limit: u32,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
) -> impl IntoView {
    let refused = failure(acts.ask);
    let texts = of_purpose(&view, Purpose::Question);
    let key = view.key.to_string();
    let here = list.item(view.item);
    let templates = view.templates;
    let form = move || {
        let text = text.get();
        let fields = hidden(&[("request", &request), ("key", &key), ("to", &onward)]);
        let question = match chosen(&templates, Purpose::Question, &text) {
            Some(one) => one.body,
            None => typed.question.get_untracked(),
        };
        let form = view! {
            <ActionForm action=acts.ask attr:class="form">
                <Failed failure=refused/>
                {fields}
                <TextArea
                    name="question"
                    label="Question to the patient"
                    hint="The request waits and its time is kept, at least a day from now."
                    value=question
                    rows=3
                    maxlength=text_limit
                    required=true
                    error=failure_at(refused, "question")
                    on_input=Callback::new(move |text| typed.question.set(text))
                />
                <div><Button button_type=ButtonType::Submit busy=acts.ask.pending() busy_text="Asking">"Ask the patient"</Button></div>
            </ActionForm>
        };
        anew(text, form.into_any())
    };
    let has_text = view_has(&texts, &text.get_untracked());
    let open = has_text || refused.with_untracked(Option::is_some) || !typed.question.with_untracked(String::is_empty);
    view! {
        <details class="unfold" id=ASK open=open>
            <summary>"Ask " <kbd aria-hidden="true">"i"</kbd></summary>
            <Texts templates=texts here anchor=ASK/>
            {form}
        </details>
    }
}
