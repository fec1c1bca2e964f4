//! What the page of a therapist's times shows: the one day whose times are open, and both clocks.

use crate::api::view::{DayTimes, TimesView};
use chrono::NaiveDate;

/// The day whose times are shown: the one asked for if it has times, else the month's first that has some.
pub fn chosen_day(view: &TimesView, asked: Option<NaiveDate>) -> Option<&DayTimes> {
    view.days
        .iter()
        .find(|day| Some(day.date) == asked)
        .or_else(|| view.days.first())
}

/// "Therapist A is in New York (Eastern), 1 h ahead of you."
pub fn clocks(name: &str, zone: &str, ahead_minutes: i32) -> Option<String> {
    if ahead_minutes == 0 {
        return None;
    }
    let (hours, minutes) = (ahead_minutes.abs() / 60, ahead_minutes.abs() % 60);
    let distance = match (hours, minutes) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    let side = if ahead_minutes > 0 { "ahead of" } else { "behind" };
    Some(format!("{name} is in {zone}, {distance} {side} this clock."))
}

#[cfg(test)]
mod tests {
    use super::{chosen_day, clocks};
    use crate::ui::testing::times_view;

    #[test]
    fn the_asked_day_is_shown_when_it_has_times_else_the_first() {
        let view = times_view(&["2026-11-24", "2026-11-25", "2026-11-27"]);
        let asked = |text: &str| chosen_day(&view, text.parse().ok()).map(|day| day.date.to_string());
        assert_eq!(asked("2026-11-25").unwrap(), "2026-11-25");
        assert_eq!(asked("2026-11-26").unwrap(), "2026-11-24");
        assert_eq!(asked("not a date").unwrap(), "2026-11-24");
        assert!(chosen_day(&times_view(&[]), None).is_none());
    }

    #[test]
    fn both_clocks_are_named_only_when_they_differ() {
        assert_eq!(clocks("Therapist A", "New York (Eastern)", 0), None);
        assert_eq!(
            clocks("Therapist A", "New York (Eastern)", 60).unwrap(),
            "Therapist A is in New York (Eastern), 1 h ahead of this clock."
        );
        assert!(clocks("T", "Z", -330).unwrap().contains("5 h 30 min behind"));
    }
}
