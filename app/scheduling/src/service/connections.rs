//! Other programs of the organisation: an administrator makes and ends their tokens; a token says who asks.

use crate::{
    Error,
    api::view::{ConnectionRow, ConnectionsView},
    model::ConnectionId,
    store,
};
use kernel::{
    AccountId, Ctx, House, StoreError, Task,
    audit::{self, Looked, Subject},
};
use sha2::{Digest, Sha256};

use super::{again::again, parse, role, rules_page::own_zone, zones};

/// Connections listed.
const LISTED: i64 = 100;
const NAME_LIMIT: usize = 80;
const MOST_ORIGINS: usize = 10;
/// Before 64 hex digits: whoever finds one somewhere knows what it opens.
const MARK: &str = "tt_";

/// The connections, and the secret of the next one: it exists nowhere until the form that holds it is sent, and it is shown
/// on this page alone, so that showing it once needs no script.
///
/// # Errors
/// `NotFound` for every role but admin.
pub async fn connections(ctx: &Ctx) -> Result<ConnectionsView, Error> {
    role::admin(ctx)?;
    let now = ctx.clock.now();
    let zone = own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let rows = store::api_token::all(&mut tx, LISTED).await?;
    let authors: Vec<AccountId> = rows.iter().map(|row| AccountId::new(row.created_by)).collect();
    let names = identity::service::names(&mut tx, &authors).await?;
    tx.commit().await?;
    let moment = |at| zones::moment(zone, at);
    let rows = rows
        .into_iter()
        .map(|row| ConnectionRow {
            connection: row.id.into(),
            name: row.name,
            origins: row.origins,
            created: moment(row.created_at),
            by: names.get(&AccountId::new(row.created_by)).cloned().unwrap_or_default(),
            last_used: row.last_used_at.map(moment),
            revoked: row.revoked_at.map(moment),
        })
        .collect();
    Ok(ConnectionsView {
        rows,
        secret: mint()?,
        today: zone.date(now),
    })
}

fn mint() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Corrupt("randomness"))?;
    Ok(format!("{MARK}{}", hex::encode(bytes)))
}

/// What is stored and looked up. A fast hash is enough: the secret is random. `None` for what is no secret of ours.
fn hash(secret: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(secret.strip_prefix(MARK)?, &mut bytes).ok()?;
    Some(Sha256::digest(bytes).into())
}

/// Makes a connection with the secret that its page showed.
///
/// # Errors
/// `Invalid(name|origins|secret)`, `NotFound` for every role but admin.
pub async fn connect(ctx: &Ctx, name: &str, origins: &str, secret: &str) -> Result<(), Error> {
    role::admin(ctx)?;
    let name = parse::text("name", name, NAME_LIMIT)?.ok_or_else(|| Error::invalid("name", "required"))?;
    let origins = read_origins(origins)?;
    let hash = hash(secret).ok_or_else(|| Error::invalid("secret", "malformed"))?;
    again(async || {
        let mut tx = ctx.db.begin(&ctx.actor).await?;
        let id: ConnectionId = ctx.ids.next();
        let (by, now) = (ctx.actor.account, ctx.clock.now());
        // The same form twice makes one connection.
        if store::api_token::insert(&mut tx, id, &name, &hash, &origins, by, now).await? {
            audit::record(&mut tx, Looked::Created, Subject::new("connection", id.uuid()));
        }
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// Ends a connection at once. Ending it twice changes nothing.
///
/// # Errors
/// `NotFound` for every role but admin.
pub async fn disconnect(ctx: &Ctx, id: ConnectionId) -> Result<(), Error> {
    role::admin(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if !store::api_token::revoke(&mut tx, id, ctx.clock.now()).await? {
        return Err(Error::NotFound);
    }
    audit::record(&mut tx, Looked::Removed, Subject::new("connection", id.uuid()));
    tx.commit().await?;
    Ok(())
}

/// A program that asked with a living token.
#[derive(Debug, Clone)]
pub struct Program {
    pub id: ConnectionId,
    pub origins: Vec<String>,
}

/// Who asks with this secret; `None` for one that is unknown or was ended.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn authenticate(house: &House, secret: &str) -> Result<Option<Program>, Error> {
    let Some(hash) = hash(secret) else { return Ok(None) };
    let mut tx = house.db.begin_task(Task::Website).await?;
    let Some((id, origins)) = store::api_token::find(&mut tx, &hash).await? else {
        return Ok(None);
    };
    store::api_token::used(&mut tx, id, house.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(Program { id, origins }))
}

/// Whether pages of this origin may ask at all: a browser wants to know before it shows the token.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn knows_origin(house: &House, origin: &str) -> Result<bool, Error> {
    let mut tx = house.db.begin_task(Task::Website).await?;
    Ok(store::api_token::knows_origin(&mut tx, origin).await?)
}

/// Origins, one a line: scheme and host, perhaps a port, nothing behind.
fn read_origins(text: &str) -> Result<Vec<String>, Error> {
    let origins: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if origins.len() > MOST_ORIGINS {
        return Err(Error::invalid("origins", "too_long"));
    }
    if origins.iter().all(|origin| is_origin(origin)) {
        Ok(origins)
    } else {
        Err(Error::invalid("origins", "not_an_origin"))
    }
}

fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://localhost"));
    host.is_some_and(|host| {
        text.len() <= 200
            && (!host.is_empty() || text == "http://localhost")
            && host
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | ':'))
    })
}

#[cfg(test)]
mod tests {
    use super::{hash, mint, read_origins};

    #[test]
    fn a_secret_is_long_marked_and_never_twice_the_same() {
        let (one, other) = (mint().unwrap(), mint().unwrap());
        assert!(one.len() == 67 && one.starts_with("tt_") && one != other);
        assert_ne!(hash(&one).unwrap(), hash(&other).unwrap());
        assert!(hash("tt_short").is_none() && hash(&one["tt_".len()..]).is_none());
    }

    #[test]
    fn an_origin_has_no_path_and_is_safe() {
        assert_eq!(
            read_origins("https://www.clinic.example\n http://localhost:8080")
                .unwrap()
                .len(),
            2
        );
        assert!(read_origins("").unwrap().is_empty());
        for odd in [
            "https://clinic.example/x",
            "http://clinic.example",
            "*",
            "null",
            "https://",
            "https://a b@c",
        ] {
            assert!(read_origins(odd).is_err(), "{odd}");
        }
    }
}
