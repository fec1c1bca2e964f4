//! A request becomes a visit: what a liaison's yes and a rule that needs no yes have in common.

use crate::{
    Error,
    model::{ApprovalRule, RequestState, Visit, VisitState},
    store::{
        self,
        claim::{Cause, Heir},
        request::{Decision, RequestRow},
        visit::VisitRow,
    },
};
use kernel::{
    AccountId, Ctx, Tx, VisitId,
    audit::{self, Looked, Subject},
};

use super::{approve_request::Undo, events, steps};

/// Who or what says yes.
#[derive(Debug, Clone, Copy)]
pub enum Yes {
    Liaison(AccountId, Undo),
    Rule(ApprovalRule),
}

impl Yes {
    const fn why(self) -> Option<&'static str> {
        match self {
            Self::Liaison(..) => None,
            Self::Rule(rule) => Some(rule.as_str()),
        }
    }
}

/// The request's claims become the visit's, so that there is no gap to lose the time in; the therapist joins the care team.
/// `None`: the time was given back meanwhile, and nothing is written.
pub async fn agree(
    ctx: &Ctx,
    tx: &mut Tx,
    request: &RequestRow,
    approved: RequestState,
    yes: Yes,
) -> Result<Option<VisitId>, Error> {
    let now = ctx.clock.now();
    let visit = VisitRow {
        id: ctx.ids.next(),
        request: Some(request.id),
        patient: request.patient,
        therapist: request.therapist,
        service: request.service,
        visit: Visit {
            state: VisitState::Scheduled,
            starts: request.starts,
            ends: request.ends,
            confirmed_at: None,
        },
        agreed_at: now,
        summary: None,
        message: None,
        cancel: None,
        series: None,
    };
    let heir = Heir {
        cause: Cause::Visit,
        id: visit.id.uuid(),
        patient: request.patient,
        expires_at: None,
    };
    if store::claim::hand_over(tx, request.id.uuid(), &heir).await? != 2 {
        return Ok(None);
    }
    store::visit::insert(tx, &visit).await?;
    let decision = Decision {
        state: approved,
        at: now,
        by: match yes {
            Yes::Liaison(account, _) => Some(account),
            Yes::Rule(_) => None,
        },
        decline: None,
        words: None,
        visit: Some(visit.id),
    };
    store::request::decide(tx, request.id, &decision).await?;
    people::service::join_care_team(tx, &*ctx.ids, &ctx.actor, request.patient, request.therapist, now).await?;
    let pending = Some(RequestState::Pending);
    steps::note_request(&ctx.house, tx, request, pending, approved, yes.why()).await?;
    let scheduled = VisitState::Scheduled.as_str();
    steps::note_visit(&ctx.house, tx, &visit, None, scheduled, now, yes.why()).await?;
    audit::record(
        tx,
        Looked::Created,
        Subject::new("visit", visit.id.uuid()).of(request.patient),
    );
    let event = events::VisitScheduled {
        visit: visit.id,
        patient: request.patient,
        therapist: request.therapist,
    };
    match yes {
        Yes::Liaison(_, Undo::ForAMinute) => events::push_undoably(ctx, tx, &event).await?,
        _ => events::push(ctx, tx, &event).await?,
    }
    Ok(Some(visit.id))
}
