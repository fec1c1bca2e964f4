//! A page of all visits, forwards or backwards in time, by key. Every statement is a bare keyset query on the index of the
//! narrowest filter, with the other filters on top: a page deep in a million rows costs what the first one does.

use super::agenda::{Raw, Row};
use crate::model::{ServiceId, VisitState};
use chrono::{DateTime, Utc};
use kernel::{PatientId, StoreError, TherapistId, Tx, VisitId};

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

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    First,
    /// The rows after this one.
    After(VisitId),
    /// The rows before this one, the nearest first.
    Before(VisitId),
}

/// The statements differ in which filter is not optional, so that its index can bound the scan, and in direction. All have the same
/// arguments: 1 from, 2 until, 3 the row to start at, 4 state, 5 therapist, 6 service, 7 patients, 8 limit.
macro_rules! leaf {
    ($narrow:tt, $start:tt, $order:tt, $filter:expr, $cursor:expr, $limit:expr) => {{
        let patients: Option<Vec<uuid::Uuid>> = $filter
            .patients
            .as_ref()
            .map(|patients| patients.iter().map(|patient| patient.uuid()).collect());
        sqlx::query_as!(
            Raw,
            r#"SELECT id, true AS "is_visit!", patient_id, therapist_id, service_id, starts_at AS "starts!",
                      ends_at AS "ends!", state, agreed_at AS since, NULL::timestamptz AS expires_at, confirmed_at,
                      waiting_since, summary IS NOT NULL AS "has_summary!"
               FROM scheduling.visit
               WHERE "#
                + $narrow
                + " AND "
                + $start
                + "
                 AND cancel_reason IS DISTINCT FROM 'planned_by_mistake'
                 AND starts_at >= $1 AND starts_at < $2
                 AND ($4::text IS NULL OR state = $4) AND ($5::uuid IS NULL OR therapist_id = $5)
                 AND ($6::uuid IS NULL OR service_id = $6) AND ($7::uuid[] IS NULL OR patient_id = ANY ($7))
               ORDER BY "
                + $order
                + " LIMIT $8",
            $filter.from,
            $filter.until,
            $cursor,
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
        match $leaf {
            Leaf::First | Leaf::After(_) => {
                let after = match $leaf {
                    Leaf::After(visit) => Some(visit.uuid()),
                    _ => None,
                };
                leaf!(
                    $narrow,
                    "(starts_at, id) > (COALESCE((SELECT a.starts_at FROM scheduling.visit a WHERE a.id = $3), $1),
                                        COALESCE($3, '00000000-0000-0000-0000-000000000000'))",
                    "starts_at, id",
                    $filter,
                    after,
                    $limit
                )
                .fetch_all(&mut **$tx)
                .await?
            }
            Leaf::Before(visit) => {
                leaf!(
                    $narrow,
                    "(starts_at, id) < (COALESCE((SELECT a.starts_at FROM scheduling.visit a WHERE a.id = $3), $2),
                                        COALESCE($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))",
                    "starts_at DESC, id DESC",
                    $filter,
                    Some(visit.uuid()),
                    $limit
                )
                .fetch_all(&mut **$tx)
                .await?
            }
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
