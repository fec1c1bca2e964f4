//! What the room asks of a kit, inside its own transaction. The caller's use case writes the audit entry: it knows who
//! enters which visit.

use crate::{model::Kit, store};
use kernel::{House, Phi, StoreError, Tx, VisitId, seal::Place};

/// The kit of a visit the actor is in; empty when nothing was prepared, or when the actor has no seat in it.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn kit_for_room(tx: &mut Tx, visit: VisitId) -> Result<Kit, StoreError> {
    store::kit::load(tx, visit).await
}

/// What the therapist wrote for the waiting room beforehand.
///
/// # Errors
/// `Seal` when it was changed or moved; `StoreError` when the database does not answer.
pub async fn message_for_room(house: &House, tx: &mut Tx, visit: VisitId) -> Result<Option<Phi<String>>, StoreError> {
    let head = store::kit::head(tx, visit).await?;
    let (Some(patient), Some(sealed)) = (head.patient, head.message) else {
        return Ok(None);
    };
    let plain = house.vault.open(tx, patient, message_place(visit), &sealed).await?;
    let text = String::from_utf8(plain).map_err(|_| StoreError::Corrupt("message"))?;
    Ok(Some(Phi::new(text)))
}

pub(super) const fn message_place(visit: VisitId) -> Place {
    Place {
        table: "library.kit",
        column: "message",
        row: visit.uuid(),
    }
}
