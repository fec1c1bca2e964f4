//! The secret in the cookie: 256 random bits, of which the server keeps only the SHA-256.

use crate::SignInError;
use sha2::{Digest, Sha256};
use std::fmt;

/// Never prints, is never stored.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[token]")
    }
}

impl Token {
    /// A fresh one.
    ///
    /// # Errors
    /// `Fault` when the system has no randomness to give.
    pub fn random() -> Result<Self, SignInError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| SignInError::Fault("no randomness"))?;
        Ok(Self(bytes))
    }

    /// Reads a cookie's value; anything but 64 hex digits is no token.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// What is handed out.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    /// What is stored and looked up. A fast hash is enough: the token is random.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}
