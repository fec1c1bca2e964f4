//! The address of the form: about whom and what, and after a refusal without script what was chosen. Ids and codes only.

use crate::{
    model::{PartOfDay, ServiceId, Weekday},
    ui::parts::with_query,
};
use kernel::{PatientId, RequestId, TherapistId, VisitId};
use leptos_router::params::ParamsMap;
use std::str::FromStr;

/// Between codes of a list.
const BETWEEN: char = '-';

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JoinQuery {
    pub person: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub therapist: Option<TherapistId>,
    pub visit: Option<VisitId>,
    pub request: Option<RequestId>,
    pub days: Vec<Weekday>,
    pub parts: Vec<PartOfDay>,
    pub weeks: String,
}

impl JoinQuery {
    pub fn read(query: &ParamsMap) -> Self {
        fn one<T: FromStr>(query: &ParamsMap, name: &str) -> Option<T> {
            query.get_str(name).and_then(|text| text.parse().ok())
        }
        fn many<T: FromStr>(query: &ParamsMap, name: &str) -> Vec<T> {
            let text = query.get_str(name).unwrap_or_default();
            text.split(BETWEEN).filter_map(|code| code.parse().ok()).collect()
        }
        Self {
            person: one(query, "for"),
            service: one(query, "service"),
            therapist: one(query, "with"),
            visit: one(query, "visit"),
            request: one(query, "request"),
            days: many(query, "days"),
            parts: many(query, "parts"),
            weeks: query.get("weeks").unwrap_or_default(),
        }
    }
}

/// The form as somebody filled it in.
pub fn waitlist_address(
    (person, service, therapist): (Option<PatientId>, Option<ServiceId>, Option<TherapistId>),
    visit: Option<VisitId>,
    request: Option<RequestId>,
    (days, parts, weeks): (&[String], &[String], &str),
) -> String {
    fn text<T: ToString>(id: Option<T>) -> String {
        id.map(|id| id.to_string()).unwrap_or_default()
    }
    let between = BETWEEN.to_string();
    with_query(
        "/my/waitlist/new",
        &[
            ("for", text(person)),
            ("service", text(service)),
            ("with", text(therapist)),
            ("visit", text(visit)),
            ("request", text(request)),
            ("days", days.join(&between)),
            ("parts", parts.join(&between)),
            ("weeks", weeks.to_owned()),
        ],
    )
}

/// The empty form for a person, with a therapist or with anyone.
pub fn tell_me(person: PatientId, service: Option<ServiceId>, therapist: Option<TherapistId>) -> String {
    waitlist_address((Some(person), service, therapist), None, None, (&[], &[], ""))
}

/// For something sooner than a visit.
pub fn sooner_than(visit: VisitId) -> String {
    waitlist_address((None, None, None), Some(visit), None, (&[], &[], ""))
}

/// For another time than that of a request.
pub fn instead_of(request: RequestId) -> String {
    waitlist_address((None, None, None), None, Some(request), (&[], &[], ""))
}

#[cfg(test)]
mod tests {
    use super::{JoinQuery, waitlist_address};
    use crate::model::{PartOfDay, Weekday};
    use kernel::VisitId;
    use leptos_router::params::ParamsMap;
    use uuid::Uuid;

    #[test]
    fn what_was_chosen_survives_the_address() {
        let visit = VisitId::new(Uuid::from_u128(7));
        let (days, parts) = (["mon".to_owned(), "thu".to_owned()], ["evening".to_owned()]);
        let address = waitlist_address((None, None, None), Some(visit), None, (&days, &parts, "4"));
        let (_, query) = address.split_once('?').unwrap();
        let mut map = ParamsMap::new();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            map.insert(name.to_owned(), value.to_owned());
        }
        let read = JoinQuery::read(&map);
        assert_eq!(read.days, [Weekday::Monday, Weekday::Thursday]);
        assert_eq!((read.parts, read.weeks.as_str()), (vec![PartOfDay::Evening], "4"));
        assert_eq!((read.visit, read.person), (Some(visit), None));
    }

    #[test]
    fn what_is_no_code_stays_out_of_the_address() {
        let days = ["mon&x=1".to_owned()];
        let address = waitlist_address((None, None, None), None, None, (&days, &[], "<2>"));
        assert_eq!(address, "/my/waitlist/new");
    }
}
