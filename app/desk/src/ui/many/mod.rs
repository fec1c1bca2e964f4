//! One act on many items: what it will do to each, then the doing, then what it did (G11: through the same decisions).

mod rows;

use super::{
    keys::{Key, focus_inside, press, use_keys},
    parts::{Failed, JustDecided, UNDO, failure_at},
    words,
};
use crate::{
    api::{
        self, DecideMany, Undo,
        view::{BulkPage, BulkResult, TemplateView},
    },
    model::{ItemId, Purpose},
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use rows::{Preview, Results};
use scheduling::{
    model::DeclineReason,
    ui::{
        parts::{done, failure, loaded},
        words as booking,
    },
};

/// The id of the button that does it.
const DO: &str = "do-it";

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Asked {
    act: String,
    items: Vec<ItemId>,
    text: String,
}

impl Asked {
    fn read(query: &ParamsMap) -> Self {
        let items = query.get_all("item").unwrap_or_default();
        Self {
            act: query.get("act").unwrap_or_default(),
            items: items.iter().filter_map(|item| item.parse().ok()).collect(),
            text: query.get("text").unwrap_or_default(),
        }
    }

    fn address(&self, text: &str) -> String {
        let mut address = format!("/desk/bulk?act={}", self.act);
        for item in &self.items {
            address.push_str("&item=");
            address.push_str(&item.to_string());
        }
        if !text.is_empty() {
            address.push_str("&text=");
            address.push_str(text);
        }
        address
    }

    fn title(&self) -> &'static str {
        match self.act.as_str() {
            "approve" => "Approve several",
            "decline" => "Decline several",
            "take" => "Take several",
            _ => "Put several aside",
        }
    }
}

#[component]
pub fn ManyPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(Asked::read));
    let decide = ServerAction::<DecideMany>::new();
    let undo = ServerAction::<Undo>::new();
    let (decided, undone) = (done(decide), done(undo));
    let page = Resource::new(
        move || (asked.get(), decided.get(), undone.get()),
        |(asked, ..)| api::preview_many(asked.act, asked.items),
    );
    let results = Signal::derive(move || {
        decide
            .value()
            .with(|value| value.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    });
    use_keys(move || {
        move |key| match key {
            Key::Approve => focus_inside(DO, "button"),
            Key::Decline => focus_inside(DO, "select"),
            Key::Undo => press(UNDO, "li:not([hidden]) button"),
            _ => false,
        }
    });
    view! {
        <Title text="Several"/>
        {loaded(page, SkeletonKind::Rows, 10, move |page| {
            let asked = asked.get_untracked();
            view! { <Many page asked decide undo results/> }.into_any()
        })}
    }
}

#[component]
fn Many(
    page: BulkPage,
    asked: Asked,
    decide: ServerAction<DecideMany>,
    undo: ServerAction<Undo>,
    results: Signal<Option<Vec<BulkResult>>>,
) -> impl IntoView {
    let refused: Signal<Option<ApiError>> = failure(decide);
    let possible: Vec<ItemId> = page
        .rows
        .iter()
        .filter(|row| row.outlook.is_possible())
        .map(|row| row.row.item)
        .collect();
    // What was decided meanwhile is not in the list any more: by us, or by a colleague.
    let over = asked.items.len().saturating_sub(page.rows.len());
    let subtitle = match (possible.len(), asked.items.len()) {
        (0, _) if over > 0 => format!("{over} of these are decided; nothing is left to do."),
        (possible, all) => format!("{possible} of {all} can be done now."),
    };
    let here = asked.address("");
    let form = (!possible.is_empty()).then(|| {
        let form = view! { <DoIt asked=asked.clone() possible templates=page.templates text_limit=page.text_limit key=page.key.to_string() decide refused/> };
        anew(asked.text.clone(), form.into_any())
    });
    view! {
        <PageHeader title=asked.title() subtitle back="Desk" back_href="/desk"/>
        <div class="stack">
            <Failed failure=refused/>
            <Results results rows=page.rows.clone()/>
            <JustDecided rows=page.undoable undo to=here/>
            {form}
            <Preview rows=page.rows/>
        </div>
    }
}

#[component]
fn DoIt(
    asked: Asked,
    possible: Vec<ItemId>,
    templates: Vec<TemplateView>,
    text_limit: u32,
    key: String,
    decide: ServerAction<DecideMany>,
    refused: Signal<Option<ApiError>>,
) -> impl IntoView {
    let count = possible.len();
    let items = possible
        .iter()
        .enumerate()
        .map(|(place, item)| view! { <input type="hidden" name=format!("items[{place}]") value=item.to_string()/> })
        .collect_view();
    let word = match asked.act.as_str() {
        "approve" => format!("Approve {count} "),
        "decline" => format!("Decline {count} "),
        "take" => format!("Take {count} "),
        _ => format!("Put {count} aside "),
    };
    let kind = if asked.act == "decline" {
        ButtonKind::Danger
    } else {
        ButtonKind::Primary
    };
    let reasons =
        (asked.act == "decline").then(|| view! { <Reasons asked=asked.clone() templates text_limit refused/> });
    view! {
        <ActionForm action=decide attr:class="form" attr:id=DO>
            <input type="hidden" name="act" value=asked.act.clone()/>
            <input type="hidden" name="key" value=key/>
            <input type="hidden" name="to" value=asked.address("")/>
            {items}
            {reasons}
            <div>
                <Button kind button_type=ButtonType::Submit busy=decide.pending() busy_text="Working">
                    {word} <kbd aria-hidden="true">"a"</kbd>
                </Button>
            </div>
        </ActionForm>
    }
}

