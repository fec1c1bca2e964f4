//! What sign-in needs beside the house: the hasher with its limit, the form of the cookie, and who is told when a session ends.

use crate::{SessionEvents, http::Cookies, service::hasher::Hasher};

/// Made once at start-up, cloned per request, provided in the context of server functions.
#[derive(Debug, Clone)]
pub struct Gate {
    pub hasher: Hasher,
    pub cookies: Cookies,
    pub events: SessionEvents,
}

impl Gate {
    /// `secure`: the site is served on https. Only a plain-http loopback address may say `false`.
    ///
    /// # Errors
    /// When the system has no randomness for the dummy password.
    pub async fn new(secure: bool) -> Result<Self, crate::SignInError> {
        Ok(Self {
            hasher: Hasher::new().await?,
            cookies: Cookies::new(secure),
            events: SessionEvents::default(),
        })
    }
}
