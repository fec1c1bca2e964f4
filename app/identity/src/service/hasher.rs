//! Hashes and checks passwords: argon2id, a few at a time, on threads of their own.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::SignInError;

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. Raise them and every password is hashed anew at its
/// next sign-in.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// So many at once: a burst of sign-ins waits instead of taking all memory (security.md 4.1).
const AT_ONCE: usize = 4;

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    Wrong,
    Right,
    /// Right, but hashed with older parameters: store it anew.
    RightButOld,
}

/// Cheap to clone; all clones share the limit.
#[derive(Debug, Clone)]
pub struct Hasher {
    slots: Arc<Semaphore>,
    /// A hash of nobody's password: checked when there is no account, so that the answer takes as long.
    dummy: Arc<str>,
}

impl Hasher {
    /// # Errors
    /// `Fault` when the system has no randomness.
    pub async fn new() -> Result<Self, SignInError> {
        let unset = Self {
            slots: Arc::new(Semaphore::new(AT_ONCE)),
            dummy: Arc::from(""),
        };
        let nobody = crate::http::Token::random()?.reveal();
        let dummy = unset.hash(nobody).await?;
        Ok(Self {
            dummy: dummy.into(),
            ..unset
        })
    }

    /// A PHC string with a fresh salt.
    ///
    /// # Errors
    /// `Fault` when the system has no randomness or no thread.
    pub async fn hash(&self, password: String) -> Result<String, SignInError> {
        self.run(move || {
            argon2()?
                .hash_password(password.as_bytes())
                .map(|phc: PasswordHash| phc.to_string())
                .map_err(|_| SignInError::Fault("password not hashed"))
        })
        .await?
    }

    /// Checks `password` against `stored`; without one against the dummy, which is always wrong.
    ///
    /// # Errors
    /// `Fault` when the hashing thread died.
    pub async fn check(&self, password: String, stored: Option<String>) -> Result<Checked, SignInError> {
        let known = stored.is_some();
        let phc = stored.unwrap_or_else(|| self.dummy.to_string());
        self.run(move || {
            let right = Argon2::default()
                .verify_password(password.as_bytes(), phc.as_str())
                .is_ok();
            match (known && right, is_current(&phc)) {
                (false, _) => Checked::Wrong,
                (true, true) => Checked::Right,
                (true, false) => Checked::RightButOld,
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, SignInError> {
        let slot = Arc::clone(&self.slots)
            .acquire_owned()
            .await
            .map_err(|_| SignInError::Fault("hasher closed"))?;
        // The slot goes with the work: a caller who gives up does not free it while the thread is still busy.
        spawn_blocking(move || {
            let _slot = slot;
            work()
        })
        .await
        .map_err(|_| SignInError::Fault("hashing thread died"))
    }
}

fn argon2() -> Result<Argon2<'static>, SignInError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| SignInError::Fault("argon2 parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Was it hashed with at least today's parameters?
fn is_current(phc: &str) -> bool {
    PasswordHash::new(phc)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_some_and(|used| used.m_cost() >= MEMORY_KIB && used.t_cost() >= PASSES && used.p_cost() >= LANES)
}

#[cfg(test)]
mod tests {
    use super::{Checked, Hasher, is_current};
    use argon2::{
        Algorithm, Argon2, Params, Version,
        password_hash::{PasswordHasher, phc::PasswordHash},
    };

    #[tokio::test]
    async fn a_hash_opens_for_its_password_only() {
        let hasher = Hasher::new().await.unwrap();
        let phc = hasher.hash("four plain words here".to_owned()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        let check = async |password: &str| hasher.check(password.to_owned(), Some(phc.clone())).await.unwrap();
        assert_eq!(check("four plain words here").await, Checked::Right);
        assert_eq!(check("four plain words hers").await, Checked::Wrong);
    }

    #[tokio::test]
    async fn a_weaker_hash_asks_to_be_renewed() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8_192, 1, 1, None).unwrap(),
        );
        let phc: PasswordHash = weak.hash_password(b"four plain words here").unwrap();
        assert!(!is_current(&phc.to_string()));
        let hasher = Hasher::new().await.unwrap();
        let checked = hasher
            .check("four plain words here".to_owned(), Some(phc.to_string()))
            .await
            .unwrap();
        assert_eq!(checked, Checked::RightButOld);
    }

    #[tokio::test]
    async fn nobody_has_no_right_password() {
        let hasher = Hasher::new().await.unwrap();
        assert_eq!(hasher.check(String::new(), None).await.unwrap(), Checked::Wrong);
    }
}
