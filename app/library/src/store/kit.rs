//! The kit of a visit.

use super::{signed32, small, unsigned};
use crate::{
    api::view::KitInShort,
    model::{Asset, ItemId, Kit, KitItem},
};
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId};

/// A kit's own row.
#[derive(Debug, Clone, Default)]
pub struct Head {
    pub patient: Option<PatientId>,
    /// Sealed.
    pub message: Option<Vec<u8>>,
}

/// What devices load for a visit, in one statement: ready items only, with the files that are shown on the stage.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn load(tx: &mut Tx, visit: VisitId) -> Result<Kit, StoreError> {
    let rows = sqlx::query!(
        r#"
        SELECT u.position AS "position!", i.id, i.kind, i.name, i.width, i.height, i.pages, i.duration_ms,
               a.variant, a.bytes, a.sha256, a.page
        FROM (SELECT item_id, position FROM library.kit_item WHERE visit_id = $1
              UNION ALL
              SELECT waiting_item, 0 FROM library.kit WHERE visit_id = $1) u
        JOIN library.item i ON i.id = u.item_id AND i.state = 'ready' AND i.removed_at IS NULL
        JOIN library.asset a ON a.item_id = i.id AND a.role = 'full'
        ORDER BY u.position, a.page
        "#,
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?;

    let mut placed: Vec<(i32, KitItem)> = Vec::new();
    for row in rows {
        let item = ItemId::new(row.id);
        let asset = Asset {
            path: format!("/media/{item}/{}", row.variant),
            bytes: unsigned(row.bytes),
            sha256: hex::encode(row.sha256),
            page: small(row.page),
        };
        match placed.last_mut() {
            Some((position, last)) if *position == row.position => last.assets.push(asset),
            _ => placed.push((
                row.position,
                KitItem {
                    item,
                    kind: row.kind.parse().map_err(|_| StoreError::Corrupt("item kind"))?,
                    name: row.name,
                    width: small(row.width),
                    height: small(row.height),
                    pages: small(row.pages),
                    duration_ms: small(row.duration_ms),
                    assets: vec![asset],
                },
            )),
        }
    }
    let mut kit = Kit::default();
    for (position, item) in placed {
        match position {
            0 => kit.waiting_video = Some(item),
            _ => kit.items.push(item),
        }
    }
    Ok(kit)
}

/// The kit's own row; empty when nothing was prepared yet.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn head(tx: &mut Tx, visit: VisitId) -> Result<Head, StoreError> {
    let row = sqlx::query!(
        "SELECT patient_id, message FROM library.kit WHERE visit_id = $1",
        visit.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map_or_else(Head::default, |row| Head {
        patient: Some(row.patient_id.into()),
        message: row.message,
    }))
}

/// Makes the kit on its first change and locks it: two pages of one therapist change it one after the other.
///
/// # Errors
/// `Forbidden` for a visit of somebody else.
pub async fn lock(
    tx: &mut Tx,
    visit: VisitId,
    therapist: TherapistId,
    patient: PatientId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO library.kit (visit_id, therapist_id, patient_id, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (visit_id) DO UPDATE SET changed_at = EXCLUDED.changed_at",
        visit.uuid(),
        therapist.uuid(),
        patient.uuid(),
        now
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The order, missing items included: their row stays until the therapist chooses another.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn order(tx: &mut Tx, visit: VisitId) -> Result<Vec<ItemId>, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT item_id FROM library.kit_item WHERE visit_id = $1 ORDER BY position",
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(ItemId::new)
    .collect())
}

/// Writes the order as it now is, in one statement.
///
/// # Errors
/// `Forbidden` when one of the items is somebody else's.
pub async fn set_order(tx: &mut Tx, visit: VisitId, items: &[ItemId]) -> Result<(), StoreError> {
    let items: Vec<_> = items.iter().map(|item| item.uuid()).collect();
    let positions = (1..=u32::try_from(items.len()).unwrap_or(u32::MAX))
        .map(signed32)
        .collect::<Result<Vec<_>, _>>()?;
    sqlx::query!(
        "DELETE FROM library.kit_item WHERE visit_id = $1 AND item_id <> ALL($2)",
        visit.uuid(),
        &items
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!(
        "INSERT INTO library.kit_item (visit_id, item_id, position)
         SELECT $1, item, position FROM unnest($2::uuid[], $3::integer[]) AS wanted (item, position)
         ON CONFLICT ON CONSTRAINT kit_item_once DO UPDATE SET position = EXCLUDED.position",
        visit.uuid(),
        &items,
        &positions
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// # Errors
/// `Forbidden` when the item is somebody else's.
pub async fn set_waiting(tx: &mut Tx, visit: VisitId, item: Option<ItemId>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.kit SET waiting_item = $2 WHERE visit_id = $1",
        visit.uuid(),
        item.map(ItemId::uuid)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// # Errors
/// `StoreError` when the database does not keep it.
pub async fn set_message(tx: &mut Tx, visit: VisitId, sealed: Option<&[u8]>) -> Result<(), StoreError> {
    sqlx::query!(
        "UPDATE library.kit SET message = $2 WHERE visit_id = $1",
        visit.uuid(),
        sealed
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Visits whose kit holds an item, as its owner sees them. The newest last: a visit's id grows with its making.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visits_with(tx: &mut Tx, item: ItemId) -> Result<Vec<VisitId>, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"SELECT visit_id AS "visit!" FROM library.kit_item WHERE item_id = $1
           UNION SELECT visit_id FROM library.kit WHERE waiting_item = $1 ORDER BY 1"#,
        item.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(VisitId::new)
    .collect())
}

/// How far the kits of these visits are, in their order; a visit without one has an empty one.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn in_short(tx: &mut Tx, visits: &[VisitId]) -> Result<Vec<KitInShort>, StoreError> {
    let ids: Vec<uuid::Uuid> = visits.iter().map(|visit| visit.uuid()).collect();
    let rows = sqlx::query!(
        r#"SELECT v.id AS "visit!", count(k.item_id) AS "items!",
                  count(i.id) FILTER (WHERE i.state = 'ready' AND i.removed_at IS NULL) AS "ready!"
           FROM unnest($1::uuid[]) WITH ORDINALITY AS v(id, place)
           LEFT JOIN library.kit_item k ON k.visit_id = v.id
           LEFT JOIN library.item i ON i.id = k.item_id
           GROUP BY v.id, v.place ORDER BY v.place"#,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| KitInShort {
            visit: row.visit.into(),
            items: u32::try_from(row.items).unwrap_or(u32::MAX),
            ready: u32::try_from(row.ready).unwrap_or(u32::MAX),
        })
        .collect())
}

/// Items of an order that are gone, by name.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn removed(tx: &mut Tx, visit: VisitId) -> Result<Vec<(ItemId, String)>, StoreError> {
    Ok(sqlx::query!(
        "SELECT i.id, i.name FROM library.kit_item k JOIN library.item i ON i.id = k.item_id
         WHERE k.visit_id = $1 AND i.removed_at IS NOT NULL",
        visit.uuid()
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(|row| (row.id.into(), row.name))
    .collect())
}
