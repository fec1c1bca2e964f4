//! A disc that fills or shrinks, without numbers: for children, and where a bar has no room.

use leptos::prelude::*;

/// The circle's circumference in drawing units, so that a share is a length in percent.
const WHOLE: f64 = 100.0;

/// A disc showing `value` of `max`.
///
/// ```ignore
/// <Ring label="Time until we start" value=left max=600.0/>
/// ```
#[component]
pub fn Ring(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<f64>,
    #[prop(default = Signal::stored(100.0), into)] max: Signal<f64>,
) -> impl IntoView {
    let share = move || {
        let max = max.get();
        if max > 0.0 {
            (value.get() / max).clamp(0.0, 1.0) * WHOLE
        } else {
            0.0
        }
    };
    let dash = move || format!("{:.1} {WHOLE}", share());
    let now = move || format!("{:.0}", share());
    view! {
        <svg
            class="ring"
            viewBox="0 0 36 36"
            role="meter"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=now
        >
            <circle class="ring-ground" cx="18" cy="18" r="15"/>
            <circle class="ring-value" cx="18" cy="18" r="15" pathLength="100" stroke-dasharray=dash/>
        </svg>
    }
}
