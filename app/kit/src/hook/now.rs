//! The browser's clock. Rules never use it: they get their time from the server.

use leptos::prelude::*;

/// Milliseconds since 1970 by the browser's clock; 0 on the server.
pub fn now_ms() -> i64 {
    if cfg!(target_arch = "wasm32") {
        whole(js_sys::Date::now())
    } else {
        0
    }
}

/// When the answer with this page arrived, by the browser's clock: the moment the server's "now" in the page was true.
/// `None` where the browser does not tell.
pub fn response_start_ms() -> Option<i64> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let start = whole(window().performance()?.timing().response_start());
    (start > 0).then_some(start)
}

/// Whether this component is being attached to markup that came with the page, rather than built after a navigation.
pub fn is_hydrating() -> bool {
    Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
const fn whole(ms: f64) -> i64 {
    ms as i64
}
