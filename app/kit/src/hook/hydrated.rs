//! Whether the page is live. What needs script stays hidden until then, so that nobody presses a dead control.

use leptos::prelude::*;

/// False on the server and in the first paint, true once effects run in the browser.
pub fn use_hydrated() -> ReadSignal<bool> {
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move |_| set_hydrated.set(true));
    hydrated
}
