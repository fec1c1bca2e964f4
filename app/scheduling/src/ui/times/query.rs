//! Whose times, which month, which day: the address of the page, read and written.

use super::super::parts::{dates, with_query};
use crate::{api::view::TimesView, model::ServiceId};
use chrono::NaiveDate;
use kernel::{PatientId, TherapistId};
use leptos_router::params::ParamsMap;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimesQuery {
    pub person: Option<PatientId>,
    pub service: Option<ServiceId>,
    /// "2026-11", or empty for the month of the next available time.
    pub month: String,
    pub on: Option<NaiveDate>,
}

impl TimesQuery {
    pub fn read(query: &ParamsMap) -> Self {
        let on: Option<NaiveDate> = query.get_str("on").and_then(|date| date.parse().ok());
        Self {
            person: query.get_str("for").and_then(|id| id.parse().ok()),
            service: query.get_str("service").and_then(|id| id.parse().ok()),
            // A day names its month.
            month: on
                .map(dates::month_key)
                .or_else(|| query.get_str("month").map(str::to_owned))
                .unwrap_or_default(),
            on,
        }
    }

    /// The middle of the chosen day, when nothing more exact is known; empty without a day.
    pub fn noon(&self) -> String {
        self.on.map(|day| format!("{day}T18:00:00Z")).unwrap_or_default()
    }
}

/// Links that keep person and service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    therapist: TherapistId,
    person: PatientId,
    service: Option<ServiceId>,
}

impl Links {
    pub fn of(view: &TimesView) -> Self {
        Self {
            therapist: view.face.therapist,
            person: view.person.patient,
            service: view.service.as_ref().map(|service| service.service),
        }
    }

    pub fn find(&self) -> String {
        with_query("/my/find", &self.pairs())
    }

    pub fn day(&self, date: NaiveDate) -> String {
        self.times(("on", date.to_string()))
    }

    pub fn month(&self, month: NaiveDate) -> String {
        self.times(("month", dates::month_key(month)))
    }

    fn times(&self, at: (&'static str, String)) -> String {
        let [person, service] = self.pairs();
        with_query(&format!("/my/find/{}", self.therapist), &[person, service, at])
    }

    fn pairs(&self) -> [(&'static str, String); 2] {
        [
            ("for", self.person.to_string()),
            ("service", self.service.map(|id| id.to_string()).unwrap_or_default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Links, TimesQuery};
    use crate::ui::testing::times_view;
    use leptos_router::params::ParamsMap;

    #[test]
    fn a_day_names_its_month() {
        let mut query = ParamsMap::new();
        query.insert("on", "2026-12-02".to_owned());
        query.insert("month", "2026-11".to_owned());
        let read = TimesQuery::read(&query);
        assert_eq!(read.month, "2026-12");
        assert_eq!(read.noon(), "2026-12-02T18:00:00Z");
    }

    #[test]
    fn an_unreadable_address_is_no_wish() {
        let mut query = ParamsMap::new();
        query.insert("on", "tomorrow".to_owned());
        query.insert("for", "me".to_owned());
        assert_eq!(TimesQuery::read(&query), TimesQuery::default());
    }

    #[test]
    fn links_keep_person_and_service() {
        let view = times_view(&["2026-11-24"]);
        let link = Links::of(&view).day("2026-11-25".parse().unwrap());
        assert!(
            link.starts_with("/my/find/00000000-") && link.ends_with("&on=2026-11-25"),
            "{link}"
        );
        assert!(link.contains("for=") && link.contains("service="));
    }
}
