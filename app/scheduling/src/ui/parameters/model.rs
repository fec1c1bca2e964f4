//! What the fields, the log and the preview say.

use crate::{
    api::view::{Fate, RuleChange, RuleField, RulesPreview, RulesVersion, RulesView},
    model::{Parameter, Scope, Unit},
    ui::words::parameters as words,
};
use std::collections::BTreeMap;

/// What a field holds at first: what was typed, else what is set, else, for the organisation, what is in force.
pub fn shown(field: &RuleField, scope: Scope, typed: &BTreeMap<String, String>) -> String {
    match (typed.get(field.parameter.as_str()), field.set) {
        (Some(typed), _) => typed.clone(),
        (None, Some(set)) => words::in_field(field.parameter, set),
        (None, None) if scope == Scope::HOUSE => words::in_field(field.parameter, field.wider),
        (None, None) => String::new(),
    }
}

/// The sentence, the range, the default, and for an override what holds without one.
pub fn hint(field: &RuleField, scope: Scope) -> String {
    let spec = field.parameter.spec();
    let sentence = words::sentence(field.parameter);
    let range = if spec.unit == Unit::Switch {
        String::new()
    } else {
        format!(" Allowed: {}.", words::range(field.parameter))
    };
    let otherwise = if scope == Scope::HOUSE {
        format!("Default: {}.", words::value(field.parameter, spec.default))
    } else if field.open {
        let wider = words::value(field.parameter, field.wider);
        format!("Empty: as {}, {wider}.", source(field.wider_from))
    } else {
        "One for the whole organisation.".to_owned()
    };
    format!("{sentence}{range} {otherwise}")
}

/// Where a value comes from.
pub const fn source(scope: Option<Scope>) -> &'static str {
    match scope {
        None => "the default",
        Some(Scope {
            therapist: None,
            service: None,
        }) => "the organisation",
        Some(Scope { therapist: None, .. }) => "the service",
        Some(Scope { .. }) => "the therapist",
    }
}

/// "5 min to 10 min"
pub fn change(change: &RuleChange, scope: Scope) -> String {
    let one = |value: Option<i64>| match value {
        Some(value) => words::value(change.parameter, value),
        None if scope == Scope::HOUSE => words::value(change.parameter, change.parameter.spec().default),
        None => "not set".to_owned(),
    };
    format!(
        "{}: {} to {}",
        words::name(change.parameter),
        one(change.was),
        one(change.value)
    )
}

/// Who changed a field after the form was loaded, and what stands there now: for whoever typed something else meanwhile.
pub fn meanwhile(view: &RulesView, seen: i32, parameter: Parameter) -> Option<String> {
    let newer = |version: &&RulesVersion| version.number > seen;
    view.log.iter().filter(newer).find_map(|version| {
        let change = version.changes.iter().find(|change| change.parameter == parameter)?;
        let now = change
            .value
            .map_or_else(|| "not set".to_owned(), |value| words::value(parameter, value));
        Some(format!("{} saved {now} meanwhile.", version.by))
    })
}

/// The planned value of a field, if a later day has one.
pub fn planned(view: &RulesView, parameter: Parameter) -> Option<String> {
    view.log.iter().filter(|version| version.planned).find_map(|version| {
        let change = version.changes.iter().find(|change| change.parameter == parameter)?;
        let value = change
            .value
            .map_or_else(|| "not set".to_owned(), |value| words::value(parameter, value));
        let day = &version.from.as_ref()?.day;
        Some(format!("From {day}: {value}."))
    })
}

/// "38 times before, 34 after"
pub fn balance(preview: &RulesPreview) -> String {
    let (before, after) = (preview.before, preview.after);
    let times = if before == 1 { "time" } else { "times" };
    format!("{before} {times} before, {after} after")
}

/// The mark of a time, spoken: shape and word, never color alone.
pub const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Stays => "",
        Fate::Comes => "new",
        Fate::Goes => "gone",
    }
}

#[cfg(test)]
mod tests {
    use super::{change, hint, meanwhile, planned, shown};
    use crate::{
        api::view::{RuleChange, RuleField},
        model::{Parameter, Scope, ServiceId},
        ui::parameters::testing::{rules_view, version},
    };
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn field() -> RuleField {
        RuleField {
            parameter: Parameter::Notice,
            set: None,
            wider: 180,
            wider_from: Some(Scope::HOUSE),
            open: true,
        }
    }

    fn of_service() -> Scope {
        Scope {
            therapist: None,
            service: Some(ServiceId::new(Uuid::from_u128(1))),
        }
    }

    #[test]
    fn the_organisation_shows_what_is_in_force_and_an_override_only_what_it_sets() {
        let typed = BTreeMap::from([("notice".to_owned(), "90".to_owned())]);
        assert_eq!(shown(&field(), Scope::HOUSE, &BTreeMap::new()), "180");
        assert_eq!(shown(&field(), of_service(), &BTreeMap::new()), "");
        assert_eq!(shown(&field(), of_service(), &typed), "90");
        let hint = hint(&field(), of_service());
        assert!(
            hint.contains("Allowed: 0 to 20160 min") && hint.ends_with("Empty: as the organisation, 180 min (3 h).")
        );
    }

    #[test]
    fn a_change_says_from_what_to_what() {
        let moved = RuleChange {
            parameter: Parameter::Hold,
            was: None,
            value: Some(10),
        };
        assert!(change(&moved, Scope::HOUSE).ends_with("5 min to 10 min"));
        assert!(change(&moved, of_service()).ends_with("not set to 10 min"));
    }

    #[test]
    fn what_somebody_else_saved_meanwhile_is_named_with_its_author() {
        let mut view = rules_view();
        view.log = vec![
            version(2, Parameter::Hold, 10, false),
            version(1, Parameter::Hold, 7, false),
        ];
        assert_eq!(
            meanwhile(&view, 1, Parameter::Hold).as_deref(),
            Some("Ada saved 10 min meanwhile.")
        );
        assert_eq!(meanwhile(&view, 2, Parameter::Hold), None);
        assert_eq!(meanwhile(&view, 1, Parameter::Interval), None);
    }

    #[test]
    fn a_planned_value_says_from_when() {
        let mut view = rules_view();
        view.log = vec![version(1, Parameter::Hold, 10, true)];
        assert_eq!(
            planned(&view, Parameter::Hold).as_deref(),
            Some("From Tue 1 Dec: 10 min.")
        );
    }
}
