//! What the reader and their people wait for, with the time that is kept for them, and the way out.

use super::model::{whens, with_whom};
use crate::{
    api::{self, LeaveWaitlist, view::WishView},
    ui::{
        parts::{ActFailed, ZoneLine, done, failure, loaded},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn MyWaitlistPage() -> impl IntoView {
    let leave = ServerAction::<LeaveWaitlist>::new();
    let left = done(leave);
    let list = Resource::new(move || left.get(), |_| api::my_waitlist());
    view! {
        <Title text="Waiting list"/>
        <PageHeader title="Waiting list" back="Calendar" back_href="/my/calendar"/>
        <div class="stack" data-gap="large">
            <ActFailed failure=failure(leave)/>
            {loaded(list, SkeletonKind::Cards, 2, move |view| view! { <Wishes wishes=view.wishes leave/> }.into_any())}
        </div>
    }
}

#[component]
fn Wishes(wishes: Vec<WishView>, leave: ServerAction<LeaveWaitlist>) -> impl IntoView {
    if wishes.is_empty() {
        return view! {
            <EmptyState icon="calendar" text="You wait for nothing now. Where no time fits, choose: Tell me if something sooner opens.">
                <LinkButton href="/my/find" kind=ButtonKind::Primary>"Find a therapist"</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let zone = wishes.first().map(|wish| wish.until.zone.clone());
    let rows = wishes
        .into_iter()
        .map(|wish| view! { <li><Wish wish leave/></li> })
        .collect_view();
    view! {
        {zone.map(|zone| view! { <ZoneLine zone/> })}
        <ul class="stack">{rows}</ul>
    }
    .into_any()
}

#[component]
fn Wish(wish: WishView, leave: ServerAction<LeaveWaitlist>) -> impl IntoView {
    let title = with_whom(&wish);
    let offered = wish.open().cloned().map(|offer| {
        let text = format!(
            "{}, {} is free. It is kept for you until {}, {}.",
            offer.when.day, offer.when.from, offer.kept_until.day, offer.kept_until.from
        );
        view! {
            <Banner tone=Tone::Good text>
                <LinkButton href=format!("/my/waitlist/{}", offer.offer) kind=ButtonKind::Primary>"See the time"</LinkButton>
            </Banner>
        }
    });
    let sooner = wish.sooner_than.clone().zip(wish.visit).map(|(when, visit)| {
        view! {
            <Definition term="Sooner than">
                <a href=format!("/my/visits/{visit}")>{format!("{}, {}", when.day, when.from)}</a>
            </Definition>
        }
    });
    let request = wish.request.map(|request| {
        view! { <Definition term="Instead of"><a href=format!("/my/requests/{request}")>"the time that was gone"</a></Definition> }
    });
    let until = format!("{}, {}", wish.until.day, wish.until.from);
    let fits = whens(&wish.days, &wish.parts);
    let whom = words::whom(&wish.person);
    view! {
        <Card title>
            {offered}
            <DefinitionList>
                <Definition term="For">{whom}</Definition>
                {sooner}
                {request}
                <Definition term="Fits">{fits}</Definition>
                <Definition term="Until">{until}</Definition>
            </DefinitionList>
            <ActionForm action=leave attr:class="cluster">
                <input type="hidden" name="wish" value=wish.wish.to_string()/>
                <input type="hidden" name="key" value=wish.key.to_string()/>
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit busy=leave.pending() busy_text="Leaving">"Leave the waiting list"</Button>
            </ActionForm>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::testing::wish, WishesProps};
    use crate::{
        api::view::WishView,
        model::OfferState,
        ui::testing::{render, when},
    };
    use kernel::VisitId;
    use leptos::prelude::*;
    use uuid::Uuid;

    fn page(wishes: Vec<WishView>) -> String {
        render(|| {
            super::Wishes(WishesProps {
                wishes,
                leave: ServerAction::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_kept_time_is_the_one_accent_of_its_wish() {
        let html = page(vec![wish(Some(OfferState::Open)), wish(None)]);
        assert_eq!(html.matches("data-kind=\"primary\"").count(), 1);
        assert!(html.contains("Tue 24 Nov, 10:00 is free. It is kept for you until Mon 23 Nov, 14:00."));
        assert_eq!(html.matches("scheduling/leave_waitlist").count(), 2);
        assert!(!page(vec![wish(Some(OfferState::Expired))]).contains("See the time"));
    }

    #[test]
    fn a_wish_for_something_sooner_names_the_visit() {
        let mut sooner = wish(None);
        sooner.visit = Some(VisitId::new(Uuid::from_u128(4)));
        sooner.sooner_than = Some(when("2026-11-27T20:15:00Z"));
        let html = page(vec![sooner]);
        assert!(html.contains("Sooner than") && html.contains("Fri 27 Nov, 14:15"));
        assert!(html.contains("href=\"/my/visits/00000000-0000-0000-0000-000000000004\""));
    }

    #[test]
    fn an_empty_list_says_how_to_get_on_it() {
        let html = page(Vec::new());
        assert!(html.contains("Tell me if something sooner opens") && html.contains("/my/find"));
    }
}
