//! When the next sign-in may be tried, in the database: a restart forgets nothing.
//!
//! Strangers are counted per account and per address. A browser in which the account has signed in before is counted by
//! itself, so that nobody who knows an e-mail can keep its person out of their own browser. No count closes for good: time
//! alone opens it again, slowly.

use chrono::{DateTime, Duration, Utc};

/// After so many failures in a row guessing is over (NIST SP 800-63B-4, 3.2.2): from then on one try a day, until a success or
/// a quiet week.
pub const MOST_FAILURES: i32 = 100;

/// Tries without any wait: people mistype.
const FREE_FOR_ACCOUNT: i32 = 5;
/// A family or a clinic shares one address.
const FREE_FOR_ADDRESS: i32 = 20;
const LONGEST_WAIT: Duration = Duration::minutes(15);
const CLOSED_FOR: Duration = Duration::days(1);

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Tries at one account from browsers that are strange to it.
    Account,
    /// Tries from one address, at any account, from browsers that are strange to it.
    Address,
    /// Tries at one account from a browser in which it has signed in before.
    Browser,
}

impl Counted {
    pub const ALL: [Self; 3] = [Self::Account, Self::Address, Self::Browser];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
            Self::Browser => "browser",
        }
    }

    /// A count starts anew after this long without a try.
    const fn forgets_after(self) -> Duration {
        match self {
            Self::Account | Self::Browser => Duration::weeks(1),
            Self::Address => Duration::hours(1),
        }
    }

    /// A row is kept this long after its last try: what has been forgotten need not be kept, but a browser stays known.
    pub const fn kept_for(self) -> Duration {
        match self {
            Self::Browser => Duration::days(180),
            Self::Account | Self::Address => self.forgets_after(),
        }
    }

    /// The wait after so many failures in a row: none, then 2, 4, 8 … seconds, at most a quarter of an hour; a day where
    /// guessing is over.
    pub fn wait_after(self, failures: i32) -> Duration {
        let free = match self {
            Self::Account | Self::Browser => FREE_FOR_ACCOUNT,
            Self::Address => FREE_FOR_ADDRESS,
        };
        match u32::try_from(failures - free) {
            Err(_) | Ok(0) => Duration::zero(),
            Ok(_) if failures >= MOST_FAILURES && self != Self::Address => CLOSED_FOR,
            Ok(beyond) => Duration::seconds(1_i64 << beyond.min(10)).min(LONGEST_WAIT),
        }
    }
}

/// How one of them stands.
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
    /// How long to wait, when the try comes too early.
    pub fn claim(self, kind: Counted, now: DateTime<Utc>) -> Result<Self, Duration> {
        if now < self.next_at {
            return Err(self.next_at - now);
        }
        let forgotten = now - self.last_at >= kind.forgets_after();
        let failures = if forgotten { 1 } else { self.failures.saturating_add(1) };
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
    fn after_a_hundred_failures_a_guesser_has_one_try_a_day_and_a_quiet_week_forgets_them() {
        for kind in [Counted::Account, Counted::Browser] {
            let (mut standing, mut now, mut tries) = (fresh(), noon(), 0);
            while now < noon() + Duration::days(30) {
                standing = standing.claim(kind, now).unwrap();
                (now, tries) = (standing.next_at, tries + 1);
            }
            assert!(
                (MOST_FAILURES..MOST_FAILURES + 30).contains(&tries),
                "{tries} tries in a month"
            );
            assert!(standing.claim(kind, now - Duration::seconds(1)).is_err());
            let later = standing.claim(kind, standing.last_at + Duration::weeks(1)).unwrap();
            assert_eq!((later.failures, later.next_at), (1, later.last_at));
        }
    }

    #[test]
    fn no_row_goes_while_it_still_counts() {
        for kind in Counted::ALL {
            assert!(kind.kept_for() >= kind.forgets_after());
            assert!(kind.kept_for() >= kind.wait_after(i32::MAX));
        }
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
        assert_eq!(Counted::Account.wait_after(MOST_FAILURES - 1), Duration::minutes(15));
        assert_eq!(Counted::Address.wait_after(i32::MAX), Duration::minutes(15));
    }

    #[test]
    fn an_address_has_more_patience_than_an_account() {
        assert_eq!(Counted::Address.wait_after(20), Duration::zero());
        assert_eq!(Counted::Address.wait_after(21), Duration::seconds(2));
    }
}
