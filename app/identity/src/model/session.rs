//! A session: one sign-in on one device, and when it is over (security.md 2.4, 4.2).

use chrono::{DateTime, Duration, Utc};
use kernel::{Role, SessionId};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How far the sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// The password was right and a second factor is still owed: reaches the pages for that and nothing else.
    MfaPending,
    Active,
}

impl SessionState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MfaPending => "mfa_pending",
            Self::Active => "active",
        }
    }
}

/// The text names no state of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a session")]
pub struct NotAState;

impl FromStr for SessionState {
    type Err = NotAState;
    fn from_str(text: &str) -> Result<Self, NotAState> {
        [Self::MfaPending, Self::Active]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(NotAState)
    }
}

/// How long a session lives without an act, and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub idle: Duration,
    pub absolute: Duration,
}

impl Limits {
    /// Staff sessions are shorter (NIST SP 800-63B-4, AAL2 and AAL3).
    pub const fn of(role: Role) -> Self {
        if role.is_staff() {
            Self {
                idle: Duration::minutes(15),
                absolute: Duration::hours(12),
            }
        } else {
            Self {
                idle: Duration::minutes(30),
                absolute: Duration::hours(24),
            }
        }
    }
}

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    SignedOut,
    /// Ended from the page "sessions of mine" on another device.
    Elsewhere,
    /// A new sign-in in the same browser took its place.
    Replaced,
    Idle,
    Absolute,
    /// The account was suspended or ended.
    Account,
}

impl Ended {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Elsewhere => "ended_elsewhere",
            Self::Replaced => "replaced",
            Self::Idle => "idle",
            Self::Absolute => "absolute",
            Self::Account => "account",
        }
    }
}

/// The times of a session, as far as its life depends on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    pub started: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// In a live call until then, as far as is known: holds off the idle limit, never the absolute one.
    pub in_call_until: Option<DateTime<Utc>>,
}

impl Times {
    /// `None` while the session lives.
    pub fn over(&self, role: Role, now: DateTime<Utc>) -> Option<Ended> {
        let limits = Limits::of(role);
        if now - self.started >= limits.absolute {
            return Some(Ended::Absolute);
        }
        // Time in a call counts as activity: the idle limit begins when the call is over.
        let active = self
            .in_call_until
            .map_or(self.last_seen, |until| until.max(self.last_seen));
        (now - active >= limits.idle).then_some(Ended::Idle)
    }

    /// Is `last_seen` old enough to be worth a write? At most one a minute.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        now - self.last_seen >= Duration::minutes(1)
    }
}

/// One line of "sessions of mine". Instants in UTC; the offset is the account's zone at that instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySession {
    pub id: SessionId,
    /// "Firefox on Linux".
    pub device: String,
    /// In the account's own zone, ready to read: "Mon 1 Mar, 09:00".
    pub started: String,
    pub last_seen: String,
    /// The one this page was asked from.
    pub is_this: bool,
}

#[cfg(test)]
mod tests {
    use super::{Ended, Times};
    use chrono::{DateTime, Duration, Utc};
    use kernel::Role;

    fn nine() -> DateTime<Utc> {
        "2027-03-01T09:00:00Z".parse().unwrap()
    }

    fn times(last_seen: Duration) -> Times {
        Times {
            started: nine(),
            last_seen: nine() + last_seen,
            in_call_until: None,
        }
    }

    #[test]
    fn a_quiet_session_ends_after_the_idle_limit_of_its_role() {
        let quiet = times(Duration::zero());
        for (role, minutes) in [
            (Role::Patient, 30),
            (Role::Guardian, 30),
            (Role::Therapist, 15),
            (Role::Admin, 15),
        ] {
            let limit = nine() + Duration::minutes(minutes);
            assert_eq!(quiet.over(role, limit - Duration::seconds(1)), None, "{role}");
            assert_eq!(quiet.over(role, limit), Some(Ended::Idle), "{role}");
        }
    }

    #[test]
    fn a_busy_session_ends_after_the_absolute_limit_of_its_role() {
        for (role, hours) in [(Role::Patient, 24), (Role::Liaison, 12)] {
            let limit = Duration::hours(hours);
            let busy = times(limit - Duration::minutes(1));
            assert_eq!(busy.over(role, nine() + limit - Duration::seconds(1)), None, "{role}");
            assert_eq!(busy.over(role, nine() + limit), Some(Ended::Absolute), "{role}");
        }
    }

    #[test]
    fn a_call_holds_off_the_idle_limit_and_never_the_absolute_one() {
        let in_call = Times {
            in_call_until: Some(nine() + Duration::hours(13)),
            ..times(Duration::zero())
        };
        assert_eq!(in_call.over(Role::Therapist, nine() + Duration::hours(11)), None);
        assert_eq!(
            in_call.over(Role::Therapist, nine() + Duration::hours(12)),
            Some(Ended::Absolute)
        );
    }

    #[test]
    fn last_seen_is_written_once_a_minute() {
        let seen = times(Duration::zero());
        assert!(!seen.is_stale(nine() + Duration::seconds(59)));
        assert!(seen.is_stale(nine() + Duration::seconds(60)));
    }
}
