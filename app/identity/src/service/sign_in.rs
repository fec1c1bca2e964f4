//! Somebody signs in with e-mail and password.

use chrono::{DateTime, Duration, Utc};
use kernel::{
    Actor, House, SessionId, StoreError, Task, Tx,
    audit::{self, Looked, Subject},
};
use sha2::{Digest, Sha256};

use super::{hasher::Checked, session::announce};
use crate::{
    Gate, SignInError,
    http::{ClientAddress, Token},
    model::{
        SessionState,
        account::email_key,
        device,
        password::LONGEST,
        session::Ended,
        throttle::{Counted, Standing},
    },
    store::{self, account::Credentials},
};

/// What a sign-in brings along.
#[derive(Debug)]
pub struct Attempt<'a> {
    pub email: &'a str,
    pub password: String,
    pub address: Option<ClientAddress>,
    pub user_agent: &'a str,
    /// What the browser was given when somebody signed in with it before.
    pub known: Option<Token>,
    /// The cookie the browser already carries: its session ends, so that a planted cookie is worth nothing (V7.2.4).
    pub carried: Option<Token>,
}

/// A new session, and the secret to hand out for it.
#[derive(Debug)]
pub struct SignedIn {
    pub actor: Actor,
    pub token: Token,
    /// By which the browser is known the next time.
    pub browser: Token,
}

/// Checks the password and opens a session.
///
/// A wrong password, an unknown e-mail and an account that may not sign in take the same steps: each is counted, hashed
/// against something, and audited.
///
/// # Errors
/// `Refused` for all of those, `TooMany` when the account or the address has to wait, or the browser where it is known.
pub async fn sign_in(house: &House, gate: &Gate, attempt: Attempt<'_>) -> Result<SignedIn, SignInError> {
    let keys = Keys::of(&attempt);
    let (counted, found) = claim_and_find(house, &keys, &email_key(attempt.email)).await?;

    // No connection is held while hashing. An endless password is not worth hashing, nor telling apart.
    let stored = found.as_ref().and_then(|found| found.phc.clone());
    let password: String = attempt.password.chars().take(LONGEST + 1).collect();
    let checked = gate.hasher.check(password.clone(), stored).await?;

    match found {
        Some(found) if checked != Checked::Wrong && found.state.may_sign_in() => {
            let renewed = match checked {
                Checked::RightButOld => Some(gate.hasher.hash(password).await?),
                _ => None,
            };
            // What a strange browser carries may be somebody else's, who kept a copy: it becomes known by a new one.
            let browser = match attempt.known.clone() {
                Some(known) if counted == Under::Known => known,
                _ => Token::random()?,
            };
            let right = Right {
                counted,
                browser: browser_key(&browser, &email_key(attempt.email)),
                renewed,
            };
            settle(house, &keys, &found, right).await?;
            open_session(house, gate, &found, &attempt, browser).await
        }
        found => {
            refuse(house, found.as_ref()).await?;
            Err(SignInError::Refused)
        }
    }
}

/// What the try is counted under.
struct Keys {
    account: [u8; 32],
    address: Option<[u8; 32]>,
    browser: Option<[u8; 32]>,
}

/// What it was counted under.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Under {
    /// The account and the address.
    Strange,
    Known,
}

/// A browser is known to one account: what is stored names neither.
fn browser_key(browser: &Token, email: &str) -> [u8; 32] {
    Sha256::digest([b"browser".as_slice(), &browser.hash(), email.as_bytes()].concat()).into()
}

impl Keys {
    fn of(attempt: &Attempt<'_>) -> Self {
        let email = email_key(attempt.email);
        Self {
            account: Sha256::digest([b"account".as_slice(), email.as_bytes()].concat()).into(),
            address: attempt.address.map(ClientAddress::throttle_key),
            browser: attempt.known.as_ref().map(|known| browser_key(known, &email)),
        }
    }

    /// Of a strange browser. Address first: always the same order, so that two tries never wait for each other.
    fn strange(&self) -> impl Iterator<Item = (Counted, [u8; 32])> {
        let address = self.address.map(|key| (Counted::Address, key));
        address.into_iter().chain([(Counted::Account, self.account)])
    }
}

