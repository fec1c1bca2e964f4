//! When the next sign-in may be tried. Counted per account and per address, in the database: a restart forgets nothing.

use chrono::{DateTime, Duration, Utc};

/// After so many failures in a row an account takes no password any more (NIST SP 800-63B-4, 3.2.2).
pub const MOST_FAILURES: i32 = 100;

/// Tries without any wait: people mistype.
const FREE_FOR_ACCOUNT: i32 = 5;
/// A family or a clinic shares one address.
const FREE_FOR_ADDRESS: i32 = 20;
const LONGEST_WAIT: Duration = Duration::minutes(15);
/// What a closed account is told: the truth would be "until a new password is set", which would say that it exists.
const LOCKED: Duration = LONGEST_WAIT;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Account,
    Address,
}

impl Counted {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
        }
    }

    /// An address starts anew after this long without a failure. An account does not: its failures are consecutive.
    pub const fn forgets_after(self) -> Option<Duration> {
        match self {
            Self::Account => None,
            Self::Address => Some(Duration::hours(1)),
        }
    }

    /// The wait after so many failures in a row: none, then 2, 4, 8 … seconds, at most a quarter of an hour.
    pub fn wait_after(self, failures: i32) -> Duration {
        let free = match self {
            Self::Account => FREE_FOR_ACCOUNT,
            Self::Address => FREE_FOR_ADDRESS,
        };
        match u32::try_from(failures - free) {
            Err(_) | Ok(0) => Duration::zero(),
            Ok(beyond) => Duration::seconds(1_i64 << beyond.min(10)).min(LONGEST_WAIT),
        }
    }
}

/// How an account or an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub failures: i32,
    pub last_at: DateTime<Utc>,
    /// No try before this instant.
    pub next_at: DateTime<Utc>,
}

impl Standing {
    /// Counts a try as failed before it is made, so that parallel guesses cannot outrun the count.
    ///
    /// # Errors
    /// How long to wait, when the try comes too early or the account takes no more.
    pub fn claim(self, kind: Counted, now: DateTime<Utc>) -> Result<Self, Duration> {
        if now < self.next_at {
            return Err(self.next_at - now);
        }
        let forgotten = kind.forgets_after().is_some_and(|after| now - self.last_at >= after);
        let failures = if forgotten { 1 } else { self.failures.saturating_add(1) };
        if kind == Counted::Account && failures > MOST_FAILURES {
            return Err(LOCKED);
        }
        Ok(Self {
            failures,
            last_at: now,
            next_at: now + kind.wait_after(failures),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, MOST_FAILURES, Standing};
    use chrono::{DateTime, Duration, Utc};

    fn noon() -> DateTime<Utc> {
        "2027-03-01T12:00:00Z".parse().unwrap()
    }

    fn fresh() -> Standing {
        Standing {
            failures: 0,
            last_at: noon(),
            next_at: noon(),
        }
    }

    #[test]
    fn a_hundred_failures_in_a_row_close_an_account_however_patient_the_guesser() {
        let (mut standing, mut now, mut tries) = (fresh(), noon(), 0);
        while let Ok(next) = standing.claim(Counted::Account, now) {
            (standing, now, tries) = (next, next.next_at, tries + 1);
        }
        assert_eq!(tries, MOST_FAILURES);
        assert!(standing.claim(Counted::Account, now + Duration::days(365)).is_err());
    }

    #[test]
    fn an_early_try_is_told_how_long_to_wait() {
        let mut standing = fresh();
        for _ in 0..6 {
            standing = standing.claim(Counted::Account, noon()).unwrap();
        }
        assert_eq!(standing.claim(Counted::Account, noon()), Err(Duration::seconds(2)));
    }

    #[test]
    fn an_address_starts_anew_after_a_quiet_hour() {
        let angry = Standing {
            failures: 60,
            ..fresh()
        };
        let later = angry.claim(Counted::Address, noon() + Duration::hours(1)).unwrap();
        assert_eq!(later.failures, 1);
    }

    #[test]
    fn the_wait_starts_late_doubles_and_stops_growing() {
        let seconds: Vec<i64> = (4..9).map(|n| Counted::Account.wait_after(n).num_seconds()).collect();
        assert_eq!(seconds, [0, 0, 2, 4, 8]);
        assert_eq!(Counted::Account.wait_after(MOST_FAILURES), Duration::minutes(15));
        assert_eq!(Counted::Account.wait_after(i32::MAX), Duration::minutes(15));
    }

    #[test]
    fn an_address_has_more_patience_than_an_account() {
        assert_eq!(Counted::Address.wait_after(20), Duration::zero());
        assert_eq!(Counted::Address.wait_after(21), Duration::seconds(2));
    }
}
