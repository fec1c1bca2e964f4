//! Times, as the server prepared them.

use crate::api::view::When;
use chrono::{DateTime, FixedOffset, Offset, SecondsFormat, Utc};
use kit::prelude::*;
use leptos::prelude::*;

/// Start and end.
fn span(when: &When) -> TimeParts {
    TimeParts {
        until: Some(when.until.clone()),
        ..time(when)
    }
}

/// The start alone.
fn time(when: &When) -> TimeParts {
    let offset = FixedOffset::east_opt(when.zone.offset_minutes * 60).unwrap_or_else(|| Utc.fix());
    TimeParts {
        at_ms: when.starts.timestamp_millis(),
        iso: when
            .starts
            .with_timezone(&offset)
            .to_rfc3339_opts(SecondsFormat::Secs, true),
        day: when.day.clone(),
        clock: when.from.clone(),
        until: None,
        zone: Some(when.zone.label.clone()),
    }
}

/// "Tue 24 Nov, 10:00 to 10:45"
#[component]
pub fn Span(when: When, #[prop(optional)] relative: bool, #[prop(optional)] zone: bool) -> impl IntoView {
    view! { <LocalTime time=span(&when) relative zone/> }
}

/// "Tue 24 Nov, 10:00"
#[component]
pub fn At(when: When) -> impl IntoView {
    view! { <LocalTime time=time(&when)/> }
}

/// "in 2 days", once the page is live; the place is kept by whoever shows it.
#[component]
pub fn Relative(at: DateTime<Utc>) -> impl IntoView {
    let hydrated = use_hydrated();
    move || {
        hydrated
            .get()
            .then(|| kit::show::relative_words(at.timestamp_millis() - kit::hook::now_ms()))
    }
}

#[cfg(test)]
mod tests {
    use super::{span, time};
    use crate::ui::testing::when;

    #[test]
    fn a_time_carries_its_offset_for_machines() {
        let parts = time(&when("2026-11-24T16:00:00Z"));
        assert_eq!(parts.iso, "2026-11-24T10:00:00-06:00");
        assert_eq!((parts.day.as_str(), parts.clock.as_str()), ("Tue 24 Nov", "10:00"));
        assert_eq!(span(&when("2026-11-24T16:00:00Z")).until.unwrap(), "10:45");
    }
}
