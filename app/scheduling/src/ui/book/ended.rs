//! The time is not kept any more: what happened, what was saved, how to go on (M4).

use super::Acts;
use crate::{
    api::view::HoldView,
    model::HoldState,
    ui::parts::{Booking, TakeTimes},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Ended(view: HoldView, acts: Acts) -> impl IntoView {
    match view.state {
        HoldState::Expired => view! { <Expired view acts/> }.into_any(),
        HoldState::Converted => {
            let href = view.request.map_or_else(
                || "/my/calendar".to_owned(),
                |request| format!("/my/requests/{request}"),
            );
            view! {
                <Banner tone=Tone::Good text="This request was sent. Nothing was sent twice.">
                    <LinkButton href kind=ButtonKind::Primary>"See the request"</LinkButton>
                </Banner>
            }
            .into_any()
        }
        HoldState::Released | HoldState::Active => {
            let href = format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient);
            view! {
                <Banner tone=Tone::Plain text=format!("You let {} on {} go.", view.when.from, view.when.day)>
                    <LinkButton href kind=ButtonKind::Primary>"Choose another time"</LinkButton>
                </Banner>
            }
            .into_any()
        }
    }
}

#[component]
fn Expired(view: HoldView, acts: Acts) -> impl IntoView {
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
    let clock = when.from;
    let gone = format!("{clock} is no longer kept for you. Your answers are saved.");
    if still_free {
        return view! {
            <Banner tone=Tone::Warn text=format!("{gone} {clock} is still free: take it again.")/>
            <ActionForm action=acts.retake>
                <input type="hidden" name="hold" value=hold.to_string()/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit busy=acts.retake.pending()>
                    {format!("Take {clock} again")}
                </Button>
            </ActionForm>
        }
        .into_any();
    }
    let booking = Booking {
        therapist: therapist.therapist,
        service: service.service,
        person: person.patient,
    };
    let times = if nearest.is_empty() {
        let href = format!("/my/find/{}?for={}", therapist.therapist, person.patient);
        view! { <LinkButton href kind=ButtonKind::Primary>"Choose another time"</LinkButton> }.into_any()
    } else {
        view! {
            <TakeTimes action=acts.take booking slots=nearest with_day=true/>
        }
        .into_any()
    };
    view! {
        <Banner tone=Tone::Warn text=format!("{gone} {clock} was taken. These times are free now.")/>
        {times}
    }
    .into_any()
}
