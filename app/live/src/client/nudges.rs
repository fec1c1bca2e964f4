//! What the page hears about its network and itself: each of these is a reason to look at the line at once.

use super::{inner::Inner, page::is_visible};
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// Listeners that end when dropped.
pub(super) struct Nudges(Vec<Nudge>);

struct Nudge {
    target: EventTarget,
    kind: &'static str,
    hear: Closure<dyn FnMut(Event)>,
}

impl Nudges {
    pub(super) fn of(inner: &Rc<Inner>) -> Self {
        let Some(window) = web_sys::window() else {
            return Self(Vec::new());
        };
        let mut heard: Vec<(EventTarget, &'static str)> = vec![
            // Back in the network.
            (window.clone().into(), "online"),
            // Taken out of the browser's store of left pages.
            (window.clone().into(), "pageshow"),
        ];
        // Back in front: the device may have slept.
        heard.extend(window.document().map(|document| (document.into(), "visibilitychange")));
        Self(
            heard
                .into_iter()
                .map(|(target, kind)| {
                    let weak = Rc::downgrade(inner);
                    let hear = Closure::<dyn FnMut(Event)>::new(move |_| {
                        if let Some(inner) = weak.upgrade().filter(|_| is_visible()) {
                            inner.nudged();
                        }
                    });
                    // Without the event the steps of the back-off still lead back.
                    let _listens = target.add_event_listener_with_callback(kind, hear.as_ref().unchecked_ref());
                    Nudge { target, kind, hear }
                })
                .collect(),
        )
    }
}

impl Drop for Nudges {
    fn drop(&mut self) {
        for Nudge { target, kind, hear } in &self.0 {
            // The window may be gone already; then so is the listener.
            let _removed = target.remove_event_listener_with_callback(kind, hear.as_ref().unchecked_ref());
        }
    }
}
