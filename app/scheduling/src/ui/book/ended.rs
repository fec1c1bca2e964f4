//! The time is not kept any more: what happened, what was saved, how to go on (M4). The text stays on the page and travels
//! with whatever is pressed next.

use super::{
    Acts,
    reason::{Draft, Reason},
};
use crate::{
    api::view::HoldView,
    model::HoldState,
    ui::parts::{Booking, TakeTimes},
};
use kit::prelude::*;
use leptos::prelude::*;

/// Sent, or let go.
#[component]
pub fn Ended(view: HoldView) -> impl IntoView {
    if view.state == HoldState::Converted {
        let href = view.request.map_or_else(
            || "/my/calendar".to_owned(),
            |request| format!("/my/requests/{request}"),
        );
        return view! {
            <Banner tone=Tone::Good text="This request was sent. Nothing was sent twice.">
                <LinkButton href kind=ButtonKind::Primary>"See the request"</LinkButton>
            </Banner>
        }
        .into_any();
    }
    let href = format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient);
    view! {
        <Banner tone=Tone::Plain text=format!("You let {} on {} go.", view.when.from, view.when.day)>
            <LinkButton href kind=ButtonKind::Primary>"Choose another time"</LinkButton>
        </Banner>
    }
    .into_any()
}

/// What to do about a time that ran out; its notice is `ExpiredNotice`.
#[component]
pub fn Expired(view: HoldView, acts: Acts, draft: Draft) -> impl IntoView {
    let HoldView {
        hold,
        when,
        therapist,
        service,
        person,
        nearest,
        still_free,
        ..
    } = view;
    if still_free {
        let take = format!("Take {} again", when.from);
        return view! {
            <ActionForm action=acts.retake attr:class="form">
                <input type="hidden" name="hold" value=hold.to_string()/>
                <Reason draft/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit busy=acts.retake.pending()>
                    {take}
                </Button>
            </ActionForm>
        }
        .into_any();
    }
    if nearest.is_empty() {
        let href = format!("/my/find/{}?for={}", therapist.therapist, person.patient);
        return view! { <LinkButton href kind=ButtonKind::Primary>"Choose another time"</LinkButton> }.into_any();
    }
    let booking = Booking {
        therapist: therapist.therapist,
        service: service.service,
        person: person.patient,
    };
    let along = view! {
        <input type="hidden" name="instead_of" value=hold.to_string()/>
        <Reason draft/>
    }
    .into_any();
    view! { <TakeTimes action=acts.take booking slots=nearest with_day=true along/> }.into_any()
}

#[component]
pub fn ExpiredNotice(view: HoldView) -> impl IntoView {
    let clock = view.when.from;
    let now = if view.still_free {
        format!("{clock} is still free: take it again.")
    } else {
        format!("{clock} was taken. These times are free now.")
    };
    view! { <Banner tone=Tone::Warn text=format!("{clock} is no longer kept for you. Your answers are saved. {now}")/> }
}
