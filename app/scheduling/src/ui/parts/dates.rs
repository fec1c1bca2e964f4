//! Dates as words and as addresses. The formatter of the date library would cost the browser build more than this file.

use chrono::{Datelike, Months, NaiveDate};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "November"
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

/// "November 2026"
pub fn month_year(date: NaiveDate) -> String {
    format!("{} {}", month(date), date.year())
}

/// "2026-11", as addresses carry it.
pub fn month_key(date: NaiveDate) -> String {
    format!("{}-{:02}", date.year(), date.month())
}

/// The weeks of a month, Monday first; days of the neighbouring months are gaps.
pub fn weeks(month: NaiveDate) -> Vec<[Option<NaiveDate>; 7]> {
    let Some(first) = month.with_day(1) else {
        return Vec::new();
    };
    let next_month = first.checked_add_months(Months::new(1));
    let mut weeks = Vec::with_capacity(6);
    let mut week = [None; 7];
    for day in first.iter_days().take_while(|day| Some(*day) != next_month) {
        let column = day.weekday().num_days_from_monday() as usize;
        if column == 0 && day != first {
            weeks.push(std::mem::take(&mut week));
        }
        week[column] = Some(day);
    }
    weeks.push(week);
    weeks
}

#[cfg(test)]
mod tests {
    use super::{month_key, month_year, weeks};
    use chrono::{Datelike, NaiveDate};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_have_names_and_keys() {
        assert_eq!(month_year(date("2026-11-24")), "November 2026");
        assert_eq!(month_key(date("2027-01-01")), "2027-01");
    }

    #[test]
    fn every_day_of_a_month_stands_once_under_its_weekday() {
        let mut month = date("2024-01-01");
        while month < date("2029-01-01") {
            let days: Vec<_> = weeks(month).concat().into_iter().flatten().collect();
            let length = month.num_days_in_month();
            assert_eq!(days.len(), usize::from(length), "{month}");
            for week in weeks(month) {
                for (column, day) in week.iter().enumerate() {
                    if let Some(day) = day {
                        assert_eq!(day.weekday().num_days_from_monday() as usize, column);
                    }
                }
            }
            month = month.checked_add_months(chrono::Months::new(1)).unwrap();
        }
    }

    #[test]
    fn a_month_that_begins_on_monday_has_no_empty_first_week() {
        assert_eq!(weeks(date("2027-02-01")).len(), 4);
        assert_eq!(weeks(date("2027-02-01"))[0][0], Some(date("2027-02-01")));
    }
}
