//! Somebody who waits for a time: what fits, what was offered, and an offer by hand. Plain forms: after each the page is loaded
//! anew, so that the list beside it is true as well.

use crate::{
    api::view::ItemView,
    ui::{
        parts::{Failed, failure_at, hidden},
        place::List,
    },
};
use chrono::SecondsFormat;
use kit::prelude::*;
use leptos::{prelude::*, server_fn::ServerFn};
use scheduling::{
    api::{
        OfferByHand, WithdrawOffer,
        view::{OfferLine, WishDetail},
    },
    model::{OfferState, WishState},
    ui::{
        offer_word,
        parts::{TypedTime, failure},
        whens, with_whom,
    },
};

#[component]
pub fn WishItem(
    view: ItemView,
    detail: WishDetail,
    back: String,
    list: List,
    owner: AnyView,
    by_hand: TypedTime,
) -> impl IntoView {
    let wish = &detail.wish;
    let title = format!("{} waits for a time", wish.person.name);
    let subtitle = with_whom(wish);
    let waits = wish.state == WishState::Waiting;
    let text = match (waits, wish.open()) {
        (false, _) => "This does not wait any more.".to_owned(),
        (true, Some(offer)) => format!(
            "{}, {} is kept for the patient until {}, {}.",
            offer.when.day, offer.when.from, offer.kept_until.day, offer.kept_until.from
        ),
        (true, None) => "The next free time that fits is offered by itself. You can offer one by hand.".to_owned(),
    };
    let read_only = view.owner.as_ref().is_some_and(|owner| !owner.mine);
    let by_hand = (detail.can_offer && !read_only).then(|| view! { <ByHand detail=detail.clone() typed=by_hand/> });
    let sooner = wish.sooner_than.as_ref().zip(wish.visit).map(|(when, visit)| {
        let text = format!("{}, {}", when.day, when.from);
        view! { <Definition term="Sooner than"><a href=format!("/desk/visits/{visit}")>{text}</a></Definition> }
    });
    let request = wish.request.map(|request| {
        view! { <Definition term="Instead of"><a href=format!("/desk/queue/{request}")>"a request whose time was gone"</a></Definition> }
    });
    let reason = (!detail.reason.is_empty()).then(|| {
        view! { <Definition term="Why"><p class="quote">{detail.reason.clone()}</p></Definition> }
    });
    let fits = format!("{}, {}", whens(&wish.days, &wish.parts), wish.until.zone.label);
    let until = format!("{}, {}", wish.until.day, wish.until.from);
    let since = format!("{}, {}", wish.joined.day, wish.joined.from);
    let offers = view! { <Offers offers=wish.offers.clone() key=detail.key.to_string() read_only/> };
    let back_href = list.page("");
    view! {
        <PageHeader title subtitle back back_href/>
        {owner}
        <Banner text/>
        <DefinitionList>
            <Definition term="Fits">{fits}</Definition>
            {sooner}
            {request}
            <Definition term="Waits since">{since}</Definition>
            <Definition term="Until">{until}</Definition>
            {reason}
        </DefinitionList>
        {by_hand}
        {offers}
        <details class="unfold" id=super::PATIENT open=true><super::visit::PatientFold view=view.clone()/></details>
    }
}

