//! The parameters of booking in words: what each is called, what it changes, what is wrong with a value.

use crate::model::{Clash, Group, Parameter, Unit};

pub const fn group(group: Group) -> &'static str {
    match group {
        Group::Slots => "Times",
        Group::Notice => "Notice",
        Group::Approval => "Requests",
        Group::Matching => "Matching",
        Group::Reminders => "Reminders",
        Group::Waitlist => "Waiting list",
        Group::Room => "Room",
        Group::Charges => "Fees",
    }
}

pub const fn name(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Hold => "A chosen time is kept for",
        Parameter::HoldExtension => "It can be kept longer by",
        Parameter::Interval => "Start times every",
        Parameter::BufferBefore => "Free before a visit",
        Parameter::BufferAfter => "Free after a visit",
        Parameter::Notice => "Minimum notice",
        Parameter::Horizon => "Bookable ahead",
        Parameter::CutOff => "Late from",
        Parameter::RequestExpiry => "A request waits for",
        Parameter::OpenRequests => "Open requests per patient",
        Parameter::SkipFollowUp => "Follow-ups need no approval",
        Parameter::SkipSameTherapist => "Visits with a known therapist need no approval",
        Parameter::SkipKnownPatient => "Known patients need no approval",
        Parameter::FollowUpDays => "A follow-up comes within",
        Parameter::WeightEarliest => "Earliest time",
        Parameter::WeightContinuity => "Known therapist",
        Parameter::WeightLanguage => "Wished language first",
        Parameter::WeightLoad => "Even load",
        Parameter::FirstReminder => "First reminder",
        Parameter::SecondReminder => "Second reminder",
        Parameter::ThirdReminder => "Third reminder",
        Parameter::FirstNudge => "First reminder to confirm",
        Parameter::SecondNudge => "Second reminder to confirm",
        Parameter::WaitlistOffer => "An offered time is kept for",
        Parameter::InstantOffer => "An instant visit is offered for",
        Parameter::RoomOpens => "The room opens",
        Parameter::Correction => "Correction window",
        Parameter::LateFee => "Late cancellations may cost a fee",
        Parameter::LateFeeAmount => "Late fee",
    }
}

/// What it changes.
pub const fn sentence(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Hold => "How long nobody else can take a time while the patient fills in the form.",
        Parameter::HoldExtension => "Once, when the patient asks for more time. 0 does not offer it.",
        Parameter::Interval => "The distance of start times within working hours. 0 takes the service's own.",
        Parameter::BufferBefore | Parameter::BufferAfter => {
            "Of the therapist's time, for services that have no buffer of their own."
        }
        Parameter::Notice => "How long before a visit booking ends.",
        Parameter::Horizon => "How far ahead times are offered.",
        Parameter::CutOff => "A cancellation closer to the visit than this is late.",
        Parameter::RequestExpiry => {
            "Without an answer the time is free again after this, or when the visit would start."
        }
        Parameter::OpenRequests => "How many requests of one patient may wait for an answer.",
        Parameter::SkipFollowUp => "When the last visit with this therapist was of the same kind and not long ago.",
        Parameter::SkipSameTherapist => "When a visit with this therapist took place before.",
        Parameter::SkipKnownPatient => "When a visit with anybody here took place before.",
        Parameter::FollowUpDays => "How long ago the visit before a follow-up may be.",
        Parameter::WeightEarliest => "How much an early free time counts in the order of a search.",
        Parameter::WeightContinuity => "How much it counts that patient and therapist have met.",
        Parameter::WeightLanguage => "How much it counts that the wished language is the therapist's first.",
        Parameter::WeightLoad => "How much it counts that a therapist has room in the next days.",
        Parameter::FirstReminder | Parameter::SecondReminder | Parameter::ThirdReminder => {
            "Before the visit. 0 sends none."
        }
        Parameter::FirstNudge => "To the therapist, after a visit that waits to be confirmed. 0 sends none.",
        Parameter::SecondNudge => "To the therapist, if the visit still waits. 0 sends none.",
        Parameter::WaitlistOffer => "How long somebody on the waiting list has to answer.",
        Parameter::InstantOffer => "How long a therapist has to answer.",
        Parameter::RoomOpens => "Before the start of the visit.",
        Parameter::Correction => "How long a therapist may correct what became of a visit.",
        Parameter::LateFee => "The desk looks at each one before anything is charged.",
        Parameter::LateFeeAmount => "What the patient reads before cancelling late.",
    }
}

