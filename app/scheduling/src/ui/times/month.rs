//! The month with its marked days.

use super::{model::Cell, query::Links};
use crate::{api::view::TimesView, ui::parts::dates};
use chrono::NaiveDate;
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

/// A table of days. Days with times are links, so that the month works without script; the others are plain numbers.
#[component]
pub fn Month(view: TimesView, links: Links, grid: Vec<[Option<Cell>; 7]>) -> impl IntoView {
    let name = dates::month_year(view.month);
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
                    Some(cell) => view! { <Day cell href=links.day(cell.date)/> }.into_any(),
                })
                .collect_view();
            view! { <tr>{days}</tr> }
        })
        .collect_view();
    view! {
        <div class="month-place">
            <div class="month-head">
                <h2 id="month-name">{name}</h2>
                <MonthLink to=view.previous_month.map(|month| (month, links.month(month))) icon="chevron-left"/>
                <MonthLink to=view.next_month.map(|month| (month, links.month(month))) icon="chevron-right"/>
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
