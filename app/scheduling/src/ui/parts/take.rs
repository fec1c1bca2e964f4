//! Available times as buttons that take them. One plain form for all, so that it works without script.

use crate::{
    api::{TakeHold, view::SlotView},
    model::ServiceId,
};
use chrono::SecondsFormat;
use kernel::{PatientId, TherapistId};
use kit::prelude::*;
use leptos::prelude::*;

/// The time is computed again on the server (G2): only therapist, service, person and start are sent.
#[component]
pub fn TakeTimes(
    action: ServerAction<TakeHold>,
    therapist: TherapistId,
    service: ServiceId,
    person: PatientId,
    slots: Vec<SlotView>,
    /// The day stands on each button, where no heading says it.
    #[prop(optional)]
    with_day: bool,
    /// Instead of a list of equal times, the one accent action of the page, with these words before the time.
    #[prop(optional, into)]
    primary: Option<String>,
) -> impl IntoView {
    let pending = action.pending();
    let buttons = slots
        .into_iter()
        .map(|slot| {
            let SlotView { starts, day, clock, .. } = slot;
            let value = starts.to_rfc3339_opts(SecondsFormat::Secs, true);
            let spoken = format!("{clock}, {day}");
            match &primary {
                Some(words) => view! {
                    <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit name="starts" value busy=pending>
                        {format!("{words} {day}, {clock}")}
                    </Button>
                }
                .into_any(),
                None => {
                    let words = if with_day { format!("{day}, {clock}") } else { clock };
                    view! {
                        <li>
                            <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="starts" value label=spoken busy=pending>
                                {words}
                            </Button>
                        </li>
                    }
                    .into_any()
                }
            }
        })
        .collect_view();
    let buttons = if primary.is_some() {
        buttons.into_any()
    } else {
        view! { <ul class=if with_day { "times" } else { "times-grid" }>{buttons}</ul> }.into_any()
    };
    view! {
        <ActionForm action>
            <input type="hidden" name="therapist" value=therapist.to_string()/>
            <input type="hidden" name="service" value=service.to_string()/>
            <input type="hidden" name="for_patient" value=person.to_string()/>
            {buttons}
        </ActionForm>
    }
}
