//! Letters that did not arrive, as items of the queue: somebody does not know of a time, or that it is gone. A liaison has one
//! sent again, or says that its reader knows.

use crate::{
    Error,
    model::{Facts, ItemId, Kind},
};
use chrono::{DateTime, Utc};
use kernel::{Ctx, Tx};
use letters::{model::LetterId, service::dead_letters};
use scheduling::service::{Concern, concerns};
use std::collections::HashMap;
use uuid::Uuid;

use super::{items::About, role, take::take};

/// Those about a time that is not over: a letter about a visit that took place helps nobody.
pub async fn waiting(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<(Facts, About)>, Error> {
    let lost = dead_letters(tx, now, limit).await?;
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = lost.iter().map(|letter| letter.about).collect();
    let concerns: HashMap<Uuid, Concern> = concerns(tx, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
    Ok(lost
        .iter()
        .filter_map(|letter| {
            let concern = concerns.get(&letter.about).filter(|concern| concern.ends > now)?;
            let facts = Facts {
                item: ItemId {
                    kind: Kind::Letter,
                    id: letter.letter.uuid(),
                },
                starts: concern.starts,
                due: concern.starts,
                since: letter.at,
                time_gone: false,
                theirs: false,
            };
            let about = About {
                standing: concern.standing,
                patient: concern.patient,
                therapist: concern.therapist,
                service: concern.service,
                starts: concern.starts,
                ends: concern.ends,
            };
            Some((facts, about))
        })
        .collect())
}

/// Takes the item and has its letter sent again.
///
/// # Errors
/// `Taken` when a colleague has it, `NotFound` for every role but liaison, and as `letters::service::send_again`.
pub async fn send_letter(ctx: &Ctx, letter: LetterId) -> Result<(), Error> {
    role::desk(ctx)?;
    let item = ItemId {
        kind: Kind::Letter,
        id: letter.uuid(),
    };
    take(ctx, item, false).await?;
    letters::service::send_again(ctx, letter).await?;
    Ok(())
}
