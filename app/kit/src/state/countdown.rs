//! Time that runs out: a hold, a code. The first paint shows until when, in words the server made; once the page is live
//! it counts. Screen readers hear it at one minute and at the end, not every second.

use std::time::Duration;

use leptos::prelude::*;

use crate::hook::{is_hydrating, now_ms, response_start_ms};

/// The second at which screen readers (and `on_last_minute`) are told.
const LAST_MINUTE: i64 = 60;

/// A bar and "4:12 left", or "3 h 59 min left".
///
/// The two server times are milliseconds since 1970. The browser's clock is used only to measure what passed since then,
/// so a wrong clock does not matter. The server stays the judge: `on_end` should ask it.
///
/// ```ignore
/// <Countdown deadline_ms=hold.until_ms now_ms=hold.now_ms total_s=300 until="until 10:05" on_end=move || hold.refetch()>
///     "10:00 on Tue 24 Nov is kept for you"
/// </Countdown>
/// ```
#[component]
pub fn Countdown(
    deadline_ms: i64,
    /// The server's clock when it wrote this page.
    #[prop(name = "now_ms")]
    server_now_ms: i64,
    /// The whole span in seconds, for the bar.
    total_s: u32,
    /// The end as absolute text, shown until the page is live: "until 10:05".
    #[prop(into)]
    until: String,
    /// Spoken and shown when time is over.
    #[prop(default = "Time is over.".to_owned(), into)]
    over: String,
    #[prop(optional, into)] on_last_minute: Option<Callback<()>>,
    #[prop(optional, into)] on_end: Option<Callback<()>>,
    /// What runs out, and actions at its end.
    children: Children,
) -> impl IntoView {
    let at_first = seconds_until(deadline_ms, server_now_ms);
    let left = RwSignal::new(at_first);
    let live = RwSignal::new(false);
    let told = RwSignal::new("");
    let over = StoredValue::new(over);

    // The server's now was true when its answer arrived, which is earlier than this component's start.
    let arrived = is_hydrating().then(response_start_ms).flatten();
    Effect::new(move |_| {
        let ahead = server_now_ms - arrived.unwrap_or_else(now_ms);
        let tick = move || {
            let before = left.get_untracked();
            let now_left = seconds_until(deadline_ms, now_ms() + ahead);
            left.set(now_left);
            live.set(true);
            if before > LAST_MINUTE && now_left <= LAST_MINUTE && now_left > 0 {
                told.set("One minute left.");
                if let Some(call) = on_last_minute {
                    call.run(());
                }
            }
            if before > 0 && now_left == 0 {
                told.set("");
                if let Some(call) = on_end {
                    call.run(());
                }
            }
        };
        tick();
        // Without a timer (a page being torn down) the absolute text stays true.
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });

    let words = move || match (live.get(), left.get()) {
        (_, 0) => over.get_value(),
        (false, _) => until.clone(),
        (true, left) => format!("{} left", time_left(left)),
    };
    let value = move || left.get().clamp(0, i64::from(total_s)).to_string();
    let state = move || match left.get() {
        0 => "over",
        1..=LAST_MINUTE => "last",
        _ => "running",
    };
    view! {
        <div class="countdown" data-state=state data-live=move || live.get().then_some("true")>
            <div class="countdown-line">
                <span class="countdown-what">{children()}</span>
                <span class="countdown-left" role="timer" aria-live="off">{words}</span>
            </div>
            <progress value=value max=total_s.to_string() aria-hidden="true"></progress>
            <span class="visually-hidden" role="status">
                {move || if left.get() == 0 { over.get_value() } else { told.get().to_owned() }}
            </span>
        </div>
    }
}

/// Whole seconds until `deadline`, rounded up so that "0:00" means over; never negative.
fn seconds_until(deadline_ms: i64, now_ms: i64) -> i64 {
    let ms = deadline_ms.saturating_sub(now_ms).max(0);
    (ms + 999) / 1000
}

/// A clock that runs down; from an hour on hours and minutes, because nobody waits for seconds then.
fn time_left(seconds: i64) -> String {
    match seconds / 60 {
        minutes @ ..60 => format!("{minutes}:{:02}", seconds % 60),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_means_over() {
        assert_eq!(seconds_until(10_000, 9_999), 1);
        assert_eq!(seconds_until(10_000, 10_000), 0);
        assert_eq!(seconds_until(10_000, 20_000), 0);
        assert_eq!(seconds_until(300_000, 0), 300);
    }

    #[test]
    fn time_left_reads_like_a_clock() {
        assert_eq!(time_left(252), "4:12");
        assert_eq!(time_left(9), "0:09");
        assert_eq!(time_left(3_599), "59:59");
        assert_eq!(time_left(14_399), "3 h 59 min");
    }
}
