//! The room's backstage in the real house: scheduling decides the seat and keeps the visit's record, library knows the kit,
//! the database keeps the log.

use super::{CLOSES_AFTER, Log, instant, millis};
use crate::{
    model::Seat,
    session::{Backstage, Batch, Kept, Milestone, Ticket},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use kernel::{
    Actor, House, StoreError, Task, Tx, VisitId,
    audit::{self, Looked, Subject},
};
use library::model::Kit;
use live::Closing;
use scheduling::{model::VisitState, service as visits};
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct HouseBackstage(pub House);

/// Our seat for scheduling's.
pub(super) const fn seat(seat: visits::Seat) -> Seat {
    match seat {
        visits::Seat::Host => Seat::Host,
        visits::Seat::Patient => Seat::Patient,
        visits::Seat::Guardian => Seat::Guardian,
    }
}

const fn theirs(seat: Seat) -> visits::Seat {
    match seat {
        Seat::Host => visits::Seat::Host,
        Seat::Patient => visits::Seat::Patient,
        Seat::Guardian => visits::Seat::Guardian,
    }
}

/// Still to come or going on.
pub(super) const fn can_be_held(state: VisitState) -> bool {
    matches!(
        state,
        VisitState::Scheduled | VisitState::Waiting | VisitState::InProgress
    )
}

pub(super) fn is_open(visit: &visits::RoomVisit, opens: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    can_be_held(visit.state) && (opens..visit.ends + CLOSES_AFTER).contains(&now)
}

/// Cancelled, or moved so that the room is not open now. One that has ended by the record goes on until the room's own end:
/// its people may still be saying good-bye.
fn is_called_off(visit: &visits::RoomVisit, opens: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    visit.state == VisitState::Cancelled || (can_be_held(visit.state) && !is_open(visit, opens, now))
}

#[async_trait]
impl Backstage for HouseBackstage {
    fn now_ms(&self) -> u64 {
        millis(self.0.clock.now())
    }

    async fn ticket(&self, actor: &Actor, visit: VisitId) -> Result<Option<Ticket>, StoreError> {
        let now = self.0.clock.now();
        let mut tx = self.0.db.begin(actor).await?;
        let Some(found) = visits::visit_for_room(&mut tx, actor, visit).await? else {
            return Ok(None);
        };
        let opens = visits::room_opens(&mut tx, &found, now).await?;
        // One entry for each time somebody enters: it is what they may see from here on, all of one visit.
        audit::record(
            &mut tx,
            Looked::Read,
            Subject::new("room", visit.uuid()).of(found.patient),
        );
        tx.commit().await?;
        let open = is_open(&found, opens, now);
        let seat = seat(found.seat);
        Ok(Some(Ticket {
            visit,
            patient: found.patient,
            therapist: found.therapist,
            account: actor.account,
            seat,
            open,
            closes_at_ms: millis(found.ends + CLOSES_AFTER),
            name: match seat {
                Seat::Host => found.therapist_name,
                Seat::Patient | Seat::Guardian => found.patient_name,
            },
        }))
    }

    /// No audit entry: it tells nobody anything of the visit, and who looked at what is on record since they entered.
    async fn has_to_go(&self, actor: &Actor, visit: VisitId, took: Seat) -> Result<Option<Closing>, StoreError> {
        let now = self.0.clock.now();
        let mut tx = self.0.db.begin(actor).await?;
        let Some(found) = visits::visit_for_room(&mut tx, actor, visit).await? else {
            return Ok(Some(Closing::Removed));
        };
        let opens = visits::room_opens(&mut tx, &found, now).await?;
        Ok(if is_called_off(&found, opens, now) {
            Some(Closing::CalledOff)
        } else {
            (seat(found.seat) != took).then_some(Closing::Removed)
        })
    }

    async fn open(&self, _first: &Actor, ticket: &Ticket) -> Result<Kept, StoreError> {
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        let kept = self.log(ticket).open(&mut tx).await?;
        tx.commit().await?;
        Ok(kept)
    }

    async fn kit(&self, ticket: &Ticket) -> Result<Kit, StoreError> {
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        let kit = library::service::kit_for_room(&mut tx, ticket.visit).await?;
        tx.commit().await?;
        Ok(kit)
    }

    async fn keep(&self, ticket: &Ticket, batch: &Batch) -> Result<Option<Uuid>, StoreError> {
        if let Some(entry) = self.log(ticket).append_alone(batch).await? {
            return Ok(Some(entry));
        }
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        for milestone in &batch.milestones {
            self.note(&mut tx, ticket, *milestone).await?;
        }
        let mut entry = None;
        if !batch.records.is_empty() || batch.saved.is_some() {
            entry = Some(self.log(ticket).append(&mut tx, batch).await?);
        }
        tx.commit().await?;
        Ok(entry)
    }

    async fn holds(&self, ticket: &Ticket, entry: Uuid) -> Result<bool, StoreError> {
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        self.log(ticket).holds(&mut tx, entry).await
    }
}

impl HouseBackstage {
    fn log(&self, ticket: &Ticket) -> Log<'_> {
        Log {
            house: &self.0,
            visit: ticket.visit,
            patient: ticket.patient,
        }
    }

    async fn note(&self, tx: &mut Tx, ticket: &Ticket, milestone: Milestone) -> Result<(), StoreError> {
        let (now, visit) = (self.0.clock.now(), ticket.visit);
        let stepped = match milestone {
            Milestone::CheckedIn => visits::check_in(tx, now, visit, &self.0).await,
            Milestone::NobodyWaits => visits::leave_waiting(tx, now, visit, &self.0).await,
            Milestone::Begun => visits::begin_visit(tx, now, visit, &self.0).await,
            Milestone::Ended => visits::end_visit(tx, now, visit, &self.0).await,
            Milestone::Entered { account, seat, at_ms } => {
                return visits::record_presence(tx, visit, account, theirs(seat), instant(at_ms), None).await;
            }
            Milestone::Left {
                account,
                seat,
                entered_ms,
                at_ms,
            } => {
                let (from, to) = (instant(entered_ms), instant(at_ms));
                return visits::record_presence(tx, visit, account, theirs(seat), from, Some(to)).await;
            }
        };
        audit::record(
            tx,
            Looked::Changed,
            Subject::new("visit", visit.uuid()).of(ticket.patient),
        );
        match stepped {
            Ok(_) => Ok(()),
            Err(scheduling::Error::Store(error)) => Err(error),
            // The desk was quicker (cancelled, closed): the visit's record stands. Who may not stay is told so by their seat.
            Err(refused) => {
                tracing::warn!(%visit, ?milestone, %refused, "the visit does not take this step");
                Ok(())
            }
        }
    }
}
