//! An account and its states.

use kernel::{AccountId, Role};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where an account stands. Only `Active` signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Has a link to set a password, and has not used it.
    Invited,
    Active,
    /// Stopped for a while.
    Suspended,
    /// Over. The row stays, because records name it.
    Ended,
}

impl AccountState {
    pub const ALL: [Self; 4] = [Self::Invited, Self::Active, Self::Suspended, Self::Ended];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Ended => "ended",
        }
    }

    pub const fn may_sign_in(self) -> bool {
        matches!(self, Self::Active)
    }
}

/// The text names no state of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a state of an account")]
pub struct NotAState;

impl FromStr for AccountState {
    type Err = NotAState;
    fn from_str(text: &str) -> Result<Self, NotAState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(NotAState)
    }
}

/// The signed-in account, as its own pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub account: AccountId,
    pub name: String,
    pub role: Role,
    /// IANA name.
    pub zone: String,
}

/// One e-mail, one account: compared without case and surrounding space.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{AccountState, email_key};

    #[test]
    fn only_an_active_account_signs_in() {
        let may: Vec<_> = AccountState::ALL
            .into_iter()
            .filter(|state| state.may_sign_in())
            .collect();
        assert_eq!(may, [AccountState::Active]);
    }

    #[test]
    fn every_state_survives_its_text() {
        for state in AccountState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("deleted".parse::<AccountState>().is_err());
    }

    #[test]
    fn an_email_is_one_however_it_is_typed() {
        assert_eq!(email_key(" Ana@Demo.Example "), "ana@demo.example");
    }
}
