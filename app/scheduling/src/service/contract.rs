//! What library and room ask, inside their own transaction. Audit entries are the caller's, who knows what was looked at.

use crate::{
    Error,
    model::{ServiceId, VisitState},
    store::{self, visit::VisitRow},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, House, PatientId, Role, StoreError, TherapistId, Tx, VisitId};
use people::{PatientKind, Scope};

use super::{rules, steps};

/// A person's part in a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seat {
    Host,
    Patient,
    Guardian,
}

impl Seat {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Patient => "patient",
            Self::Guardian => "guardian",
        }
    }
}

/// A visit as the room needs it, with the actor's seat.
#[derive(Debug, Clone)]
pub struct RoomVisit {
    pub visit: VisitId,
    pub patient: PatientId,
    pub patient_name: String,
    pub patient_kind: PatientKind,
    pub therapist: TherapistId,
    pub therapist_name: String,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub state: VisitState,
    pub seat: Seat,
}

/// The visit, if the actor has a seat in it: its therapist, its patient, or a guardian whose link covers attending. `None`
/// for a foreign or absent one.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn visit_for_room(tx: &mut Tx, actor: &Actor, visit: VisitId) -> Result<Option<RoomVisit>, StoreError> {
    let Some(row) = store::visit::read(tx, visit).await? else {
        return Ok(None);
    };
    let Some(seat) = seat_of(tx, actor, &row).await? else {
        return Ok(None);
    };
    let patient = people::service::patient_card(tx, row.patient).await?;
    let therapist = people::service::therapist_card(tx, row.therapist).await?;
    let (Some(patient), Some(therapist)) = (patient, therapist) else {
        return Ok(None);
    };
    Ok(Some(RoomVisit {
        visit,
        patient: row.patient,
        patient_name: patient.name,
        patient_kind: patient.kind,
        therapist: row.therapist,
        therapist_name: therapist.name,
        service: row.service,
        starts: row.visit.starts,
        ends: row.visit.ends,
        state: row.visit.state,
        seat,
    }))
}

/// From when people may enter the room, by the rules in force now.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn room_opens(tx: &mut Tx, visit: &RoomVisit, now: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
    let rules = rules::of(tx, visit.service, visit.therapist, now).await?;
    Ok(visit.starts - rules.room_opens)
}

/// A guardian's link must cover the time of the visit. One that has ended since shows no row at all (row security).
async fn seat_of(tx: &mut Tx, actor: &Actor, row: &VisitRow) -> Result<Option<Seat>, StoreError> {
    match actor.role {
        Role::Therapist => Ok((actor.therapist() == Some(row.therapist)).then_some(Seat::Host)),
        Role::Patient | Role::Guardian => {
            match people::service::may(tx, actor, row.patient, Scope::Attend, row.visit.ends).await {
                Ok(people::RelationKind::Guardian) => Ok(Some(Seat::Guardian)),
                Ok(people::RelationKind::SelfPatient) => Ok(Some(Seat::Patient)),
                Err(people::PeopleError::Store(error)) => Err(error),
                Ok(people::RelationKind::CareTeam) | Err(_) => Ok(None),
            }
        }
        Role::Liaison | Role::Partner | Role::Admin => Ok(None),
    }
}

/// The patient's side is there: `scheduled` becomes `waiting`. In every other state nothing changes.
///
/// # Errors
/// `NotFound` for a foreign or absent visit.
pub async fn check_in(tx: &mut Tx, now: DateTime<Utc>, visit: VisitId, house: &House) -> Result<VisitState, Error> {
    step(house, tx, visit, &[VisitState::Scheduled], VisitState::Waiting, now).await
}

/// The patient's side left again before it was let in: `waiting` becomes `scheduled`.
///
/// # Errors
/// `NotFound` for a foreign or absent visit.
pub async fn leave_waiting(
    tx: &mut Tx,
    now: DateTime<Utc>,
    visit: VisitId,
    house: &House,
) -> Result<VisitState, Error> {
    step(house, tx, visit, &[VisitState::Waiting], VisitState::Scheduled, now).await
}

/// The host starts: `scheduled` or `waiting` becomes `in_progress`.
///
/// # Errors
/// `NotFound` for a foreign or absent visit.
pub async fn begin_visit(tx: &mut Tx, now: DateTime<Utc>, visit: VisitId, house: &House) -> Result<VisitState, Error> {
    let from = [VisitState::Scheduled, VisitState::Waiting];
    step(house, tx, visit, &from, VisitState::InProgress, now).await
}

/// The host ends the meeting: `in_progress` becomes `ended`.
///
/// # Errors
/// `NotFound` for a foreign or absent visit.
pub async fn end_visit(tx: &mut Tx, now: DateTime<Utc>, visit: VisitId, house: &House) -> Result<VisitState, Error> {
    step(house, tx, visit, &[VisitState::InProgress], VisitState::Ended, now).await
}

/// Takes one step when the visit stands where it starts from. Otherwise nothing happens: the call was a repetition, or
/// somebody was quicker. Answers the state after it.
async fn step(
    house: &House,
    tx: &mut Tx,
    visit: VisitId,
    from: &[VisitState],
    to: VisitState,
    now: DateTime<Utc>,
) -> Result<VisitState, Error> {
    let mut row = store::visit::lock(tx, visit).await?.ok_or(Error::NotFound)?;
    if from.contains(&row.visit.state) {
        steps::step_visit(house, tx, &mut row, to, now).await?;
    }
    Ok(row.visit.state)
}

/// Notes that somebody was in the room from `joined_at` on, and later until when. Saying it twice changes nothing.
///
/// # Errors
/// `StoreError` when the database does not answer or refuses.
pub async fn record_presence(
    tx: &mut Tx,
    visit: VisitId,
    account: AccountId,
    seat: Seat,
    joined_at: DateTime<Utc>,
    left_at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    store::presence::record(tx, visit, account, seat.as_str(), joined_at, left_at).await
}
