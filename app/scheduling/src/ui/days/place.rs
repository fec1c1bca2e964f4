//! Which stretch of a calendar is shown, as its address says: `?view=week&on=2026-11-24`.

use super::super::parts::with_query;
use chrono::{Datelike, Days, Months, NaiveDate};
use leptos_router::params::ParamsMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Agenda,
    Day,
    Week,
    Month,
}

impl View {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Agenda => "agenda",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Agenda, Self::Day, Self::Week, Self::Month]
            .into_iter()
            .find(|view| view.as_str() == text)
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Agenda => "Agenda",
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
        }
    }
}

/// An address of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub base: &'static str,
    /// What is shown when the address does not say.
    usual: View,
    pub view: View,
    pub on: Option<NaiveDate>,
    /// Filters, which stay from page to page.
    pub filters: Vec<(&'static str, String)>,
}

impl Place {
    pub fn read(base: &'static str, usual: View, filters: &[&'static str], query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            base,
            usual,
            view: View::read(&text("view")).unwrap_or(usual),
            on: text("on").parse().ok(),
            filters: filters
                .iter()
                .map(|name| (*name, text(name)))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        }
    }

    pub fn filter(&self, name: &str) -> &str {
        let found = self.filters.iter().find(|(own, _)| *own == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The date as server functions take it; empty: today.
    pub fn on_text(&self) -> String {
        self.on.map(|on| on.to_string()).unwrap_or_default()
    }

    pub fn address(&self) -> String {
        let view = if self.view == self.usual {
            ""
        } else {
            self.view.as_str()
        };
        let mut pairs = vec![("view", view.to_owned()), ("on", self.on_text())];
        pairs.extend(self.filters.iter().map(|(name, value)| (*name, value.clone())));
        with_query(self.base, &pairs)
    }

    /// Another stretch under the same filters.
    #[must_use]
    pub fn with(&self, view: View, on: Option<NaiveDate>) -> Self {
        Self {
            view,
            on,
            // A page of a list of people belongs to one date.
            filters: self
                .filters
                .iter()
                .filter(|(name, _)| *name != "after")
                .cloned()
                .collect(),
            ..self.clone()
        }
    }

    /// The same stretch under this filter alone.
    #[must_use]
    pub fn only(&self, filter: Option<(&'static str, String)>) -> Self {
        Self {
            filters: filter.into_iter().collect(),
            ..self.clone()
        }
    }

    /// The stretches before and after the one around `shown`.
    pub fn neighbours(&self, shown: NaiveDate) -> (Option<Self>, Option<Self>) {
        let (before, after) = match self.view {
            View::Agenda => (None, None),
            View::Day => (shown.pred_opt(), shown.succ_opt()),
            View::Week => (
                shown.checked_sub_days(Days::new(7)),
                shown.checked_add_days(Days::new(7)),
            ),
            View::Month => {
                let first = shown.with_day(1).unwrap_or(shown);
                (
                    first.checked_sub_months(Months::new(1)),
                    first.checked_add_months(Months::new(1)),
                )
            }
        };
        let there = |on: NaiveDate| self.with(self.view, Some(on));
        (before.map(there), after.map(there))
    }
}

/// The first day of a date's week.
pub fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
        .unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::{Place, View};
    use leptos_router::params::ParamsMap;

    fn place(pairs: &[(&str, &str)]) -> Place {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        Place::read("/care/calendar", View::Week, &["for", "after"], &query)
    }

    #[test]
    fn an_address_survives_being_read_and_the_usual_view_is_not_said() {
        let month = place(&[("view", "month"), ("on", "2026-11-24"), ("for", "x1")]);
        assert_eq!(month.address(), "/care/calendar?view=month&on=2026-11-24&for=x1");
        assert_eq!(place(&[("view", "week")]).address(), "/care/calendar");
        assert_eq!(place(&[("view", "year"), ("on", "soon")]).address(), "/care/calendar");
    }

    #[test]
    fn neighbours_are_a_day_a_week_or_a_month_away() {
        let on = "2026-12-31".parse().unwrap();
        let next = |pairs: &[(&str, &str)]| place(pairs).neighbours(on).1.unwrap().on_text();
        assert_eq!(next(&[("view", "day")]), "2027-01-01");
        assert_eq!(next(&[]), "2027-01-07");
        assert_eq!(next(&[("view", "month")]), "2027-01-01");
        let before = place(&[("view", "month"), ("after", "x")]).neighbours(on).0.unwrap();
        assert_eq!(
            before.address(),
            "/care/calendar?view=month&on=2026-11-01",
            "its list begins anew"
        );
    }
}
