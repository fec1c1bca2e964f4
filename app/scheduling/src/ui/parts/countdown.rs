//! The bar above a booking form: how long the chosen time is still kept. Spoken only at one minute and at the end
//! (screens.md S6); a screen reader that counts seconds is no help to anybody.

use leptos::prelude::*;
use std::time::Duration;

/// What is shown and spoken at a number of seconds left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    seconds: u32,
}

impl Left {
    pub const fn new(seconds: u32) -> Self {
        Self { seconds }
    }

    pub const fn after(self, elapsed: u32) -> Self {
        Self {
            seconds: self.seconds.saturating_sub(elapsed),
        }
    }

    pub const fn is_over(self) -> bool {
        self.seconds == 0
    }

    /// From here on a person may ask for more time.
    pub const fn is_short(self) -> bool {
        self.seconds <= 60
    }

    pub fn clock(self) -> String {
        format!("{}:{:02}", self.seconds / 60, self.seconds % 60)
    }

    /// Changes twice only, so that a live region speaks twice only.
    pub const fn spoken(self) -> &'static str {
        match self.seconds {
            0 => "The time is no longer kept for you. Your answers are saved.",
            1..=60 => "One minute left.",
            _ => "",
        }
    }
}

/// Counts down from `seconds` once the page lives; before that it shows the server's figure.
///
/// The seconds before hydration are taken off as well: the page was rendered when it was asked for.
pub fn use_countdown(seconds: u32) -> Signal<Left> {
    let hydrated = is_hydrating();
    let elapsed = RwSignal::new(0);
    Effect::new(move |_| {
        let began = if hydrated { 0.0 } else { page_seconds() };
        let tick = move || {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds since this page opened")]
            elapsed.set((page_seconds() - began).max(0.0) as u32);
        };
        tick();
        if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || timer.clear());
        }
    });
    Signal::derive(move || Left::new(seconds).after(elapsed.get()))
}

fn is_hydrating() -> bool {
    Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}

/// Seconds since this document was asked for; monotonic, whatever the device's clock says.
fn page_seconds() -> f64 {
    #[cfg(feature = "hydrate")]
    {
        window().performance().map_or(0.0, |performance| performance.now() / 1000.0)
    }
    #[cfg(not(feature = "hydrate"))]
    0.0
}

#[cfg(test)]
mod tests {
    use super::Left;

    #[test]
    fn a_countdown_ends_at_zero_and_stays_there() {
        let left = Left::new(300);
        assert_eq!(left.clock(), "5:00");
        assert_eq!(left.after(48).clock(), "4:12");
        assert!(left.after(300).is_over());
        assert!(left.after(4_000).is_over());
    }

    #[test]
    fn it_is_spoken_at_one_minute_and_at_the_end_only() {
        let said: std::collections::BTreeSet<_> = (0..=300).map(|at| Left::new(300).after(at).spoken()).collect();
        assert_eq!(said.len(), 3, "silence, one minute, over");
        assert!(Left::new(61).spoken().is_empty());
        assert!(!Left::new(60).spoken().is_empty());
    }

    #[test]
    fn more_time_is_offered_in_the_last_minute() {
        assert!(!Left::new(61).is_short());
        assert!(Left::new(60).is_short());
    }
}
