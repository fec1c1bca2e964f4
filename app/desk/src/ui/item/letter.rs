//! A letter that did not arrive: its reader does not know what it had to say.

use super::{Acts, decide::APPROVE, visit::PatientFold};
use crate::{
    api::view::ItemView,
    ui::{
        parts::{Failed, hidden},
        place::List,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use letters::api::DeliveryView;
use scheduling::ui::parts::failure;

#[component]
pub fn LetterItem(
    view: ItemView,
    letter: DeliveryView,
    back: String,
    list: List,
    acts: Acts,
    owner: AnyView,
) -> impl IntoView {
    let to = format!("to {}", letter.to);
    let waits = view.position > 0 && letter.lost;
    let (tone, text) = if waits {
        (
            Tone::Warn,
            "This letter did not arrive, or perhaps did not. Look at the address, then send it again, or tell them by phone.",
        )
    } else {
        (Tone::Plain, "This does not wait any more.")
    };
    let read_only = view.owner.as_ref().is_some_and(|owner| !owner.mine);
    let onward = list.item_or_list(view.next);
    let decide = (waits && !read_only).then(|| {
        let sending = hidden(&[("letter", &letter.letter.to_string()), ("to", &onward)]);
        let known = hidden(&[("item", &view.item.to_string()), ("to", &onward)]);
        view! {
            <div class="decide">
                <ActionForm action=acts.send_letter attr:id=APPROVE>
                    {sending}
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.send_letter.pending() busy_text="Sending">
                        "Send again " <kbd aria-hidden="true">"a"</kbd>
                    </Button>
                </ActionForm>
                <ActionForm action=acts.put_aside>
                    {known}
                    <Button button_type=ButtonType::Submit busy=acts.put_aside.pending()>"They know"</Button>
                </ActionForm>
            </div>
        }
    });
    let visit = letter.visit.map(|visit| {
        view! { <Definition term="About"><a href=format!("/desk/visits/{visit}")>"The visit and all its letters"</a></Definition> }
    });
    let why =
        (!letter.outcome.is_empty()).then(|| view! { <Definition term="Answer">{letter.outcome.clone()}</Definition> });
    let back_href = list.page("");
    view! {
        <PageHeader title=letter.about.clone() subtitle=to back back_href><StateChip tone text=letter.state.clone()/></PageHeader>
        {owner}
        <Banner tone text/>
        <DefinitionList>
            <Definition term="Last try">{letter.at.clone()}</Definition>
            {why}
            {visit}
        </DefinitionList>
        <details class="unfold" id=super::PATIENT open=true><PatientFold view/></details>
        <Failed failure=failure(acts.send_letter)/>
        <Failed failure=failure(acts.put_aside)/>
        {decide}
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Acts, Item, ItemProps, Typed};
    use crate::{
        api::view::{Body, ItemView, Owner},
        model::{ItemId, Kind},
        ui::place::List,
    };
    use kernel::{IdempotencyKey, PatientId};
    use leptos::prelude::*;
    use letters::{api::DeliveryView, model::LetterId};
    use scheduling::ui::testing::{render, when};
    use uuid::Uuid;

    fn item(lost: bool, owner: Option<Owner>) -> String {
        let letter = Uuid::from_u128(20);
        let delivery = DeliveryView {
            letter: LetterId::new(letter),
            about: "A visit is confirmed".to_owned(),
            to: "ana@demo.example".to_owned(),
            state: if lost { "Not sent" } else { "Sent" }.to_owned(),
            at: "Tue 2 Mar, 09:00".to_owned(),
            lost,
            outcome: "550".to_owned(),
            visit: None,
        };
        let view = ItemView {
            item: ItemId {
                kind: Kind::Letter,
                id: letter,
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
            body: Body::Letter(PatientId::new(Uuid::from_u128(22)), Box::new(delivery)),
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
    fn a_lost_letter_is_sent_again_or_its_reader_knows() {
        let html = item(true, None);
        assert!(html.contains("to ana@demo.example") && html.contains("550"));
        assert!(html.contains("desk/send_letter") && html.contains("desk/put_aside"));
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
    }

    #[test]
    fn one_that_left_or_is_a_colleagues_is_read_only() {
        let owner = Owner {
            name: "Leo Lind".to_owned(),
            mine: false,
            since: when("2026-11-23T20:00:00Z"),
            may_take_over: false,
        };
        for html in [item(false, None), item(true, Some(owner))] {
            assert!(
                !html.contains("desk/send_letter") && !html.contains("desk/put_aside"),
                "{html}"
            );
        }
    }
}
