//! "in 20 minutes" beside an absolute time. It depends on the reader's clock, so it is added after hydration, into
//! space that is already there.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

/// The distance in words; nothing beyond two weeks, where a date says more.
pub fn words(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    let minutes = (to - from).num_seconds().div_euclid(60);
    let distance = minutes.abs();
    let (count, unit) = match distance {
        0 => return Some("now".to_owned()),
        1..HOUR => (distance, "minute"),
        HOUR..DAY => ((distance + HOUR / 2) / HOUR, "hour"),
        DAY..=20_160 => ((distance + DAY / 2) / DAY, "day"),
        _ => return None,
    };
    let plural = if count == 1 { "" } else { "s" };
    Some(if minutes < 0 {
        format!("{count} {unit}{plural} ago")
    } else {
        format!("in {count} {unit}{plural}")
    })
}

/// How far an instant is from now, once the page lives.
#[component]
pub fn Relative(at: DateTime<Utc>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    Effect::new(move |_| {
        let show = move || text.set(now().and_then(|now| words(now, at)).unwrap_or_default());
        show();
        if let Ok(timer) = set_interval_with_handle(show, std::time::Duration::from_secs(30)) {
            on_cleanup(move || timer.clear());
        }
    });
    view! { <span class="relative muted">{text}</span> }
}

/// The browser's clock; effects run nowhere else.
fn now() -> Option<DateTime<Utc>> {
    #[cfg(feature = "hydrate")]
    {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this era fit an i64 exactly")]
        DateTime::from_timestamp_millis(js_sys::Date::now() as i64)
    }
    #[cfg(not(feature = "hydrate"))]
    None
}

#[cfg(test)]
mod tests {
    use super::words;
    use chrono::{DateTime, Duration, Utc};

    fn from_now(distance: Duration) -> Option<String> {
        let now: DateTime<Utc> = "2026-11-22T16:00:00Z".parse().unwrap();
        words(now, now + distance)
    }

    #[test]
    fn distances_are_said_in_the_largest_unit_that_fits() {
        assert_eq!(from_now(Duration::seconds(20)).unwrap(), "now");
        assert_eq!(from_now(Duration::minutes(1)).unwrap(), "in 1 minute");
        assert_eq!(from_now(Duration::minutes(59)).unwrap(), "in 59 minutes");
        assert_eq!(from_now(Duration::minutes(100)).unwrap(), "in 2 hours");
        assert_eq!(from_now(Duration::days(2)).unwrap(), "in 2 days");
        assert_eq!(from_now(Duration::minutes(-5)).unwrap(), "5 minutes ago");
        assert_eq!(from_now(Duration::days(-3)).unwrap(), "3 days ago");
    }

    #[test]
    fn far_away_a_date_says_more() {
        assert_eq!(from_now(Duration::days(15)), None);
        assert_eq!(from_now(Duration::days(-40)), None);
    }
}
