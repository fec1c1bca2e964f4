//! Listeners and timers that end when their owner is dropped, and the two clocks of the page.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// An event listener that is removed when dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    pub fn new(target: &EventTarget, kind: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        let callback = Closure::<dyn FnMut(Event)>::new(hear);
        let function = callback.as_ref().unchecked_ref();
        // Refusal is possible only for a foreign or detached window, where nothing can be heard anyway.
        let _ = target.add_event_listener_with_callback(kind, function);
        Self {
            target: target.clone(),
            kind,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.kind, function);
    }
}

/// A repeated call that stops when dropped.
pub struct Ticker {
    handle: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Ticker {
    pub fn every(millis: i32, tick: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(tick);
        let handle = web_sys::window().and_then(|window| {
            let function = callback.as_ref().unchecked_ref();
            window
                .set_interval_with_callback_and_timeout_and_arguments_0(function, millis)
                .ok()
        });
        Self {
            handle,
            _callback: callback,
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        if let (Some(window), Some(handle)) = (web_sys::window(), self.handle) {
            window.clear_interval_with_handle(handle);
        }
    }
}

/// Milliseconds since the page opened; never jumps.
pub fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

pub fn page_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// A plain object, for the many calls that take a dictionary.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh plain object cannot be refused.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object
}

/// The field of an object, `undefined` when it has none.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}
