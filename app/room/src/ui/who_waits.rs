//! Who waits and how ready their device is, for the therapist's day.

use super::words;
use crate::api::{WaitingNow, who_waits};
use kit::prelude::*;
use leptos::prelude::*;
use std::time::Duration;

/// Each look at somebody who waits is in the audit trail: often enough to be current, not a stream of entries.
const EVERY: Duration = Duration::from_secs(15);

#[component]
pub fn WhoWaits() -> impl IntoView {
    let waiting = Resource::new(|| (), |()| who_waits());
    Effect::new(move |_| {
        // A page that nobody sees does not look.
        let ask = move || {
            if !document().hidden() {
                waiting.refetch();
            }
        };
        if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                // Without an answer the day below still says who waits; the next look asks again.
                let waiting = waiting.await.unwrap_or_default();
                (!waiting.is_empty()).then(|| view! {
                    <ul class="waiting-devices" aria-label="In the waiting room">
                        {waiting.into_iter().map(row).collect_view()}
                    </ul>
                })
            })}
        </Transition>
    }
}

fn row(person: WaitingNow) -> impl IntoView {
    let (tone, state) = if person.ready {
        (Tone::Good, "Ready")
    } else {
        (Tone::Info, "Checking the device")
    };
    view! {
        <li class="fine"><strong>{person.name}</strong> " " <StateChip tone text=state/> " " {words::readiness(&person.readiness)}</li>
    }
}
