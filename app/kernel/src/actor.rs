//! Who acts. An actor is built from the sign-in session on the server and from nothing else.

use crate::{AccountId, SessionId, TherapistId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What an account may be. One account has one role, one human has one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Patient,
    Guardian,
    Therapist,
    Liaison,
    Partner,
    Admin,
}

impl Role {
    pub const ALL: [Self; 6] = [
        Self::Patient,
        Self::Guardian,
        Self::Therapist,
        Self::Liaison,
        Self::Partner,
        Self::Admin,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Guardian => "guardian",
            Self::Therapist => "therapist",
            Self::Liaison => "liaison",
            Self::Partner => "partner",
            Self::Admin => "admin",
        }
    }

    /// Works for the organisation or for a referring one: shorter sessions, stricter sign-in.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Patient | Self::Guardian)
    }

    /// The first page after sign-in (R7).
    pub const fn home(self) -> &'static str {
        match self {
            Self::Patient | Self::Guardian => "/my",
            Self::Therapist => "/care",
            Self::Liaison => "/desk",
            Self::Partner => "/partner",
            Self::Admin => "/admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role")]
pub struct NotARole;

impl FromStr for Role {
    type Err = NotARole;
    fn from_str(text: &str) -> Result<Self, NotARole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(NotARole)
    }
}

/// The signed-in account behind a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    pub account: AccountId,
    pub role: Role,
    pub session: SessionId,
}

impl Actor {
    /// The therapist this actor is, if it is one.
    pub fn therapist(&self) -> Option<TherapistId> {
        (self.role == Role::Therapist).then(|| self.account.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn every_role_survives_its_text() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert!("doctor".parse::<Role>().is_err());
    }
}
