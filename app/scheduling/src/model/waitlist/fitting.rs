//! Which times a wish is for, read on the patient's clock.

use crate::model::{Weekday, reasons::codes};
use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// A part of the day.
    PartOfDay {
        Morning = "morning",
        Afternoon = "afternoon",
        Evening = "evening",
    }
}

/// The hours at which the afternoon and the evening begin.
const NOON: u32 = 12;
const EVENING: u32 = 17;

impl PartOfDay {
    /// The part in which a clock reading lies.
    pub fn of(local: NaiveDateTime) -> Self {
        match local.hour() {
            0..NOON => Self::Morning,
            NOON..EVENING => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// A set of listed things, one bit each, in the order of the list. Never empty: no wish is for no day.
macro_rules! set {
    ($(#[$meta:meta])* $name:ident of $one:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name(u8);

        impl $name {
            pub const ALL: Self = Self((1 << $one::ALL.len()) - 1);

            /// Nothing chosen means that all fit.
            pub fn of(chosen: impl IntoIterator<Item = $one>) -> Self {
                let bits = chosen.into_iter().fold(0, |bits, one| bits | 1 << one as u8);
                if bits == 0 { Self::ALL } else { Self(bits) }
            }

            /// As stored; `None` for what no set of ours is.
            pub fn from_bits(bits: i16) -> Option<Self> {
                let bits = u8::try_from(bits).ok()?;
                (bits != 0 && bits <= Self::ALL.0).then_some(Self(bits))
            }

            pub const fn bits(self) -> i16 {
                self.0 as i16
            }

            pub const fn has(self, one: $one) -> bool {
                self.0 & 1 << one as u8 != 0
            }

            /// Its members, in order.
            pub fn list(self) -> impl Iterator<Item = $one> {
                $one::ALL.iter().copied().filter(move |one| self.has(*one))
            }
        }
    };
}

set! {
    /// The days of the week that fit.
    Days of Weekday
}
set! {
    /// The parts of the day that fit.
    Parts of PartOfDay
}

/// Which times are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub days: Days,
    pub parts: Parts,
    /// Only before this: the end of the wish, or the visit that should come sooner.
    pub before: DateTime<Utc>,
}

impl Wanted {
    /// Whether a visit from `starts` to `ends` fits. `local`: `starts` on the patient's clock.
    pub fn fits(&self, starts: DateTime<Utc>, ends: DateTime<Utc>, local: NaiveDateTime) -> bool {
        let day = Weekday::from_iso(i16::try_from(local.weekday().number_from_monday()).unwrap_or_default());
        starts < self.before
            && ends <= self.before
            && day.is_some_and(|day| self.days.has(day))
            && self.parts.has(PartOfDay::of(local))
    }
}

#[cfg(test)]
mod tests {
    use super::{Days, PartOfDay, Parts, Wanted};
    use crate::model::Weekday;
    use chrono::{DateTime, Duration, NaiveDate, Utc};
    use proptest::prelude::*;

    fn monday(hour: u32, minute: u32) -> chrono::NaiveDateTime {
        NaiveDate::from_ymd_opt(2027, 3, 1)
            .unwrap()
            .and_hms_opt(hour, minute, 0)
            .unwrap()
    }

    fn fits(wanted: Wanted, local: chrono::NaiveDateTime) -> bool {
        let starts = local.and_utc();
        wanted.fits(starts, starts + Duration::minutes(45), local)
    }

    fn far() -> DateTime<Utc> {
        "2027-06-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_day_has_three_parts() {
        assert_eq!(PartOfDay::of(monday(0, 0)), PartOfDay::Morning);
        assert_eq!(PartOfDay::of(monday(11, 59)), PartOfDay::Morning);
        assert_eq!(PartOfDay::of(monday(12, 0)), PartOfDay::Afternoon);
        assert_eq!(PartOfDay::of(monday(16, 59)), PartOfDay::Afternoon);
        assert_eq!(PartOfDay::of(monday(17, 0)), PartOfDay::Evening);
    }

    #[test]
    fn days_and_parts_are_read_on_the_patients_clock() {
        let wanted = Wanted {
            days: Days::of([Weekday::Monday]),
            parts: Parts::of([PartOfDay::Morning]),
            before: far(),
        };
        assert!(fits(wanted, monday(9, 0)));
        assert!(!fits(wanted, monday(13, 0)), "another part of the day");
        assert!(!fits(wanted, monday(9, 0) + Duration::days(1)), "another day");
    }

    #[test]
    fn a_sooner_visit_is_over_before_the_other_begins() {
        let wanted = |before: &str| Wanted {
            days: Days::ALL,
            parts: Parts::ALL,
            before: before.parse().unwrap(),
        };
        assert!(fits(wanted("2027-03-01T09:45:00Z"), monday(9, 0)));
        assert!(!fits(wanted("2027-03-01T09:44:00Z"), monday(9, 0)));
        assert!(!fits(wanted("2027-03-01T09:00:00Z"), monday(9, 0)));
    }

    proptest! {
        #[test]
        fn a_set_survives_its_bits_and_nothing_chosen_means_all(chosen in proptest::collection::vec(0_usize..7, 0..9)) {
            let days = Days::of(chosen.iter().map(|index| Weekday::ALL[*index]));
            prop_assert_eq!(Days::from_bits(days.bits()), Some(days));
            for (index, day) in Weekday::ALL.iter().enumerate() {
                prop_assert_eq!(days.has(*day), chosen.is_empty() || chosen.contains(&index));
            }
            prop_assert_eq!(Days::from_bits(0), None);
            prop_assert_eq!(Parts::from_bits(8), None);
        }

        /// Whoever wants fewer days or parts is offered nothing that the other would not be.
        #[test]
        fn a_narrower_wish_fits_less(days in 1_i16..128, parts in 1_i16..8, minutes in 0_i64..20_000) {
            let narrow = Wanted {
                days: Days::from_bits(days).unwrap(),
                parts: Parts::from_bits(parts).unwrap(),
                before: far(),
            };
            let wide = Wanted { days: Days::ALL, parts: Parts::ALL, ..narrow };
            let at = monday(0, 0) + Duration::minutes(minutes);
            prop_assert!(fits(wide, at) || !fits(narrow, at));
        }
    }
}
