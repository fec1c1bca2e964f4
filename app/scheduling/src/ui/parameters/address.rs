//! Where the page is: group, scope, and what was typed. Typed values are in the address so that a form that was refused or
//! previewed without script has them again; they are numbers, and nothing else gets in.

use crate::{
    api::{PreviewAsk, RulesPlace},
    model::Group,
};
use leptos_router::params::ParamsMap;
use std::collections::BTreeMap;

/// "/admin/parameters/notice?service=…&values[notice]=180"
pub fn parameters_address(place: &RulesPlace, values: &BTreeMap<String, String>) -> String {
    let group = if place.group.is_empty() {
        Group::Slots.as_str()
    } else {
        &place.group
    };
    let mut address = format!("/admin/parameters/{group}");
    let mut first = true;
    let mut add = |name: &str, value: &str| {
        address.push(if first { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(value);
        first = false;
    };
    for (name, value) in [
        ("place[service]", &place.service),
        ("place[therapist]", &place.therapist),
    ] {
        if is_plain(value) && !value.is_empty() {
            add(name, value);
        }
    }
    for (name, value) in values {
        if is_plain(name) && is_plain(value) {
            add(&format!("values[{name}]"), value);
        }
    }
    address
}

/// Ids, codes and numbers.
fn is_plain(text: &str) -> bool {
    text.len() <= 40
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// What the address asks for.
pub fn read(group: Option<String>, query: &ParamsMap) -> PreviewAsk {
    let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
    let values = crate::model::Parameter::ALL
        .iter()
        .filter_map(|parameter| {
            let value = query.get_str(&format!("values[{parameter}]"))?;
            Some((parameter.to_string(), value.to_owned()))
        })
        .collect();
    PreviewAsk {
        place: RulesPlace {
            group: group.unwrap_or_default(),
            service: text("place[service]"),
            therapist: text("place[therapist]"),
        },
        values,
        sample_therapist: text("sample_therapist"),
        sample_service: text("sample_service"),
        week: text("week"),
    }
}

#[cfg(test)]
mod tests {
    use super::{parameters_address, read};
    use crate::api::RulesPlace;
    use leptos_router::params::ParamsMap;
    use std::collections::BTreeMap;

    #[test]
    fn numbers_and_codes_travel_and_nothing_else_does() {
        let place = RulesPlace {
            group: "notice".to_owned(),
            service: "0199".to_owned(),
            therapist: "a&b=c".to_owned(),
        };
        let values = BTreeMap::from([
            ("horizon".to_owned(), "<script>".to_owned()),
            ("late_fee_amount".to_owned(), "40.50".to_owned()),
            ("notice".to_owned(), String::new()),
        ]);
        assert_eq!(
            parameters_address(&place, &values),
            "/admin/parameters/notice?place[service]=0199&values[late_fee_amount]=40.50&values[notice]="
        );
    }

    #[test]
    fn what_was_typed_is_read_again() {
        let mut query = ParamsMap::new();
        query.insert("values[hold]", "7".to_owned());
        query.insert("values[nothing]", "8".to_owned());
        query.insert("week", "2026-11-30".to_owned());
        let ask = read(Some("slots".to_owned()), &query);
        assert_eq!(ask.values, BTreeMap::from([("hold".to_owned(), "7".to_owned())]));
        assert_eq!((ask.place.group.as_str(), ask.week.as_str()), ("slots", "2026-11-30"));
    }
}
