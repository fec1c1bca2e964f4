//! How far something is, with a number beside the bar.

use leptos::prelude::*;

/// A bar with its words. `text` says it for people ("7 of 9", "52 %"); without it the bar speaks for itself in percent.
///
/// ```ignore
/// <Progress label="Material" value=move || loaded.get() max=9.0 text=move || format!("{} of 9", loaded.get())/>
/// ```
#[component]
pub fn Progress(
    #[prop(into)] label: String,
    #[prop(into)] value: Signal<f64>,
    #[prop(default = Signal::stored(100.0), into)] max: Signal<f64>,
    #[prop(optional, into)] text: Signal<Option<String>>,
    /// The label is spoken but not shown.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    let words = move || text.get().unwrap_or_else(|| percent(value.get(), max.get()));
    view! {
        <label class="progress">
            <span class="progress-label" class:visually-hidden=label_hidden>{label}</span>
            <progress value=move || value.get().to_string() max=move || max.get().to_string()></progress>
            <span class="progress-words">{words}</span>
        </label>
    }
}

fn percent(value: f64, max: f64) -> String {
    let share = if max > 0.0 { (value / max).clamp(0.0, 1.0) } else { 0.0 };
    format!("{:.0} %", (share * 100.0).floor())
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percent_is_never_rounded_up_to_done() {
        assert_eq!(percent(99.9, 100.0), "99 %");
        assert_eq!(percent(9.0, 9.0), "100 %");
        assert_eq!(percent(1.0, 0.0), "0 %");
    }
}
