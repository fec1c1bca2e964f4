//! The ways out for a visit whose therapist is away: a proposal, another time or colleague at once, or a cancellation.

use super::{
    Acts, Typed,
    decide::APPROVE,
    propose::{Proposable, ProposeFold},
};
use crate::{
    api::view::{ItemView, VisitBody},
    ui::{
        parts::{Failed, failure_at, hidden},
        place::List,
    },
};
use chrono::SecondsFormat;
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::WayOut,
    model::CancelReason,
    ui::{parts::failure, words},
};

#[component]
pub fn Ways(
    view: ItemView,
    body: VisitBody,
    list: List,
    acts: Acts,
    typed: Typed,
    text: Memo<String>,
) -> impl IntoView {
    let onward = list.item_or_list(view.next);
    let (item, key) = (view.item.to_string(), view.key.to_string());
    let (visit, limit) = (body.visit.visit, body.visit.text_limit);
    let colleague = body.ways.way_out.as_ref().filter(|way| way.colleague);
    let therapist = colleague.map_or_else(String::new, |way| format!("?therapist={}", way.therapist.therapist));
    let other = format!("/desk/visits/{visit}/move{therapist}");
    let moving = match body.ways.way_out.clone() {
        Some(way) => {
            let starts = way.starts.to_rfc3339_opts(SecondsFormat::Secs, true);
            let fields = hidden(&[
                ("item", &item),
                ("key", &key),
                ("to", &onward),
                ("therapist", &way.therapist.therapist.to_string()),
                ("starts", &starts),
            ]);
            view! {
                <p class="fine">"Only after the patient agreed. They hear of it at once."</p>
                <div class="cluster">
                    <ActionForm action=acts.move_affected attr:id=APPROVE>
                        {fields}
                        <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.move_affected.pending() busy_text="Moving">
                            {word(&way)} " " <kbd aria-hidden="true">"a"</kbd>
                        </Button>
                    </ActionForm>
                    <LinkButton href=other>"Another time or therapist"</LinkButton>
                </div>
            }
            .into_any()
        }
        None => view! {
            <p>"Nobody who may give this visit has a free time in the coming weeks."</p>
            <div><LinkButton href=other>"Another time or therapist"</LinkButton></div>
        }
        .into_any(),
    };
    let what = Proposable {
        therapist: body.visit.therapist.clone(),
        nearest: body.ways.nearest,
        others: Vec::new(),
        text_limit: limit,
        becomes: "The visit stays where it is until the patient says yes.",
    };
    view! {
        <Section title="Ways out">
            <Failed failure=failure(acts.move_affected)/>
            {moving}
        </Section>
        <ProposeFold view=view.clone() what list=list.clone() acts typed text/>
        <CancelFold item key onward limit acts/>
    }
}

/// "Move to Theo Test, Wed 25 Nov, 10:00"
fn word(way: &WayOut) -> String {
    let when = format!("{}, {}", way.when.day, way.when.from);
    if way.colleague {
        format!("Move to {}, {when}", way.therapist.name)
    } else {
        format!("Move to {when}")
    }
}

