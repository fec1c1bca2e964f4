//! The files behind the items.

use super::{signed, signed32, unsigned};
use crate::model::ItemId;
use kernel::{AccountId, StoreError, Tx};
use uuid::Uuid;

/// Where a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// On the stage.
    Full,
    /// In a list.
    Small,
}

impl Use {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Small => "small",
        }
    }
}

/// A file as written.
#[derive(Debug, Clone)]
pub struct NewAsset {
    pub object: Uuid,
    pub variant: String,
    pub shown: Use,
    pub page: u32,
    pub mime: &'static str,
    pub bytes: u64,
    pub sha256: [u8; 32],
}

/// What the media handler needs of a file.
#[derive(Debug)]
pub struct Found {
    pub object: Uuid,
    pub owner: AccountId,
    pub mime: String,
    pub bytes: u64,
    pub sha256: Vec<u8>,
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn add(tx: &mut Tx, item: ItemId, asset: &NewAsset) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO library.asset (object_id, item_id, variant, role, page, mime, bytes, sha256)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        asset.object,
        item.uuid(),
        asset.variant,
        asset.shown.as_str(),
        signed32(asset.page)?,
        asset.mime,
        signed(asset.bytes)?,
        asset.sha256.as_slice()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The file behind `/media/{item}/{variant}`, when the actor may see it: row security is the judge, on each fetch.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn find(tx: &mut Tx, item: ItemId, variant: &str) -> Result<Option<Found>, StoreError> {
    Ok(sqlx::query!(
        "SELECT a.object_id, i.owner_id, a.mime, a.bytes, a.sha256
         FROM library.asset a JOIN library.item i ON i.id = a.item_id
         WHERE a.item_id = $1 AND a.variant = $2 AND i.removed_at IS NULL",
        item.uuid(),
        variant
    )
    .fetch_optional(&mut **tx)
    .await?
    .map(|row| Found {
        object: row.object_id,
        owner: row.owner_id.into(),
        mime: row.mime,
        bytes: unsigned(row.bytes),
        sha256: row.sha256,
    }))
}

/// Forgets the files of an item and answers their objects, which are to be removed after the commit.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn forget(tx: &mut Tx, item: ItemId) -> Result<Vec<Uuid>, StoreError> {
    Ok(sqlx::query_scalar!(
        "DELETE FROM library.asset WHERE item_id = $1 RETURNING object_id",
        item.uuid()
    )
    .fetch_all(&mut **tx)
    .await?)
}
