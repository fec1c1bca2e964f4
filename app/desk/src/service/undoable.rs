//! The reader's own decisions of the last minute, which can still be taken back.

use crate::{Error, api::view::Undoable};
use kernel::{Ctx, RequestId, Tx, Zone};
use scheduling::{
    model::UNDO,
    service::{decided_by, request_rows},
};

pub async fn load(ctx: &Ctx, tx: &mut Tx, zone: Zone) -> Result<Vec<Undoable>, Error> {
    let now = ctx.clock.now();
    let decided = decided_by(tx, ctx.actor.account, now - UNDO).await?;
    if decided.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RequestId> = decided.iter().map(|(id, _)| *id).collect();
    let rows = request_rows(tx, &ids, zone, now).await?;
    Ok(decided
        .into_iter()
        .filter_map(|(id, at)| {
            let row = rows.iter().find(|row| row.request == id)?;
            Some(Undoable {
                request: id,
                standing: scheduling::api::view::Standing::Request(row.state),
                person: row.person.clone(),
                when: row.when.clone(),
                seconds_left: u32::try_from((at + UNDO - now).num_seconds()).unwrap_or_default(),
            })
        })
        .collect())
}
