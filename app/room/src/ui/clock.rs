//! Times of the live views, in the zone of this device: "10:00", "12 min".

use chrono::{DateTime, Utc};
use wasm_bindgen::JsValue;

/// Hours and minutes of an instant where this device is.
pub fn clock(at: DateTime<Utc>) -> String {
    clock_ms(ms(at))
}

pub fn clock_ms(at: f64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(at));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
pub fn ms(at: DateTime<Utc>) -> f64 {
    at.timestamp_millis() as f64
}
