//! Credentials for our own TURN server: coturn's shared-secret scheme (`use-auth-secret`), where the name carries its
//! expiry and the password is its HMAC-SHA1. Bound to the visit's planned end plus 30 minutes, because coturn checks them at
//! every refresh and a shorter life would cut a running call (security.md 4.12).

use crate::api::IceServer;
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use uuid::Uuid;

/// A TURN server of ours and the secret it shares with us.
#[derive(Clone)]
pub struct Turn {
    urls: Vec<String>,
    secret: String,
    only_way: bool,
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Turn").field("urls", &self.urls).finish_non_exhaustive()
    }
}

impl Turn {
    pub const fn new(urls: Vec<String>, secret: String) -> Self {
        Self {
            urls,
            secret,
            only_way: false,
        }
    }

    /// Whether every call must go through it: no side then learns the other's address.
    #[must_use]
    pub fn as_the_only_way(self, only_way: bool) -> Self {
        Self { only_way, ..self }
    }

    pub const fn is_the_only_way(&self) -> bool {
        self.only_way
    }

    /// Credentials that work until `until`. `label` is random: never the id of a person or a visit.
    pub fn credentials(&self, until: DateTime<Utc>, label: Uuid) -> IceServer {
        let username = format!("{}:{}", until.timestamp(), label.simple());
        IceServer {
            urls: self.urls.clone(),
            credential: self.password(&username),
            username,
        }
    }

    fn password(&self, username: &str) -> String {
        // HMAC takes a key of any length.
        Hmac::<Sha1>::new_from_slice(self.secret.as_bytes()).map_or_else(
            |_| String::new(),
            |mut mac| {
                mac.update(username.as_bytes());
                BASE64_STANDARD.encode(mac.finalize().into_bytes())
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_what_coturn_computes() {
        let turn = Turn::new(vec!["turn:turn.example:3478".to_owned()], "CHANGE".to_owned());
        assert_eq!(turn.password("1767225600:visit-42"), "Sz0if+GAo0qOJv6EmcQJAUJEwXo=");
    }

    #[test]
    fn credentials_carry_their_end_and_never_print_the_secret() {
        let turn = Turn::new(Vec::new(), "hunter2".to_owned());
        let until = DateTime::from_timestamp(1_803_996_000, 0).unwrap();
        assert!(turn.credentials(until, Uuid::nil()).username.starts_with("1803996000:"));
        assert!(!format!("{turn:?}").contains("hunter2"));
    }
}