/// A visit that the desk cancels never costs the patient (G12).
#[component]
fn CancelFold(item: String, key: String, onward: String, limit: u32, acts: Acts) -> impl IntoView {
    let refused = failure(acts.cancel_affected);
    let reasons = CancelReason::ALL
        .iter()
        .map(|reason| (reason.as_str().to_owned(), words::cancel_reason(*reason).to_owned()))
        .collect();
    let fields = hidden(&[("item", &item), ("key", &key), ("to", &onward)]);
    view! {
        <details class="unfold" open=refused.with_untracked(Option::is_some)>
            <summary>"Cancel the visit"</summary>
            <ActionForm action=acts.cancel_affected attr:class="form">
                <Failed failure=refused/>
                {fields}
                <p class="fine">"A visit that we cancel costs the patient nothing."</p>
                <Select name="reason" label="Reason" options=reasons value=CancelReason::TherapistAway.as_str() required=true
                    error=failure_at(refused, "reason")/>
                <TextArea name="words" label="Words to the patient" rows=3 maxlength=limit error=failure_at(refused, "words")/>
                <div><Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=acts.cancel_affected.pending() busy_text="Cancelling">"Cancel the visit"</Button></div>
            </ActionForm>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Acts, Item, ItemProps, Typed};
    use crate::{
        api::view::{Body, ItemView, Owner, VisitBody},
        model::{ItemId, Kind},
        ui::place::List,
    };
    use kernel::IdempotencyKey;
    use leptos::prelude::*;
    use scheduling::{
        api::view::{WayOut, WaysOutView},
        model::VisitState,
        ui::testing::{face, render, slot, visit_view, when},
    };
    use uuid::Uuid;

    fn body(kind: Kind) -> VisitBody {
        let starts = "2026-11-26T16:00:00Z";
        let affected = kind == Kind::Affected;
        let ways = WaysOutView {
            way_out: Some(WayOut {
                therapist: face(),
                starts: starts.parse().unwrap(),
                when: when(starts),
                colleague: true,
            }),
            nearest: vec![slot("2026-11-25T16:00:00Z")],
            closure: false,
        };
        VisitBody {
            visit: visit_view(if affected {
                VisitState::Scheduled
            } else {
                VisitState::Ended
            }),
            ways: if affected { ways } else { WaysOutView::default() },
            may_remind: !affected,
        }
    }

    fn page(kind: Kind, body: VisitBody, owner: Option<Owner>) -> String {
        let view = ItemView {
            item: ItemId {
                kind,
                id: body.visit.visit.uuid(),
            },
            owner,
            decided: None,
            previous: None,
            next: None,
            position: 1,
            open: 2,
            templates: Vec::new(),
            waits: true,
            patient: None,
            key: IdempotencyKey::new(Uuid::from_u128(21)),
            body: Body::Visit(Box::new(body)),
        };
        render(|| {
            let text = Memo::new(move |_| String::new());
            Item(ItemProps {
                view,
                list: List::default(),
                acts: Acts::new(),
                typed: Typed::default(),
                text,
                by_hand: scheduling::ui::parts::TypedTime::default(),
            })
            .into_any()
        })
    }

    #[test]
    fn an_affected_visit_has_every_way_out_and_one_that_is_first() {
        let html = page(Kind::Affected, body(Kind::Affected), None);
        for act in [
            "desk/move_affected",
            "desk/propose",
            "desk/cancel_affected",
            "desk/put_aside",
        ] {
            assert!(html.contains(act), "{act}");
        }
        assert!(html.contains("Move to Tess Test, Thu 26 Nov, 10:00") && html.contains("name=\"starts[0]\""));
        assert!(
            html.contains("selected value=\"therapist_away\"") || html.contains("value=\"therapist_away\" selected")
        );
        assert!(html.contains("/move?therapist=") && !html.contains("desk/remind"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn without_a_way_out_the_page_says_so() {
        let mut none = body(Kind::Affected);
        none.ways = WaysOutView::default();
        let html = page(Kind::Affected, none, None);
        assert!(html.contains("Nobody who may give this visit") && !html.contains("desk/move_affected"));
    }

    #[test]
    fn a_therapist_is_reminded_from_here_and_not_twice_a_day() {
        let html = page(Kind::Confirm, body(Kind::Confirm), None);
        assert!(html.contains("desk/remind") && !html.contains("desk/propose"));
        let mut today = body(Kind::Confirm);
        today.may_remind = false;
        let html = page(Kind::Confirm, today, None);
        assert!(html.contains("reminded today") && !html.contains("desk/remind"));
    }

    #[test]
    fn a_colleagues_visit_is_read_only() {
        let owner = Owner {
            name: "Leo Lind".to_owned(),
            mine: false,
            since: when("2026-11-23T20:00:00Z"),
            may_take_over: false,
        };
        let html = page(Kind::Affected, body(Kind::Affected), Some(owner));
        for act in [
            "desk/move_affected",
            "desk/propose",
            "desk/cancel_affected",
            "desk/put_aside",
        ] {
            assert!(!html.contains(act), "{act}");
        }
    }
}
