//! A month of days with what they hold, as a table of links: it works without script.

use leptos::prelude::*;

/// One day of a month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MonthDay {
    /// 1 to 31.
    pub number: u32,
    /// "November", spoken after the number.
    pub month: String,
    pub href: String,
    /// "3 visits"; empty for a day that holds nothing.
    pub holds: String,
    /// More of it, smaller: "1 kept".
    pub note: String,
    pub today: bool,
    /// Nothing can be there.
    pub off: bool,
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("Mo", "Monday"),
    ("Tu", "Tuesday"),
    ("We", "Wednesday"),
    ("Th", "Thursday"),
    ("Fr", "Friday"),
    ("Sa", "Saturday"),
    ("Su", "Sunday"),
];

/// A month, Monday first; gaps are days of its neighbours.
///
/// ```ignore
/// <MonthGrid label="November 2026" weeks/>
/// ```
#[component]
pub fn MonthGrid(#[prop(into)] label: String, weeks: Vec<[Option<MonthDay>; 7]>) -> impl IntoView {
    let heads = WEEKDAYS
        .iter()
        .map(|(short, long)| view! { <th scope="col" abbr=*long>{*short}</th> })
        .collect_view();
    let rows = weeks
        .into_iter()
        .map(|week| view! { <tr>{week.into_iter().map(day).collect_view()}</tr> })
        .collect_view();
    view! {
        <table class="month-grid" aria-label=label>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn day(day: Option<MonthDay>) -> AnyView {
    let Some(day) = day else {
        return view! { <td></td> }.into_any();
    };
    let today = day.today.then_some("date");
    // The name of the link is what it shows, with what only the ear needs in between: "24 November, 3 visits, 1 kept".
    let comma = |more: bool| more.then(|| view! { <span class="visually-hidden">","</span> });
    let after_number = comma(!day.holds.is_empty() || !day.note.is_empty());
    let after_holds = comma(!day.holds.is_empty() && !day.note.is_empty());
    view! {
        <td data-off=day.off.then_some("true")>
            <a class="month-grid-day" href=day.href aria-current=today>
                <span class="month-grid-number">{day.number}<span class="visually-hidden">" " {day.month}</span>{after_number}</span>
                <span class="month-grid-holds">{day.holds}{after_holds}</span>
                <span class="month-grid-note">{day.note}</span>
            </a>
        </td>
    }
    .into_any()
}
