//! What happened, for the outbox: ids only.

use crate::{
    Error,
    model::{OfferId, ProposalId, SeriesId, UNDO},
};
use kernel::{Ctx, House, PatientId, RequestId, TherapistId, Tx, VisitId, outbox};
use serde::{Deserialize, Serialize};

macro_rules! event {
    ($($(#[$meta:meta])* $name:ident($topic:literal) { $($field:ident: $kind:ty),+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name { $(pub $field: $kind),+ }

        impl outbox::Event for $name {
            const TOPIC: &'static str = $topic;
        }
    )+};
}

event! {
    /// A patient asks for a time.
    RequestSent("scheduling.request_sent") { request: RequestId, patient: PatientId, therapist: TherapistId }
    /// The desk said no.
    RequestDeclined("scheduling.request_declined") { request: RequestId, patient: PatientId }
    /// Nobody answered in time.
    RequestExpired("scheduling.request_expired") { request: RequestId }
    /// The patient took it back.
    RequestWithdrawn("scheduling.request_withdrawn") { request: RequestId, patient: PatientId }
    /// The therapist's calendar changed: the time is gone.
    RequestConflicted("scheduling.request_conflicted") { request: RequestId, patient: PatientId }
    /// A visit is agreed.
    VisitScheduled("scheduling.visit_scheduled") { visit: VisitId, patient: PatientId, therapist: TherapistId }
    /// An agreed visit got another time, another therapist, or both.
    VisitMoved("scheduling.visit_moved") { visit: VisitId, patient: PatientId, therapist: TherapistId }
    /// Other times are kept for the patient until they answer.
    TimesProposed("scheduling.times_proposed") { proposal: ProposalId, patient: PatientId, therapist: TherapistId }
    /// A time is kept for somebody on the waiting list until they answer.
    TimeOffered("scheduling.time_offered") { offer: OfferId, patient: PatientId, therapist: TherapistId }
    /// Time of a therapist is free for whom somebody waits. Said by the database itself, whoever frees it.
    TimeFreed("scheduling.time_freed") { therapist: TherapistId }
    /// The desk asks the patient something before it decides.
    QuestionAsked("scheduling.question_asked") { request: RequestId, patient: PatientId }
    VisitCancelled("scheduling.visit_cancelled") { visit: VisitId, patient: PatientId, therapist: TherapistId, late: bool }
    /// Visits that repeat are agreed, all in one step.
    SeriesPlanned("scheduling.series_planned") { series: SeriesId, patient: PatientId, therapist: TherapistId, visits: Vec<VisitId> }
    /// Several visits of a series got another time in one step.
    SeriesMoved("scheduling.series_moved") { series: SeriesId, patient: PatientId, therapist: TherapistId, visits: Vec<VisitId> }
    /// Several visits of a series were cancelled in one step.
    SeriesCancelled("scheduling.series_cancelled") { series: SeriesId, patient: PatientId, therapist: TherapistId, visits: Vec<VisitId> }
    /// The desk asks the therapist to say what became of a visit.
    ConfirmationAsked("scheduling.confirmation_asked") { visit: VisitId, patient: PatientId, therapist: TherapistId }
    /// The therapist said that it took place: from here on it may be charged (R18).
    VisitCompleted("scheduling.visit_completed") { visit: VisitId, patient: PatientId, therapist: TherapistId }
    /// The therapist said that it did not, first or as a correction.
    VisitNotCompleted("scheduling.visit_not_completed") { visit: VisitId, patient: PatientId, therapist: TherapistId }
}

/// Writes an event into the outbox of this transaction.
///
/// # Errors
/// `Store` when it cannot be kept.
pub async fn push<E: outbox::Event>(ctx: &Ctx, tx: &mut Tx, event: &E) -> Result<(), Error> {
    Ok(outbox::push(tx, &*ctx.ids, ctx.clock.now(), event).await?)
}

/// Writes an event whose news waits for a minute, in which it can be recalled.
///
/// # Errors
/// `Store` when it cannot be kept.
pub async fn push_undoably<E: outbox::Event>(ctx: &Ctx, tx: &mut Tx, event: &E) -> Result<(), Error> {
    Ok(outbox::push_later(tx, &*ctx.ids, ctx.clock.now(), UNDO, event).await?)
}

/// Recalls what `push_undoably` wrote; `false` when it has left.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn recall<E: outbox::Event>(ctx: &Ctx, tx: &mut Tx, event: &E) -> Result<bool, Error> {
    Ok(outbox::recall(tx, ctx.clock.now(), event).await?)
}

/// The requests that `make_way` let end.
///
/// # Errors
/// `Store` when they cannot be kept.
pub async fn push_expired(house: &House, tx: &mut Tx, expired: Vec<RequestId>) -> Result<(), Error> {
    for request in expired {
        outbox::push(tx, &*house.ids, house.clock.now(), &RequestExpired { request }).await?;
    }
    Ok(())
}