/// Counts the try as failed, and only then looks for the account.
async fn claim_and_find(
    house: &House,
    keys: &Keys,
    email_key: &str,
) -> Result<(Under, Option<Credentials>), SignInError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let mut counted = Under::Strange;
    if let Some(browser) = keys.browser
        && let Some(standing) = store::throttle::lock_known(&mut tx, browser).await?
    {
        counted = Under::Known;
        claim(&mut tx, Counted::Browser, browser, standing, now).await?;
    } else {
        for (kind, key) in keys.strange() {
            let standing = store::throttle::lock(&mut tx, kind, key, now).await?;
            claim(&mut tx, kind, key, standing, now).await?;
        }
    }
    let found = store::account::credentials(&mut tx, email_key).await?;
    tx.commit().await?;
    Ok((counted, found))
}

async fn claim(
    tx: &mut Tx,
    kind: Counted,
    key: [u8; 32],
    standing: Standing,
    now: DateTime<Utc>,
) -> Result<(), SignInError> {
    let claimed = standing
        .claim(kind, now)
        .map_err(|wait| SignInError::TooMany(seconds_up(wait)))?;
    Ok(store::throttle::set(tx, kind, key, &claimed).await?)
}

/// What follows from the right password.
struct Right {
    counted: Under,
    browser: [u8; 32],
    /// The hash to keep in place of an old one.
    renewed: Option<String>,
}

/// The try succeeded: what it was counted under begins anew, and the browser is known from now on. The address gets its one
/// failure back only; and a success in a known browser leaves the count of the strangers, or it would give them new tries.
async fn settle(house: &House, keys: &Keys, found: &Credentials, right: Right) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    if right.counted == Under::Strange {
        if let Some(address) = keys.address {
            store::throttle::take_back(&mut tx, Counted::Address, address, now).await?;
        }
        store::throttle::forget(&mut tx, Counted::Account, keys.account).await?;
    }
    store::throttle::know(&mut tx, right.browser, now).await?;
    if let Some(phc) = right.renewed {
        store::account::set_password(&mut tx, found.account, &phc, now).await?;
    }
    tx.commit().await
}

async fn open_session(
    house: &House,
    gate: &Gate,
    found: &Credentials,
    attempt: &Attempt<'_>,
    browser: Token,
) -> Result<SignedIn, SignInError> {
    if let Some(carried) = &attempt.carried {
        end_carried(house, gate, carried).await?;
    }
    let token = Token::random()?;
    let actor = Actor {
        account: found.account,
        role: found.role,
        session: house.ids.next::<SessionId>(),
    };
    let mut tx = house.db.begin(&actor).await?;
    let session = store::session::NewSession {
        id: actor.session,
        account: actor.account,
        token_hash: token.hash(),
        // A second factor, once it exists, decides here between `MfaPending` and `Active`.
        state: SessionState::Active,
        device: &device::words(attempt.user_agent),
        now: house.clock.now(),
    };
    store::session::insert(&mut tx, &session).await?;
    audit::record(&mut tx, Looked::SignedIn, Subject::new("session", actor.session.uuid()));
    tx.commit().await?;
    Ok(SignedIn { actor, token, browser })
}

async fn end_carried(house: &House, gate: &Gate, carried: &Token) -> Result<(), StoreError> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let Some(open) = store::session::by_token(&mut tx, carried.hash()).await? else {
        return Ok(());
    };
    let ended = store::session::end(&mut tx, open.actor.session, Ended::Replaced, now).await?;
    audit::record(
        &mut tx,
        Looked::SignedOut,
        Subject::new("session", open.actor.session.uuid()),
    );
    tx.commit().await?;
    announce(&gate.events, open.actor.session, ended);
    Ok(())
}

async fn refuse(house: &House, found: Option<&Credentials>) -> Result<(), StoreError> {
    let mut tx = house.db.begin_task(Task::SignIn).await?;
    let subject = found.map_or_else(
        || Subject::kind("account"),
        |found| Subject::new("account", found.account.uuid()),
    );
    audit::record(&mut tx, Looked::Refused, subject);
    tx.commit().await
}

/// Whole seconds, rounded up: "0 seconds" would invite a try that is refused again.
fn seconds_up(wait: Duration) -> u32 {
    u32::try_from((wait.num_milliseconds() + 999) / 1_000)
        .unwrap_or(u32::MAX)
        .max(1)
}
