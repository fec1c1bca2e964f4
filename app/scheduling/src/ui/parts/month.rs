//! A month with marked days: which of them have times.

use super::dates;
use chrono::{Datelike, NaiveDate};
use kit::prelude::Icon;
use leptos::prelude::*;

const WEEKDAYS: [(&str, &str); 7] = [
    ("Mo", "Monday"),
    ("Tu", "Tuesday"),
    ("We", "Wednesday"),
    ("Th", "Thursday"),
    ("Fr", "Friday"),
    ("Sa", "Saturday"),
    ("Su", "Sunday"),
];

/// A day in the month grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub date: NaiveDate,
    pub number: u32,
    pub times: usize,
    pub today: bool,
    pub chosen: bool,
}

/// The month's weeks from this one on: past weeks have nothing to book. `times`: how many a day has.
pub fn month_grid(
    month: NaiveDate,
    today: NaiveDate,
    chosen: Option<NaiveDate>,
    times: impl Fn(NaiveDate) -> usize,
) -> Vec<[Option<Cell>; 7]> {
    dates::weeks(month)
        .into_iter()
        .filter(|week| week.iter().flatten().next_back().is_some_and(|last| *last >= today))
        .map(|week| {
            week.map(|day| {
                day.map(|date| Cell {
                    date,
                    number: date.day(),
                    times: times(date),
                    today: date == today,
                    chosen: Some(date) == chosen,
                })
            })
        })
        .collect()
}

/// A table of days. Days with times are links, so that the month works without script; the others are plain numbers.
#[component]
pub fn Month(
    /// The first day of the month.
    month: NaiveDate,
    /// The neighbours, where there is something to book, with their addresses.
    previous: Option<(NaiveDate, String)>,
    next: Option<(NaiveDate, String)>,
    grid: Vec<[Option<Cell>; 7]>,
    /// The address of a day.
    href: Callback<NaiveDate, String>,
) -> impl IntoView {
    let name = dates::month_year(month);
    let heads = WEEKDAYS
        .iter()
        .map(|(short, long)| view! { <th scope="col" abbr=*long>{*short}</th> })
        .collect_view();
    let weeks = grid
        .into_iter()
        .map(|week| {
            let days = week
                .into_iter()
                .map(|cell| match cell {
                    None => view! { <td></td> }.into_any(),
                    Some(cell) => view! { <Day cell href=href.run(cell.date)/> }.into_any(),
                })
                .collect_view();
            view! { <tr>{days}</tr> }
        })
        .collect_view();
    view! {
        <div class="month-place">
            <div class="month-head">
                <h2 id="month-name">{name}</h2>
                <MonthLink to=previous icon="chevron-left"/>
                <MonthLink to=next icon="chevron-right"/>
            </div>
            <table class="month" aria-labelledby="month-name">
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
        </div>
    }
}

#[component]
fn MonthLink(to: Option<(NaiveDate, String)>, icon: &'static str) -> impl IntoView {
    match to {
        Some((month, href)) => view! {
            <a class="button" data-kind="quiet" data-icon-only href=href aria-label=dates::month_year(month)><Icon name=icon/></a>
        }
        .into_any(),
        None => ().into_any(),
    }
}

#[component]
fn Day(cell: Cell, href: String) -> impl IntoView {
    let today = cell.today.then_some("true");
    let day = format!("{} {}", cell.number, dates::month(cell.date));
    if cell.times == 0 {
        let spoken = format!("{day}, no times");
        return view! {
            <td>
                <span class="day" data-today=today><span aria-hidden="true">{cell.number}</span><span class="visually-hidden">{spoken}</span></span>
            </td>
        }
        .into_any();
    }
    let plural = if cell.times == 1 { "time" } else { "times" };
    let spoken = format!("{day}, {} {plural}", cell.times);
    let chosen = cell.chosen.then_some("true");
    view! {
        <td>
            <a class="day" data-today=today href=href aria-label=spoken aria-current=chosen>{cell.number}</a>
        </td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::month_grid;

    #[test]
    fn the_month_marks_days_with_times_today_and_the_chosen_one() {
        let date = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let times = |day| if day == date("2026-11-24") { 2 } else { 0 };
        let cells: Vec<_> = month_grid(date("2026-11-01"), date("2026-11-22"), Some(date("2026-11-24")), times)
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
}
