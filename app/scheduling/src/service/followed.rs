//! Visits for a calendar elsewhere: the own ones of a therapist, those of a family.

use crate::{Error, store};
use chrono::{DateTime, Utc};
use kernel::{Actor, Role, Tx};
use uuid::Uuid;

use super::cast::own_people;

pub use crate::store::followed::Followed;

/// A calendar elsewhere is no archive.
const MOST: i64 = 2_000;

/// The actor's visits that start within a stretch. Answers nothing for roles without a calendar of their own.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn followed_visits(
    tx: &mut Tx,
    actor: &Actor,
    stretch: (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Followed>, Error> {
    let people: Vec<Uuid> = match actor.role {
        Role::Therapist => vec![actor.account.uuid()],
        Role::Patient | Role::Guardian => {
            let people = own_people(tx, actor, now).await?;
            people.iter().map(|person| person.patient.uuid()).collect()
        }
        Role::Liaison | Role::Partner | Role::Admin => Vec::new(),
    };
    Ok(store::followed::visits(tx, &people, stretch, MOST).await?)
}
