//! Addresses of pages: ids, dates and listed codes, never typed text.

#[cfg(feature = "ssr")]
use kernel::TherapistId;
use leptos_router::params::ParamsMap;

/// An address with those pairs that have a value. Values are ids, dates and codes: letters, digits, `-`, `_`.
pub fn with_query(path: &str, pairs: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| is_code(value)) {
        address.push(if address.len() == path.len() { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(value);
    }
    address
}

/// A time that somebody typed into a plain form and was refused, as the address of its page has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTime {
    pub therapist: String,
    pub date: String,
    pub clock: String,
}

impl TypedTime {
    pub fn read(query: &ParamsMap) -> Self {
        let code = |name: &str| query.get(name).filter(|value| is_code(value)).unwrap_or_default();
        Self {
            therapist: code("therapist"),
            date: code("date"),
            clock: code("clock").replace('-', ":"),
        }
    }
}

/// The page with what was typed. A clock reading is a code with a dash in it.
#[cfg(feature = "ssr")]
pub fn typed_time_address(page: &str, therapist: Option<TherapistId>, date: &str, clock: &str) -> String {
    let therapist = therapist.map(|id| id.to_string()).unwrap_or_default();
    let pairs = [
        ("therapist", therapist),
        ("date", date.to_owned()),
        ("clock", clock.replace(':', "-")),
    ];
    with_query(page, &pairs)
}

fn is_code(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{TypedTime, typed_time_address, with_query};
    use leptos_router::params::ParamsMap;

    #[test]
    fn a_value_that_is_no_code_never_enters_an_address() {
        assert_eq!(
            with_query("/x", &[("a", "b&c=d".to_owned()), ("e", "f".to_owned())]),
            "/x?e=f"
        );
    }

    #[test]
    fn a_typed_time_survives_the_address_and_nothing_else_enters_it() {
        let address = typed_time_address("/x", None, "2027-03-02", "16:30");
        assert_eq!(address, "/x?date=2027-03-02&clock=16-30");
        let mut map = ParamsMap::new();
        map.insert("date", "2027-03-02".to_owned());
        map.insert("clock", "16-30".to_owned());
        let read = TypedTime::read(&map);
        assert_eq!((read.date.as_str(), read.clock.as_str()), ("2027-03-02", "16:30"));
        assert_eq!(typed_time_address("/x", None, "<b>", "4 pm"), "/x");
    }
}