/// One reason and the same words for all; a text of the desk fills both.
#[component]
fn Reasons(
    asked: Asked,
    templates: Vec<TemplateView>,
    text_limit: u32,
    refused: Signal<Option<ApiError>>,
) -> impl IntoView {
    let texts: Vec<TemplateView> = templates
        .into_iter()
        .filter(|one| one.purpose == Purpose::Decline)
        .collect();
    let chosen = texts.iter().find(|one| one.template.to_string() == asked.text).cloned();
    let links = texts
        .into_iter()
        .map(|one| {
            let href = asked.address(&one.template.to_string());
            view! { <li><LinkButton href size=ButtonSize::Small kind=ButtonKind::Quiet>{one.name}</LinkButton></li> }
        })
        .collect_view();
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        DeclineReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), booking::decline_choice(*reason).to_owned())),
    );
    let (reason, body) = chosen.map(|one| (one.reason, one.body)).unwrap_or_default();
    view! {
        <ul class="cluster" aria-label="Texts">{links}</ul>
        <Select name="reason" label="Reason, the same for all" options=reasons value=reason required=true error=failure_at(refused, "reason")/>
        <TextArea name="words" label="Words to the patients" hint="Everybody reads the same words: name nobody." value=body rows=3
            maxlength=text_limit error=failure_at(refused, "words")/>
    }
}

/// What became of an item, for people.
fn result_words(result: &BulkResult) -> (Tone, &'static str) {
    match &result.refused {
        None => (Tone::Good, "Done"),
        Some(code) if code == "not_found" => (Tone::Plain, "Does not wait any more"),
        Some(code) => (Tone::Bad, words::error(&ApiError::refused(code))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, ManyProps, result_words};
    use crate::{
        api::view::{BulkPage, BulkResult, BulkRow, ItemRow, Outlook},
        model::{ItemId, Kind, Risk},
    };
    use kernel::IdempotencyKey;
    use leptos::prelude::*;
    use scheduling::{
        api::view::{CheckState, CheckView, Standing},
        model::RequestState,
        ui::testing::{face, person, render, service, when},
    };
    use uuid::Uuid;

    fn row(number: u128, outlook: Outlook) -> BulkRow {
        BulkRow {
            row: ItemRow {
                item: item(number),
                risk: Risk::Normal,
                standing: Standing::Request(RequestState::Pending),
                person: person(),
                therapist: face(),
                service: service(),
                when: when("2026-11-24T16:00:00Z"),
                due: when("2026-11-23T23:00:00Z"),
                due_in: 300,
                waited: 100,
                owner: None,
            },
            outlook,
        }
    }

    fn item(number: u128) -> ItemId {
        ItemId {
            kind: Kind::Request,
            id: Uuid::from_u128(number),
        }
    }

    #[test]
    fn only_what_can_be_done_is_sent_and_the_rest_says_why_not() {
        let gone = CheckView {
            code: "therapist_free".to_owned(),
            state: CheckState::Stop,
            detail: String::new(),
        };
        let page = BulkPage {
            rows: vec![row(1, Outlook::Ready), row(2, Outlook::Stopped(vec![gone]))],
            templates: Vec::new(),
            text_limit: 4_000,
            undoable: Vec::new(),
            key: IdempotencyKey::new(Uuid::from_u128(5)),
        };
        let asked = Asked {
            act: "approve".to_owned(),
            items: vec![item(1), item(2), item(3)],
            text: String::new(),
        };
        let html = render(|| {
            super::Many(ManyProps {
                page,
                asked,
                decide: ServerAction::new(),
                undo: ServerAction::new(),
                results: Signal::derive(|| None),
            })
            .into_any()
        });
        assert!(
            html.contains("Approve 1") && html.contains("1 of 3 can be done now."),
            "{html}"
        );
        assert!(html.contains("name=\"items[0]\"") && !html.contains("name=\"items[1]\""));
        assert!(html.contains("Something else lies across"));
    }

    #[test]
    fn a_result_says_what_happened() {
        let result = |refused: Option<&str>| BulkResult {
            item: item(1),
            refused: refused.map(ToOwned::to_owned),
        };
        assert_eq!(result_words(&result(None)).1, "Done");
        assert!(result_words(&result(Some("time_gone"))).1.contains("time is gone"));
    }
}
