//! The rules in force, in the types that use them. Defaults are those of product.md 4.1.

use super::{Approval, Parameter, Values, Weights};
use chrono::Duration;
use kernel::Money;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    /// How long a chosen time is kept while the form is open.
    pub hold: Duration,
    /// By how much a hold can be prolonged, once.
    pub hold_extension: Duration,
    /// The distance of start times; `None`: the service's own.
    pub interval: Option<Duration>,
    /// Kept free around a visit of a service that has no buffer of its own.
    pub buffer_before: Duration,
    pub buffer_after: Duration,
    /// The shortest time between booking and visit.
    pub notice: Duration,
    /// The farthest day that can be booked, from now.
    pub horizon: Duration,
    /// A cancellation or move closer to the start than this is late.
    pub cut_off: Duration,
    /// After this an unanswered request gives its time back; at the visit's start if that is earlier.
    pub request_expiry: Duration,
    /// Open requests one patient may have (G5).
    pub open_requests: u32,
    /// Which requests become visits without the desk.
    pub approval: Approval,
    /// What the order of a search goes by.
    pub weights: Weights,
    /// How long before a visit its people are reminded.
    pub reminders: [Option<Duration>; 3],
    /// How long after a visit its therapist is reminded to confirm it.
    pub confirm_nudges: [Option<Duration>; 2],
    /// How long a time is kept that somebody on the waiting list was offered.
    pub waitlist_offer: Duration,
    /// How long the offer of an instant visit lasts.
    pub instant_offer: Duration,
    /// How long before its start a visit's room opens.
    pub room_opens: Duration,
    /// How long after confirming a visit its outcome may be corrected.
    pub correction: Duration,
    /// What a late cancellation may cost; `None`: nothing.
    pub late_fee: Option<Money>,
    /// Longest reason, summary or words to a patient, in characters. Our own choice, and the same for everybody.
    pub text_limit: usize,
}

impl Parameters {
    pub const DEFAULT: Self = Self::from_values(&Values::DEFAULT);

    /// The values, each in its unit.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the table bounds each value"
    )]
    pub const fn from_values(values: &Values) -> Self {
        let minutes = Minutes(values);
        Self {
            hold: minutes.of(Parameter::Hold),
            hold_extension: minutes.of(Parameter::HoldExtension),
            interval: minutes.unless_off(Parameter::Interval),
            buffer_before: minutes.of(Parameter::BufferBefore),
            buffer_after: minutes.of(Parameter::BufferAfter),
            notice: minutes.of(Parameter::Notice),
            horizon: Duration::days(values.get(Parameter::Horizon)),
            cut_off: Duration::hours(values.get(Parameter::CutOff)),
            request_expiry: Duration::hours(values.get(Parameter::RequestExpiry)),
            open_requests: values.get(Parameter::OpenRequests) as u32,
            approval: Approval {
                follow_up: values.get(Parameter::SkipFollowUp) == 1,
                same_therapist: values.get(Parameter::SkipSameTherapist) == 1,
                known_patient: values.get(Parameter::SkipKnownPatient) == 1,
                follow_up_within: Duration::days(values.get(Parameter::FollowUpDays)),
            },
            weights: Weights {
                earliest: values.get(Parameter::WeightEarliest),
                continuity: values.get(Parameter::WeightContinuity),
                language: values.get(Parameter::WeightLanguage),
                load: values.get(Parameter::WeightLoad),
            },
            reminders: [
                minutes.unless_off(Parameter::FirstReminder),
                minutes.unless_off(Parameter::SecondReminder),
                minutes.unless_off(Parameter::ThirdReminder),
            ],
            confirm_nudges: [
                hours_unless_off(values.get(Parameter::FirstNudge)),
                hours_unless_off(values.get(Parameter::SecondNudge)),
            ],
            waitlist_offer: minutes.of(Parameter::WaitlistOffer),
            instant_offer: Duration::seconds(values.get(Parameter::InstantOffer)),
            room_opens: minutes.of(Parameter::RoomOpens),
            correction: Duration::hours(values.get(Parameter::Correction)),
            late_fee: if values.get(Parameter::LateFee) == 1 {
                Some(Money::usd(values.get(Parameter::LateFeeAmount)))
            } else {
                None
            },
            text_limit: 4_000,
        }
    }

    /// The distance of start times of a service whose own is `step` minutes.
    pub fn step(&self, step: u16) -> Duration {
        self.interval.unwrap_or(Duration::minutes(i64::from(step)))
    }

    /// What is kept free before and after a visit of a service with these minutes of its own.
    pub fn buffers(&self, before: u16, after: u16) -> (Duration, Duration) {
        let or = |own: u16, rule| {
            if own == 0 {
                rule
            } else {
                Duration::minutes(i64::from(own))
            }
        };
        (or(before, self.buffer_before), or(after, self.buffer_after))
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::DEFAULT
    }
}

struct Minutes<'a>(&'a Values);

impl Minutes<'_> {
    const fn of(&self, parameter: Parameter) -> Duration {
        Duration::minutes(self.0.get(parameter))
    }

    const fn unless_off(&self, parameter: Parameter) -> Option<Duration> {
        match self.0.get(parameter) {
            0 => None,
            minutes => Some(Duration::minutes(minutes)),
        }
    }
}

const fn hours_unless_off(hours: i64) -> Option<Duration> {
    match hours {
        0 => None,
        hours => Some(Duration::hours(hours)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Parameter, Parameters, Values};
    use chrono::Duration;
    use kernel::Money;

    #[test]
    fn the_defaults_are_those_of_the_product() {
        let rules = Parameters::DEFAULT;
        assert_eq!((rules.hold, rules.notice), (Duration::minutes(5), Duration::hours(2)));
        assert_eq!(
            (rules.horizon, rules.cut_off),
            (Duration::days(60), Duration::hours(24))
        );
        assert_eq!(
            rules.reminders,
            [Some(Duration::hours(24)), Some(Duration::hours(1)), None]
        );
        assert_eq!(
            rules.confirm_nudges,
            [Some(Duration::hours(24)), Some(Duration::hours(48))]
        );
        assert_eq!(rules.instant_offer, Duration::seconds(90));
        assert_eq!((rules.late_fee, rules.interval), (Some(Money::usd(4_000)), None));
        assert!(!rules.approval.follow_up && !rules.approval.same_therapist && !rules.approval.known_patient);
        assert_eq!(rules.weights.earliest, 100);
    }

    #[test]
    fn a_buffer_of_the_house_is_for_services_that_have_none() {
        let mut values = Values::DEFAULT;
        values.set(Parameter::BufferAfter, 15);
        values.set(Parameter::Interval, 30);
        let rules = Parameters::from_values(&values);
        assert_eq!(rules.buffers(0, 0).1, Duration::minutes(15));
        assert_eq!(rules.buffers(0, 10).1, Duration::minutes(10));
        assert_eq!(rules.step(60), Duration::minutes(30));
        assert_eq!(Parameters::DEFAULT.step(60), Duration::minutes(60));
    }
}
