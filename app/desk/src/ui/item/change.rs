//! Another time or therapist before deciding: the nearest free times as buttons, or any time of any therapist who could.

use super::Acts;
use crate::{
    api::view::ItemView,
    ui::{
        parts::{Failed, failure_at, hidden},
        place::List,
    },
};
use chrono::SecondsFormat;
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::RequestDetailView,
    ui::{Overbook, parts::failure, words},
};

/// The fold that the key `c` opens.
pub const CHANGE: &str = "change";

/// As many as fit beside each other.
const SHOWN: usize = 3;

#[component]
pub fn ChangeFold(view: ItemView, detail: RequestDetailView, list: List, acts: Acts) -> impl IntoView {
    if !detail.can_decline || view.owner.as_ref().is_some_and(|owner| !owner.mine) {
        return ().into_any();
    }
    let refused = failure(acts.change);
    let row = &detail.row;
    let own = format!("{}.{}", row.therapist.therapist, row.service.service);
    let (request, key, to) = (row.request.to_string(), view.key.to_string(), list.item(view.item));
    let fields = |offer: &str| {
        let mut fields = vec![
            ("request", request.as_str()),
            ("key", key.as_str()),
            ("to", to.as_str()),
        ];
        if !offer.is_empty() {
            fields.push(("offer", offer));
        }
        hidden(&fields)
    };
    let nearest = detail
        .nearest
        .iter()
        .take(SHOWN)
        .map(|slot| {
            let words = format!("{}, {}", slot.day, slot.clock);
            let value = slot.starts.to_rfc3339_opts(SecondsFormat::Secs, true);
            let fields = fields(&own);
            view! {
                <li>
                    <ActionForm action=acts.change>
                        {fields}
                        <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value busy=acts.change.pending()>
                            {words}
                        </Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    let offers = detail
        .others
        .iter()
        .map(|offer| {
            (
                format!("{}.{}", offer.therapist.therapist, offer.service.service),
                format!("{}, {}", offer.therapist.name, words::service(&offer.service)),
            )
        })
        .collect();
    let (date, clock) = (
        detail.therapist_when.date.to_string(),
        detail.therapist_when.from.clone(),
    );
    let fields = fields("");
    view! {
        <details class="unfold" id=CHANGE open=refused.with_untracked(Option::is_some)>
            <summary>"Change time or therapist " <kbd aria-hidden="true">"c"</kbd></summary>
            <Failed failure=refused/>
            <p class="fine">"Only after the patient agreed. The new time is kept at once and the old one is free; the request stays requested."</p>
            <ul class="times" aria-label="Nearest free times">{nearest}</ul>
            <ActionForm action=acts.change attr:class="form">
                {fields}
                <FormRow>
                    <Select name="offer" label="Therapist and kind of visit" options=offers value=own error=failure_at(refused, "offer")/>
                    <Field name="date" label="Day" input_type="date" value=date error=failure_at(refused, "date")/>
                    <Field name="clock" label="Time, on the therapist's clock" input_type="time" value=clock error=failure_at(refused, "clock")/>
                </FormRow>
                <Overbook refused limit=detail.text_limit/>
                <div><Button button_type=ButtonType::Submit busy=acts.change.pending() busy_text="Changing">"Change"</Button></div>
            </ActionForm>
        </details>
    }
    .into_any()
}
