//! The desk's list of requests, oldest first.

use crate::{
    Error,
    api::view::{RequestPage, RequestRow as RowView},
    model::RequestState,
    store::{self, request::RequestRow},
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, RequestId, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::{
    cast::{Cast, service_view},
    page_clock::reader_zone,
    parse, role, zones,
};

/// Rows of one page.
const PAGE: usize = 25;

/// # Errors
/// `Invalid(state)`, `NotFound` for every role but liaison.
pub async fn list_requests(ctx: &Ctx, state: &str, after: &str) -> Result<RequestPage, Error> {
    role::desk(ctx)?;
    let state: Option<RequestState> = match state.trim() {
        "" => None,
        text => Some(parse::code("state", text)?),
    };
    let after: Option<RequestId> = parse::cursor(after)?;
    let now = ctx.clock.now();
    let zone = reader_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = store::request::page(&mut tx, state, after, now, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let (open, last_decision) = store::request::desk_standing(&mut tx, now).await?;
    let cast = Cast::load(
        &mut tx,
        rows.iter().map(|row| row.patient),
        rows.iter().map(|row| row.therapist),
    )
    .await?;
    for row in &rows {
        audit::record(
            &mut tx,
            Looked::Read,
            Subject::new("request", row.id.uuid()).of(row.patient),
        );
    }
    tx.commit().await?;
    Ok(RequestPage {
        next: rows.last().filter(|_| more).map(|row| row.id.to_string()),
        open,
        last_decision: last_decision.map(|at| zones::moment(zone, at)),
        rows: rows
            .iter()
            .map(|row| row_view(&cast, row, zone, now))
            .collect::<Result<_, Error>>()?,
    })
}

/// These requests in one statement, whatever their state, in no order. Times in `zone`.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn request_rows(
    tx: &mut Tx,
    ids: &[RequestId],
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Vec<RowView>, Error> {
    let rows = store::request::some(tx, ids).await?;
    let cast = Cast::load(
        tx,
        rows.iter().map(|row| row.patient),
        rows.iter().map(|row| row.therapist),
    )
    .await?;
    rows.iter().map(|row| row_view(&cast, row, zone, now)).collect()
}

/// One row with its times in `zone`.
pub fn row_view(cast: &Cast, row: &RequestRow, zone: Zone, now: DateTime<Utc>) -> Result<RowView, Error> {
    let state = row.request.at(now);
    Ok(RowView {
        request: row.id,
        state,
        person: cast.person(row.patient),
        therapist: cast.face(row.therapist),
        service: service_view(cast.service(row.service)?),
        when: zones::when(zone, row.starts, row.ends),
        sent: zones::moment(zone, row.sent_at),
        due: zones::moment(zone, row.request.expires_at),
        urgent: state == RequestState::Pending && row.request.expires_at < now + Duration::hours(6),
    })
}
