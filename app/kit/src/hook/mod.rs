//! What components need from the browser. On the server each of these does nothing.

mod hydrated;
mod now;

pub use hydrated::use_hydrated;
pub use now::{is_hydrating, now_ms, response_start_ms};
