//! What the page of a therapist's times shows: the month as weeks of days, and the one day whose times are open.

use super::super::parts::dates;
use crate::api::view::{DayTimes, TimesView};
use chrono::{Datelike, NaiveDate};

/// A day in the month grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub date: NaiveDate,
    pub number: u32,
    pub times: usize,
    pub today: bool,
    pub chosen: bool,
}

/// The day whose times are shown: the one asked for if it has times, else the month's first that has some.
pub fn chosen_day(view: &TimesView, asked: Option<NaiveDate>) -> Option<&DayTimes> {
    view.days
        .iter()
        .find(|day| Some(day.date) == asked)
        .or_else(|| view.days.first())
}

/// The month's weeks from this one on: past weeks have nothing to book.
pub fn month_grid(view: &TimesView, chosen: Option<NaiveDate>) -> Vec<[Option<Cell>; 7]> {
    dates::weeks(view.month)
        .into_iter()
        .filter(|week| {
            week.iter()
                .flatten()
                .next_back()
                .is_some_and(|last| *last >= view.today)
        })
        .map(|week| {
            week.map(|day| {
                day.map(|date| Cell {
                    date,
                    number: date.day(),
                    times: view
                        .days
                        .iter()
                        .find(|one| one.date == date)
                        .map_or(0, |one| one.slots.len()),
                    today: date == view.today,
                    chosen: Some(date) == chosen,
                })
            })
        })
        .collect()
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
    use super::{chosen_day, clocks, month_grid};
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
    fn the_month_marks_days_with_times_today_and_the_chosen_one() {
        let view = times_view(&["2026-11-24"]);
        let cells: Vec<_> = month_grid(&view, "2026-11-24".parse().ok())
            .concat()
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(cells.len(), 15, "from Monday 16 on: today is Sunday 22");
        let marked: Vec<_> = cells.iter().filter(|cell| cell.times > 0).collect();
        assert_eq!(marked.len(), 1);
        assert!(marked[0].chosen && !marked[0].today);
        assert_eq!(cells.iter().filter(|cell| cell.today).count(), 1);
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
