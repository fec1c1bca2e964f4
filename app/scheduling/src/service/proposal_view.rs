//! A proposal as the pages of its request or visit show it.

use crate::{
    Error,
    api::view::{ProposalView, ProposedTime},
    store::{self, proposal::Of},
};
use kernel::{Ctx, Tx, Zone};

use super::{cast::face, sealed::Text, zones};

/// The proposal that waits for the patient's answer, if there is one.
pub async fn open(ctx: &Ctx, tx: &mut Tx, of: Of, zone: Zone) -> Result<Option<ProposalView>, Error> {
    let Some(row) = store::proposal::open_of(tx, of).await? else {
        return Ok(None);
    };
    if row.proposal.answer(ctx.clock.now()).is_err() {
        return Ok(None);
    }
    let Some(therapist) = people::service::therapist_card(tx, row.therapist).await? else {
        return Ok(None);
    };
    let words = Text::ProposalWords
        .open(&ctx.vault, tx, row.patient, row.id.uuid(), row.words.as_deref())
        .await?;
    Ok(Some(ProposalView {
        proposal: row.id,
        therapist: face(&therapist),
        times: row
            .times
            .iter()
            .map(|time| ProposedTime {
                time: time.id,
                when: zones::when(zone, time.starts, time.ends),
            })
            .collect(),
        kept_until: zones::moment(zone, row.proposal.expires_at),
        words,
        key: ctx.ids.next(),
    }))
}
