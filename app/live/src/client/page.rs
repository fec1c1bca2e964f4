//! What the line needs of the page: its clock, its tab, its address.

use uuid::Uuid;
use wasm_bindgen::JsValue;

/// The page's own clock in milliseconds; it only grows.
pub fn local_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// This tab's id: minted once, kept over a reload, gone with the tab.
pub fn tab_id() -> Uuid {
    const KEY: &str = "live.tab";
    let Some(window) = web_sys::window() else {
        return Uuid::nil();
    };
    let storage = window.session_storage().ok().flatten();
    let kept = storage
        .as_ref()
        .and_then(|storage| storage.get_item(KEY).ok().flatten());
    if let Some(id) = kept.and_then(|text| text.parse().ok()) {
        return id;
    }
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window.crypto() {
        // Without randomness the id is all zero bits: two such tabs would supersede each other, nothing worse.
        let _filled = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    if let Some(storage) = storage {
        // Storage may be blocked; then a reload counts as another tab.
        let _kept = storage.set_item(KEY, &id.to_string());
    }
    id
}

/// `path` of this origin, as a socket's address.
pub(super) fn address(path: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |get: fn(&web_sys::Location) -> Result<String, JsValue>| location.as_ref().and_then(|l| get(l).ok());
    let scheme = if part(web_sys::Location::protocol).as_deref() == Some("https:") {
        "wss"
    } else {
        "ws"
    };
    format!("{scheme}://{}{path}", part(web_sys::Location::host).unwrap_or_default())
}

/// The page is in front, or nobody can say.
pub(super) fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}
