//! An instant, shown in parts that the server prepared in the viewer's zone. Relative words are added after hydration,
//! in space that was reserved for them: the first paint is the same on both sides.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::hook::{now_ms, use_hydrated};

/// An instant, ready to show. Made on the server, where the time zones are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TimeParts {
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// RFC 3339 with offset, for `<time datetime>`.
    pub iso: String,
    /// "Tue 24 Nov", or "Tue 24 Nov 2027" in another year.
    pub day: String,
    /// "10:00".
    pub clock: String,
    /// The end on the same day, "10:45".
    pub until: Option<String>,
    /// "Chicago (Central)", where it can differ from the other person's.
    pub zone: Option<String>,
}

/// "Tue 24 Nov, 10:00 to 10:45", perhaps with the zone and "in 2 days".
///
/// ```ignore
/// <LocalTime time=visit.starts.clone()/>
/// <LocalTime time=visit.starts.clone() relative=true zone=true/>
/// <LocalTime time clock_only=true/>
/// ```
#[component]
pub fn LocalTime(
    time: TimeParts,
    /// Adds "in 2 days" once the page is live.
    #[prop(optional)]
    relative: bool,
    /// Adds the zone's name.
    #[prop(optional)]
    zone: bool,
    /// Leaves the day out: the heading above says it.
    #[prop(optional)]
    clock_only: bool,
) -> impl IntoView {
    let TimeParts {
        at_ms,
        iso,
        day,
        clock,
        until,
        zone: zone_name,
    } = time;
    let clocks = match until {
        Some(until) => format!("{clock} to {until}"),
        None => clock,
    };
    let words = if clock_only { clocks } else { format!("{day}, {clocks}") };
    view! {
        <span class="local-time">
            <time datetime=iso>{words}</time>
            {zone.then_some(zone_name).flatten().map(|zone| view! { <span class="local-time-zone">{zone}</span> })}
            {relative.then(|| view! { <Relative at_ms/> })}
        </span>
    }
}

#[component]
fn Relative(at_ms: i64) -> impl IntoView {
    let hydrated = use_hydrated();
    view! {
        <span class="local-time-relative">
            {move || if hydrated.get() { relative_words(at_ms - now_ms()) } else { String::new() }}
        </span>
    }
}

/// "in 20 minutes", "in 2 days", "now", "3 hours ago": whole units, rounded down, never two of them.
pub fn relative_words(ms: i64) -> String {
    const MINUTE: i64 = 60_000;
    let distance = ms.abs();
    let (count, unit) = match distance / MINUTE {
        0 => return "now".to_owned(),
        minutes @ 1..60 => (minutes, "minute"),
        minutes @ 60..1440 => (minutes / 60, "hour"),
        minutes => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if ms < 0 {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::relative_words;

    #[test]
    fn relative_words_use_one_whole_unit() {
        let minute = 60_000;
        assert_eq!(relative_words(30_000), "now");
        assert_eq!(relative_words(-59_999), "now");
        assert_eq!(relative_words(minute), "in 1 minute");
        assert_eq!(relative_words(20 * minute + 59_000), "in 20 minutes");
        assert_eq!(relative_words(-60 * minute), "1 hour ago");
        assert_eq!(relative_words(48 * 60 * minute), "in 2 days");
    }
}
