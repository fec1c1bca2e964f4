//! The kernel against a real `PostgreSQL`. The app works as `tele_app` here too: a test as the owner would prove nothing.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod audit;
mod db;
mod idempotency;
mod once;
mod outbox;
mod seal;

use kernel::{AccountId, Actor, Role, SessionId};
use uuid::Uuid;

fn actor(n: u128, role: Role) -> Actor {
    Actor {
        account: AccountId::new(Uuid::from_u128(n)),
        role,
        session: SessionId::new(Uuid::from_u128(n + 1000)),
    }
}