/// The unit beside the field.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "s",
        Unit::Minutes => "min",
        Unit::Hours => "h",
        Unit::Days => "days",
        Unit::Cents => "$",
        Unit::Count | Unit::Weight | Unit::Switch => "",
    }
}

/// A value as the log and the hints write it.
pub fn value(parameter: Parameter, number: i64) -> String {
    let spec = parameter.spec();
    match (spec.unit, number) {
        (Unit::Switch, 0) => "off".to_owned(),
        (Unit::Switch, _) => "on".to_owned(),
        (Unit::Minutes, 0) if matches!(parameter, Parameter::Interval) => "the service's own".to_owned(),
        (_, 0) if spec.zero_is_off => "off".to_owned(),
        (Unit::Cents, cents) => kernel::Money::usd(cents).to_string(),
        (Unit::Count | Unit::Weight, number) => number.to_string(),
        // Long stretches are easier to read in hours.
        (Unit::Minutes, minutes) if minutes > 120 && minutes % 60 == 0 => format!("{minutes} min ({} h)", minutes / 60),
        (Unit::Days, 1) => "1 day".to_owned(),
        (counted, number) => format!("{number} {}", unit(counted)),
    }
}

/// A value as its field holds it.
pub fn in_field(parameter: Parameter, number: i64) -> String {
    match parameter.spec().unit {
        Unit::Cents if number % 100 == 0 => (number / 100).to_string(),
        Unit::Cents => format!("{}.{:02}", number / 100, number % 100),
        _ => number.to_string(),
    }
}

/// "1 to 30 min"
pub fn range(parameter: Parameter) -> String {
    let spec = parameter.spec();
    let range = format!("{} to {}", in_field(parameter, spec.least), value(parameter, spec.most));
    if spec.zero_is_off && spec.least > 0 {
        format!("0, or {range}")
    } else {
        range
    }
}

/// What is wrong at the field of `parameter`, if the code is one of a parameter's.
pub fn problem(parameter: Parameter, code: &str) -> Option<String> {
    if code == "out_of_range" {
        return Some(format!("{} may be {}.", name(parameter), range(parameter)));
    }
    let (clash, other) = code.split_once(':')?;
    let (clash, other): (Clash, Parameter) = (clash.parse().ok()?, other.parse().ok()?);
    Some(match clash {
        Clash::MustDiffer => format!("{} must differ from {}.", quoted(parameter), quoted(other)),
        Clash::MustBeLess => format!("{} and {} contradict each other.", quoted(parameter), quoted(other)),
        Clash::MustBeMore => format!("{} and {} leave nothing to go by.", quoted(parameter), quoted(other)),
    })
}

fn quoted(parameter: Parameter) -> String {
    format!("\u{201c}{}\u{201d}", name(parameter))
}

#[cfg(test)]
mod tests {
    use super::{in_field, name, problem, range, sentence, value};
    use crate::model::Parameter;
    use std::collections::HashSet;

    #[test]
    fn every_parameter_has_a_name_of_its_own_and_a_sentence() {
        let names: HashSet<_> = Parameter::ALL.iter().map(|parameter| name(*parameter)).collect();
        assert_eq!(names.len(), Parameter::ALL.len());
        for parameter in Parameter::ALL {
            assert!(sentence(*parameter).ends_with('.'), "{parameter}");
            assert!(!sentence(*parameter).to_lowercase().contains("slot"), "{parameter}");
        }
    }

    #[test]
    fn a_value_says_its_unit() {
        assert_eq!(value(Parameter::Hold, 5), "5 min");
        assert_eq!(value(Parameter::FirstReminder, 1_440), "1440 min (24 h)");
        assert_eq!(value(Parameter::ThirdReminder, 0), "off");
        assert_eq!(value(Parameter::Interval, 0), "the service's own");
        assert_eq!(value(Parameter::SkipFollowUp, 1), "on");
        assert_eq!(in_field(Parameter::LateFeeAmount, 4_050), "40.50");
        assert_eq!(range(Parameter::Hold), "1 to 30 min");
        assert_eq!(range(Parameter::Interval), "0, or 5 to 240 min (4 h)");
    }

    #[test]
    fn a_contradiction_names_both() {
        let text = problem(Parameter::FirstReminder, "must_differ:reminder_2").unwrap();
        assert!(text.contains("First reminder") && text.contains("Second reminder"));
        assert_eq!(problem(Parameter::Hold, "<script>"), None);
        assert_eq!(problem(Parameter::Hold, "must_differ:<script>"), None);
    }
}
