//! What was typed into the form of a group: each value against its range, and all of them against each other.

use super::{Parameter, Scope, Unit, Values};
use crate::model::reasons::codes;

codes! {
    /// How two parameters contradict each other.
    Clash {
        /// They must not be the same.
        MustDiffer = "must_differ",
        /// The first must be less than the second.
        MustBeLess = "must_be_less",
        /// The first is on and the second says nothing.
        MustBeMore = "needs_more",
    }
}

/// Two parameters that cannot both be as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    pub first: Parameter,
    pub second: Parameter,
    pub clash: Clash,
}

/// What one field says: a value, or that nothing is set here.
pub type Typed = (Parameter, Option<i64>);

/// Reads a field. Empty: nothing is set here, so that the wider scope holds.
///
/// # Errors
/// The code of what is wrong: `malformed`, `out_of_range`, `not_here`.
pub fn read(parameter: Parameter, text: &str, scope: &Scope) -> Result<Typed, &'static str> {
    let spec = parameter.spec();
    let text = text.trim();
    if text.is_empty() {
        return Ok((parameter, None));
    }
    if !spec.may_differ(scope.service.is_some(), scope.therapist.is_some()) {
        return Err("not_here");
    }
    let value = match spec.unit {
        Unit::Cents => cents(text),
        _ => text.parse().ok(),
    }
    .ok_or("malformed")?;
    if spec.allows(value) {
        Ok((parameter, Some(value)))
    } else {
        Err("out_of_range")
    }
}

/// "40", "40.5" or "40.50" dollars in cents.
fn cents(text: &str) -> Option<i64> {
    let (dollars, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if dollars.is_empty() || rest.len() > 2 || !digits(dollars) || !digits(rest) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    dollars.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// Every pair that contradicts itself in these values.
pub fn contradictions(values: &Values) -> Vec<Contradiction> {
    use Parameter as P;
    const MINUTES_A_DAY: i64 = 24 * 60;
    const HOURS_A_DAY: i64 = 24;
    let of = |parameter| values.get(parameter);
    let is_on = |parameter| of(parameter) != 0;
    let same = |first, second| is_on(first) && of(first) == of(second);
    let clash = |holds: bool, first, second, clash| holds.then_some(Contradiction { first, second, clash });
    [
        clash(
            same(P::FirstReminder, P::SecondReminder),
            P::FirstReminder,
            P::SecondReminder,
            Clash::MustDiffer,
        ),
        clash(
            same(P::FirstReminder, P::ThirdReminder),
            P::FirstReminder,
            P::ThirdReminder,
            Clash::MustDiffer,
        ),
        clash(
            same(P::SecondReminder, P::ThirdReminder),
            P::SecondReminder,
            P::ThirdReminder,
            Clash::MustDiffer,
        ),
        clash(
            is_on(P::FirstNudge) && is_on(P::SecondNudge) && of(P::FirstNudge) >= of(P::SecondNudge),
            P::FirstNudge,
            P::SecondNudge,
            Clash::MustBeLess,
        ),
        clash(
            of(P::Notice) >= of(P::Horizon) * MINUTES_A_DAY,
            P::Notice,
            P::Horizon,
            Clash::MustBeLess,
        ),
        clash(
            of(P::CutOff) >= of(P::Horizon) * HOURS_A_DAY,
            P::CutOff,
            P::Horizon,
            Clash::MustBeLess,
        ),
        clash(
            is_on(P::LateFee) && !is_on(P::LateFeeAmount),
            P::LateFee,
            P::LateFeeAmount,
            Clash::MustBeMore,
        ),
        clash(
            [P::WeightEarliest, P::WeightContinuity, P::WeightLanguage, P::WeightLoad]
                .into_iter()
                .all(|weight| !is_on(weight)),
            P::WeightEarliest,
            P::WeightContinuity,
            Clash::MustBeMore,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{Clash, cents, contradictions, read};
    use crate::model::{Parameter, Scope, Values};
    use kernel::TherapistId;
    use uuid::Uuid;

    fn clashes(changes: &[(Parameter, i64)]) -> Vec<(Parameter, Parameter, Clash)> {
        let mut values = Values::DEFAULT;
        for (parameter, value) in changes {
            values.set(*parameter, *value);
        }
        contradictions(&values)
            .into_iter()
            .map(|found| (found.first, found.second, found.clash))
            .collect()
    }

    #[test]
    fn a_value_is_read_against_its_range() {
        let house = Scope::HOUSE;
        assert_eq!(read(Parameter::Hold, " 10 ", &house), Ok((Parameter::Hold, Some(10))));
        assert_eq!(read(Parameter::Hold, "", &house), Ok((Parameter::Hold, None)));
        assert_eq!(read(Parameter::Hold, "31", &house), Err("out_of_range"));
        assert_eq!(read(Parameter::Hold, "0", &house), Err("out_of_range"));
        assert_eq!(
            read(Parameter::Interval, "0", &house),
            Ok((Parameter::Interval, Some(0)))
        );
        assert_eq!(read(Parameter::Hold, "soon", &house), Err("malformed"));
        assert_eq!(
            read(Parameter::LateFeeAmount, "40.5", &house),
            Ok((Parameter::LateFeeAmount, Some(4_050)))
        );
        let narrow = Scope {
            therapist: Some(TherapistId::new(Uuid::from_u128(1))),
            service: None,
        };
        assert_eq!(read(Parameter::OpenRequests, "4", &narrow), Err("not_here"));
        assert_eq!(
            read(Parameter::OpenRequests, "", &narrow),
            Ok((Parameter::OpenRequests, None))
        );
    }

    #[test]
    fn dollars_are_read_to_the_cent() {
        assert_eq!(cents("40"), Some(4_000));
        assert_eq!(cents("0.05"), Some(5));
        for odd in ["", ".", "4.005", "-1", "1e3", "4,00", "99999999999999999999"] {
            assert_eq!(cents(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_defaults_contradict_nothing() {
        assert_eq!(clashes(&[]), []);
    }

    #[test]
    fn both_parameters_of_a_contradiction_are_named() {
        use Parameter as P;
        assert_eq!(
            clashes(&[(P::ThirdReminder, 60)]),
            [(P::SecondReminder, P::ThirdReminder, Clash::MustDiffer)]
        );
        assert_eq!(clashes(&[(P::FirstReminder, 0), (P::SecondReminder, 0)]), []);
        assert_eq!(
            clashes(&[(P::FirstNudge, 48)]),
            [(P::FirstNudge, P::SecondNudge, Clash::MustBeLess)]
        );
        assert_eq!(
            clashes(&[(P::Horizon, 1), (P::Notice, 1_440), (P::CutOff, 0)]),
            [(P::Notice, P::Horizon, Clash::MustBeLess)]
        );
        assert_eq!(
            clashes(&[(P::Horizon, 1)]),
            [(P::CutOff, P::Horizon, Clash::MustBeLess)]
        );
        assert_eq!(
            clashes(&[(P::LateFee, 1), (P::LateFeeAmount, 0)]),
            [(P::LateFee, P::LateFeeAmount, Clash::MustBeMore)]
        );
        assert_eq!(
            clashes(&[(P::WeightEarliest, 0)]),
            [(P::WeightEarliest, P::WeightContinuity, Clash::MustBeMore)]
        );
    }
}
