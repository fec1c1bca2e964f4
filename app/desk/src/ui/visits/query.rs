//! The filters of the table of all visits, from the address.

use crate::{
    api::{self, view::VisitsPage},
    model::FoundId,
};
use kernel::{ApiError, TherapistId};
use leptos_router::params::ParamsMap;
use scheduling::{model::ServiceId, ui::parts::with_query};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub from: String,
    pub to: String,
    pub days: String,
    pub state: String,
    pub therapist: Option<TherapistId>,
    pub service: Option<ServiceId>,
    pub find: Option<FoundId>,
    pub after: String,
    pub before: String,
}

impl Filter {
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            from: text("from"),
            to: text("to"),
            days: text("days"),
            state: text("state"),
            therapist: text("therapist").parse().ok(),
            service: text("service").parse().ok(),
            find: text("find").parse().ok(),
            after: text("after"),
            before: text("before"),
        }
    }

    /// Everything but the place in the list, as names and values of a form.
    pub fn pairs(&self) -> [(&'static str, String); 7] {
        [
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("days", self.days.clone()),
            ("state", self.state.clone()),
            ("therapist", self.therapist.map(|id| id.to_string()).unwrap_or_default()),
            ("service", self.service.map(|id| id.to_string()).unwrap_or_default()),
            ("find", self.find.map(|id| id.to_string()).unwrap_or_default()),
        ]
    }

    pub fn address(&self) -> String {
        with_query("/desk/visits", &self.pairs())
    }

    /// The query alone, as a saved view keeps it.
    pub fn query(&self) -> String {
        self.address()
            .split_once('?')
            .map(|(_, query)| query.to_owned())
            .unwrap_or_default()
    }

    pub fn after(&self, row: &str) -> String {
        self.leaf("after", row)
    }

    pub fn before(&self, row: &str) -> String {
        self.leaf("before", row)
    }

    fn leaf(&self, name: &'static str, row: &str) -> String {
        let mut pairs = self.pairs().to_vec();
        pairs.push((name, row.to_owned()));
        with_query("/desk/visits", &pairs)
    }

    pub async fn load(self) -> Result<VisitsPage, ApiError> {
        let days = self.days.parse().ok();
        api::visits(
            self.from,
            self.to,
            days,
            self.state,
            self.therapist,
            self.service,
            self.find,
            self.after,
            self.before,
        )
        .await
    }

    /// What to offer to drop when nothing fits: the narrowest first.
    pub fn dropped(&self) -> Option<(&'static str, Self)> {
        let rest = Self {
            after: String::new(),
            before: String::new(),
            ..self.clone()
        };
        if self.find.is_some() {
            Some(("the search", Self { find: None, ..rest }))
        } else if !self.state.is_empty() {
            let state = String::new();
            Some(("the state", Self { state, ..rest }))
        } else if self.service.is_some() {
            Some(("the kind of visit", Self { service: None, ..rest }))
        } else if self.therapist.is_some() {
            Some((
                "the therapist",
                Self {
                    therapist: None,
                    ..rest
                },
            ))
        } else if !self.to.is_empty() || !self.days.is_empty() {
            let (to, days) = (String::new(), String::new());
            Some(("the last day", Self { to, days, ..rest }))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn pages_keep_the_filters_and_a_saved_view_keeps_no_place() {
        let filter = Filter {
            to: "2026-11-30".to_owned(),
            state: "ended".to_owned(),
            after: "0199".to_owned(),
            ..Filter::default()
        };
        assert_eq!(
            filter.after("0200"),
            "/desk/visits?to=2026-11-30&state=ended&after=0200"
        );
        assert_eq!(
            filter.before("0198"),
            "/desk/visits?to=2026-11-30&state=ended&before=0198"
        );
        assert_eq!(filter.query(), "to=2026-11-30&state=ended");
    }

    #[test]
    fn the_narrowest_filter_is_dropped_first() {
        let filter = Filter {
            to: "2026-11-30".to_owned(),
            state: "ended".to_owned(),
            ..Filter::default()
        };
        let (name, rest) = filter.dropped().unwrap();
        assert_eq!(
            (name, rest.address().as_str()),
            ("the state", "/desk/visits?to=2026-11-30")
        );
        assert_eq!(rest.dropped().unwrap().1, Filter::default());
        assert_eq!(Filter::default().dropped(), None);
    }
}
