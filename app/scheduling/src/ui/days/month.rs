//! A month as counts: each day leads to itself.

use super::{
    bar::CalendarBar,
    place::{Place, View},
};
use crate::{api::view::MonthView, ui::parts::dates};
use chrono::{Datelike, NaiveDate};
use kit::prelude::*;
use leptos::prelude::*;

/// `kept`: what undecided things are called here ("kept", "requested").
#[component]
pub fn Month(counts: MonthView, place: Place, kept: &'static str, leads_to: View) -> impl IntoView {
    let name = dates::month_year(counts.month);
    let nothing = counts
        .days
        .is_empty()
        .then(|| view! { <p class="muted">"Nothing planned in " {dates::month(counts.month)} "."</p> });
    let weeks = weeks(&counts, &place, kept, leads_to);
    view! {
        <div class="stack">
            <CalendarBar place name=name.clone() shown=counts.month/>
            {nothing}
            <MonthGrid label=name weeks/>
        </div>
    }
}

fn weeks(counts: &MonthView, place: &Place, kept: &str, leads_to: View) -> Vec<[Option<MonthDay>; 7]> {
    dates::weeks(counts.month)
        .into_iter()
        .map(|week| week.map(|date| date.map(|date| day(counts, date, place.with(leads_to, Some(date)), kept))))
        .collect()
}

fn day(counts: &MonthView, date: NaiveDate, there: Place, kept: &str) -> MonthDay {
    let found = counts.days.iter().find(|day| day.date == date);
    let (visits, open) = found.map_or((0, 0), |day| (day.visits, day.kept));
    MonthDay {
        number: date.day(),
        month: dates::month(date).to_owned(),
        href: there.address(),
        holds: match visits {
            0 => String::new(),
            1 => "1 visit".to_owned(),
            more => format!("{more} visits"),
        },
        note: if open == 0 {
            String::new()
        } else {
            format!("{open} {kept}")
        },
        today: date == counts.clock.today,
        off: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, View, weeks};
    use crate::{
        api::view::{DayCount, MonthView, PageClock},
        ui::testing::zone,
    };
    use leptos_router::params::ParamsMap;

    #[test]
    fn every_day_leads_to_itself_and_says_what_it_holds() {
        let counts = MonthView {
            clock: PageClock {
                today: "2026-11-24".parse().unwrap(),
                minute: 600,
                zone: zone(),
            },
            month: "2026-11-01".parse().unwrap(),
            days: vec![DayCount {
                date: "2026-11-24".parse().unwrap(),
                visits: 12,
                kept: 1,
            }],
        };
        let place = Place::read("/care/calendar", View::Week, &[], &ParamsMap::new());
        let days: Vec<_> = weeks(&counts, &place, "kept", View::Day)
            .concat()
            .into_iter()
            .flatten()
            .collect();
        assert_eq!(days.len(), 30);
        let busy = &days[23];
        assert_eq!(
            (busy.holds.as_str(), busy.note.as_str(), busy.today),
            ("12 visits", "1 kept", true)
        );
        assert_eq!(busy.href, "/care/calendar?view=day&on=2026-11-24");
        assert!(days[0].holds.is_empty() && !days[0].today);
    }
}
