//! A page of all visits, forwards or backwards in time, by key. Every statement is a bare keyset query on the index of the
//! narrowest filter, with the other filters on top: a page deep in a million rows costs what the first one does.

use super::agenda::{Raw, Row};
use crate::model::{ServiceId, UnknownCode, VisitState};
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Which visits. Instants are half-open.
#[derive(Debug, Clone)]
pub struct Filter {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub state: Option<VisitState>,
    pub therapist: Option<TherapistId>,
    pub service: Option<ServiceId>,
    /// Only these patients' visits.
    pub patients: Option<Vec<PatientId>>,
}

/// A row's place in the order of the table. It stands in addresses: an instant and an id, no person.
///
/// It carries the instant because a statement that looked it up would cost the index: under row security a comparison with a
/// sub-select is judged after the policy, row by row from the first one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitPlace {
    pub starts: DateTime<Utc>,
    pub id: VisitId,
}

impl fmt::Display for VisitPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.starts.timestamp_micros(), self.id)
    }
}

impl FromStr for VisitPlace {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let (starts, id) = text.split_once('_').ok_or(UnknownCode)?;
        let starts = starts.parse().ok().and_then(DateTime::from_timestamp_micros);
        Ok(Self {
            starts: starts.ok_or(UnknownCode)?,
            id: id.parse().map_err(|_| UnknownCode)?,
        })
    }
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    First,
    /// The rows after this one.
    After(VisitPlace),
    /// The rows before this one, the nearest first.
    Before(VisitPlace),
}

/// The statements differ in which filter is not optional, so that its index can bound the scan, and in direction. All have the same
/// arguments: 1 from, 2 until, 3 the id at the bound the page begins at, 4 state, 5 therapist, 6 service, 7 patients, 8 limit.
macro_rules! leaf {
    ($narrow:tt, $start:tt, $order:tt, $filter:expr, $from:expr, $until:expr, $id:expr, $limit:expr) => {{
        let patients: Option<Vec<uuid::Uuid>> = $filter
            .patients
            .as_ref()
            .map(|patients| patients.iter().map(|patient| patient.uuid()).collect());
        sqlx::query_as!(
            Raw,
            r#"SELECT id, true AS "is_visit!", patient_id, therapist_id, service_id, starts_at AS "starts!",
                      ends_at AS "ends!", state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at,
                      waiting_since, summary IS NOT NULL AS "has_summary!", answered
               FROM scheduling.visit
               WHERE "#
                + $narrow
                + " AND "
                + $start
                + "
                 AND cancel_reason IS DISTINCT FROM 'planned_by_mistake'
                 AND ($4::text IS NULL OR state = $4) AND ($5::uuid IS NULL OR therapist_id = $5)
                 AND ($6::uuid IS NULL OR service_id = $6) AND ($7::uuid[] IS NULL OR patient_id = ANY ($7))
               ORDER BY "
                + $order
                + " LIMIT $8",
            $from,
            $until,
            $id,
            $filter.state.map(VisitState::as_str),
            $filter.therapist.map(TherapistId::uuid),
            $filter.service.map(ServiceId::uuid),
            patients.as_deref(),
            $limit
        )
    }};
}

macro_rules! both_ways {
    ($narrow:tt, $tx:expr, $filter:expr, $leaf:expr, $limit:expr) => {
        if let Leaf::Before(place) = $leaf {
            let (until, id) = if place.starts < $filter.until {
                (place.starts, place.id.uuid())
            } else {
                ($filter.until, Uuid::nil())
            };
            leaf!(
                $narrow,
                "(starts_at, id) < ($2, $3::uuid) AND starts_at >= $1",
                "starts_at DESC, id DESC",
                $filter,
                $filter.from,
                until,
                id,
                $limit
            )
            .fetch_all(&mut **$tx)
            .await?
        } else {
            let (from, id) = match $leaf {
                Leaf::After(place) if place.starts >= $filter.from => (place.starts, place.id.uuid()),
                _ => ($filter.from, Uuid::nil()),
            };
            leaf!(
                $narrow,
                "(starts_at, id) > ($1, $3::uuid) AND starts_at < $2",
                "starts_at, id",
                $filter,
                from,
                $filter.until,
                id,
                $limit
            )
            .fetch_all(&mut **$tx)
            .await?
        }
    };
}

/// Rows in the direction of the leaf, at most `limit`.
pub async fn leaf(tx: &mut Tx, filter: &Filter, leaf: Leaf, limit: i64) -> Result<Vec<Row>, StoreError> {
    let rows: Vec<Raw> = if filter.patients.is_some() {
        both_ways!("patient_id = ANY ($7)", tx, filter, leaf, limit)
    } else if filter.therapist.is_some() {
        both_ways!("therapist_id = $5", tx, filter, leaf, limit)
    } else if filter.state.is_some() {
        both_ways!("state = $4", tx, filter, leaf, limit)
    } else if filter.service.is_some() {
        both_ways!("service_id = $6", tx, filter, leaf, limit)
    } else {
        both_ways!("true", tx, filter, leaf, limit)
    };
    rows.into_iter().map(Row::try_from).collect()
}
