//! Steps of a visit or request, each with its line in the history.

use crate::{
    Error,
    model::{RequestState, VisitState},
    store::{
        self,
        history::{Of, Step},
        request::RequestRow,
        visit::VisitRow,
    },
};
use chrono::{DateTime, Utc};
use kernel::{House, Tx};

/// Notes a step of a request.
pub async fn note_request(
    house: &House,
    tx: &mut Tx,
    request: &RequestRow,
    from: Option<RequestState>,
    to: RequestState,
    why: Option<&'static str>,
) -> Result<(), Error> {
    let step = Step {
        id: house.ids.uuid(),
        of: Of::Request(request.id),
        patient: request.patient,
        therapist: request.therapist,
        at: house.clock.now(),
        from: from.map(RequestState::as_str),
        to: to.as_str(),
        why,
        moved: None,
        words: None,
    };
    Ok(store::history::add(tx, &step).await?)
}

/// Notes something that happened to a request and left its state as it is: "asked", "answered", "changed".
pub async fn note_request_as(
    house: &House,
    tx: &mut Tx,
    request: &RequestRow,
    what: &'static str,
) -> Result<(), Error> {
    let step = Step {
        id: house.ids.uuid(),
        of: Of::Request(request.id),
        patient: request.patient,
        therapist: request.therapist,
        at: house.clock.now(),
        from: Some(request.request.state.as_str()),
        to: what,
        why: None,
        moved: None,
        words: None,
    };
    Ok(store::history::add(tx, &step).await?)
}

/// Notes a step of a visit.
pub async fn note_visit(
    house: &House,
    tx: &mut Tx,
    visit: &VisitRow,
    from: Option<VisitState>,
    to: &'static str,
    at: DateTime<Utc>,
    why: Option<&'static str>,
) -> Result<(), Error> {
    let step = Step {
        id: house.ids.uuid(),
        of: Of::Visit(visit.id),
        patient: visit.patient,
        therapist: visit.therapist,
        at,
        from: from.map(VisitState::as_str),
        to,
        why,
        moved: None,
        words: None,
    };
    Ok(store::history::add(tx, &step).await?)
}

/// Writes and notes one step of a visit's table.
///
/// # Errors
/// `AlreadyDone` when the table has no such step.
pub async fn step_visit(
    house: &House,
    tx: &mut Tx,
    row: &mut VisitRow,
    to: VisitState,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let from = row.visit.state;
    row.visit.state = row.visit.step(to).map_err(Error::of_visit)?;
    store::visit::set_state(tx, row.id, to, at).await?;
    note_visit(house, tx, row, Some(from), to.as_str(), at, None).await
}