/// A free time that fits as a button, or any other one typed; what was refused stands there again.
#[component]
fn ByHand(detail: WishDetail, typed: TypedTime) -> impl IntoView {
    let refused = failure(ServerAction::<OfferByHand>::new());
    let (wish, key) = (detail.wish.wish.to_string(), detail.key.to_string());
    let fits = detail
        .fits
        .iter()
        .map(|slot| {
            let value = slot.starts.to_rfc3339_opts(SecondsFormat::Secs, true);
            let words = format!("{}, {}", slot.day, slot.clock);
            view! { <li><Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value>{words}</Button></li> }
        })
        .collect_view();
    let therapist = (!detail.anyone.is_empty()).then(|| {
        let options = detail
            .anyone
            .iter()
            .map(|face| (face.therapist.to_string(), face.name.clone()))
            .collect();
        view! { <Select name="therapist" label="Therapist" options value=typed.therapist error=failure_at(refused, "therapist")/> }
    });
    let fields = move || hidden(&[("wish", &wish), ("key", &key)]);
    view! {
        <Section title="Offer a time">
            <Failed failure=refused/>
            <form method="post" action=OfferByHand::PATH>
                {fields()}
                <ul class="times" aria-label="Free times that fit">{fits}</ul>
            </form>
            <form method="post" action=OfferByHand::PATH class="form">
                {fields()}
                <FormRow>
                    {therapist}
                    <Field name="date" label="Day" input_type="date" value=typed.date error=failure_at(refused, "date")/>
                    <Field name="clock" label="Time, on the therapist's clock" input_type="time" value=typed.clock error=failure_at(refused, "clock")/>
                    <Button button_type=ButtonType::Submit>"Offer this time"</Button>
                </FormRow>
            </form>
        </Section>
    }
}

/// What was offered, and the way to take back what waits for an answer.
#[component]
fn Offers(offers: Vec<OfferLine>, key: String, read_only: bool) -> impl IntoView {
    if offers.is_empty() {
        return ().into_any();
    }
    let refused = failure(ServerAction::<WithdrawOffer>::new());
    let rows = offers
        .into_iter()
        .map(|offer| {
            let what = format!("{}, {} with {}", offer.when.day, offer.when.from, offer.therapist.name);
            let made = format!(
                "Offered {}, {}{}",
                offer.made.day,
                offer.made.from,
                if offer.by_hand { ", by our team" } else { "" }
            );
            let back = (offer.state == OfferState::Open && !read_only).then(|| {
                let fields = hidden(&[("offer", &offer.offer.to_string()), ("key", &key)]);
                view! {
                    <form method="post" action=WithdrawOffer::PATH>
                        {fields}
                        <Button size=ButtonSize::Small button_type=ButtonType::Submit>"Take the offer back"</Button>
                    </form>
                }
            });
            view! {
                <li class="cluster">
                    <span class="strong">{what}</span>
                    <span>{offer_word(offer.state)}</span>
                    <span class="fine">{made}</span>
                    {back}
                </li>
            }
        })
        .collect_view();
    view! { <Section title="Offers"><Failed failure=refused/><ul class="stack">{rows}</ul></Section> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::ByHandProps;
    use leptos::prelude::*;
    use scheduling::{
        api::view::{WishDetail, WishView},
        model::{WishId, WishState},
        ui::{
            parts::TypedTime,
            testing::{face, person, render, service, when},
        },
    };
    use uuid::Uuid;

    #[test]
    fn what_was_refused_stands_in_the_form_again() {
        let tess = face();
        let detail = WishDetail {
            wish: WishView {
                wish: WishId::new(Uuid::from_u128(30)),
                state: WishState::Waiting,
                person: person(),
                therapist: None,
                service: service(),
                visit: None,
                sooner_than: None,
                request: None,
                days: Vec::new(),
                parts: Vec::new(),
                joined: when("2026-11-20T18:02:00Z"),
                until: when("2026-12-20T18:02:00Z"),
                offers: Vec::new(),
                key: kernel::IdempotencyKey::new(Uuid::from_u128(31)),
            },
            reason: String::new(),
            fits: Vec::new(),
            anyone: vec![tess.clone()],
            can_offer: true,
            key: kernel::IdempotencyKey::new(Uuid::from_u128(32)),
        };
        let typed = TypedTime {
            therapist: tess.therapist.to_string(),
            date: "2026-12-01".to_owned(),
            clock: "16:30".to_owned(),
        };
        let html = render(|| super::ByHand(ByHandProps { detail, typed }).into_any());
        assert!(
            html.contains("value=\"2026-12-01\"") && html.contains("value=\"16:30\""),
            "{html}"
        );
        assert!(html.contains("selected"), "{html}");
    }
}
