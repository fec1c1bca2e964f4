//! Available times as buttons that take them. One plain form for all, so that it works without script. The time is
//! computed again on the server (G2): only therapist, service, person and start are sent.

use crate::{
    api::{TakeHold, view::SlotView},
    model::ServiceId,
};
use chrono::SecondsFormat;
use kernel::{PatientId, TherapistId};
use kit::prelude::*;
use leptos::prelude::*;

/// Whose time, for whom, for what.
#[derive(Debug, Clone, Copy)]
pub struct Booking {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub person: PatientId,
}

/// Times of equal right.
#[component]
pub fn TakeTimes(
    action: ServerAction<TakeHold>,
    booking: Booking,
    slots: Vec<SlotView>,
    /// The day stands on each button, where no heading says it.
    #[prop(optional)]
    with_day: bool,
    /// Fields that travel along, before the times.
    #[prop(optional, into)]
    along: Option<AnyView>,
) -> impl IntoView {
    let pending = action.pending();
    let buttons = slots
        .into_iter()
        .map(|slot| {
            let spoken = format!("{}, {}", slot.day, slot.clock);
            let words = if with_day { spoken.clone() } else { slot.clock.clone() };
            view! {
                <li>
                    <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value=instant(&slot)
                        label=spoken busy=pending>{words}</Button>
                </li>
            }
        })
        .collect_view();
    let class = if with_day { "times" } else { "times-grid" };
    view! { <TakeForm action booking>{along}<ul class=class>{buttons}</ul></TakeForm> }
}

/// One time as the accent action of a page, with words before it.
#[component]
pub fn TakeOne(action: ServerAction<TakeHold>, booking: Booking, time: SlotView, words: &'static str) -> impl IntoView {
    let text = format!("{words} {}, {}", time.day, time.clock);
    view! {
        <TakeForm action booking>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit name="starts"
                value=instant(&time) busy=action.pending()>{text}</Button>
        </TakeForm>
    }
}

#[component]
fn TakeForm(action: ServerAction<TakeHold>, booking: Booking, children: Children) -> impl IntoView {
    let Booking {
        therapist,
        service,
        person,
    } = booking;
    view! {
        <ActionForm action>
            <input type="hidden" name="therapist" value=therapist.to_string()/>
            <input type="hidden" name="service" value=service.to_string()/>
            <input type="hidden" name="for_patient" value=person.to_string()/>
            {children()}
        </ActionForm>
    }
}

/// The start as forms send it.
pub fn instant(slot: &SlotView) -> String {
    slot.starts.to_rfc3339_opts(SecondsFormat::Secs, true)
}
