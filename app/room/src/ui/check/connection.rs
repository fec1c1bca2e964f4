//! "Does the room's line get through?"

use crate::client::probe::{Probe, Reach};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn ConnectionPage(reach: RwSignal<Option<Reach>>, on_done: Callback<()>) -> impl IntoView {
    let probe = StoredValue::new_local(None::<Probe>);
    let look = move || {
        reach.set(None);
        probe.set_value(Some(Probe::start(move |found| {
            // The first word counts: what the patience says after an answer is late.
            if reach.try_get_untracked() == Some(None) {
                reach.set(Some(found));
            }
        })));
    };
    look();
    view! {
        <h1>"The connection to the room"</h1>
        <div class="screen sound-screen"><Icon name=Signal::derive(move || picture(reach.get()))/></div>
        <p role="status">{move || connection(reach.get())}</p>
        {move || (reach.get() == Some(Reach::Shut)).then(|| view! {
            <ul class="help-steps" role="alert">
                <li>"Is this device in the network? Open another page to see."</li>
                <li>"A network at work or school may shut video out. Try the network at home, or a telephone's."</li>
                <li>"Switch a VPN off, then press Try again."</li>
            </ul>
        })}
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=on_done>"Go on"</Button>
            {move || reach.get().map(|_| view! { <Button icon="refresh" on_press=look>"Try again"</Button> })}
        </div>
    }
}

pub fn connection(reach: Option<Reach>) -> &'static str {
    match reach {
        None => "Connection: we look.",
        Some(Reach::Good) => "Connection ok.",
        Some(Reach::Slow) => "Connection slow: the picture may stop now and then.",
        Some(Reach::Shut) => "Connection: the room does not answer.",
    }
}

const fn picture(reach: Option<Reach>) -> &'static str {
    match reach {
        Some(Reach::Shut) => "wifi-off",
        _ => "wifi",
    }
}
