//! What waits for the desk, from the tables of this slice.

use crate::model::ServiceId;
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, RequestId, StoreError, TherapistId, Tx};
use uuid::Uuid;

/// One thing that waits, as stored.
#[derive(Debug)]
pub struct Row {
    /// "request", "affected", "confirm", "waitlist".
    pub kind: String,
    pub id: Uuid,
    pub patient: PatientId,
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub state: String,
    /// Since when it waits; `None` where only the id of its cause tells.
    pub since: Option<DateTime<Utc>>,
    pub cause: Option<Uuid>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// Other times are proposed to the patient, who has not answered.
    pub theirs: bool,
}

/// Undecided requests, agreed visits that fall into an absence, wishes of the waiting list with what is offered to them (nobody's
/// id where anyone would do), and visits that ended before `unconfirmed` and of which nobody said
/// what became; of each the `limit` that are due first.
pub async fn waiting(
    tx: &mut Tx,
    now: DateTime<Utc>,
    unconfirmed: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Row>, StoreError> {
    let rows = sqlx::query!(
        r#"
        (SELECT 'request' AS "kind!", id AS "id!", patient_id AS "patient_id!", therapist_id AS "therapist_id!",
                service_id AS "service_id!", starts_at AS "starts!", upper(during) AS "ends!", state AS "state!",
                sent_at AS since, NULL::uuid AS cause, expires_at, false AS "theirs!"
         FROM scheduling.booking_request
         WHERE state IN ('pending', 'conflicted') AND (state <> 'pending' OR expires_at > $1)
         ORDER BY expires_at, id LIMIT $3)
        UNION ALL
        (SELECT DISTINCT ON (v.starts_at, v.id) 'affected', v.id, v.patient_id, v.therapist_id, v.service_id, v.starts_at,
                v.ends_at, v.state, NULL::timestamptz, t.id, NULL::timestamptz,
                EXISTS (SELECT FROM scheduling.proposal p WHERE p.visit_id = v.id AND p.state = 'open' AND p.expires_at > $1)
         FROM scheduling.time_off t
         JOIN scheduling.visit v ON (t.therapist_id IS NULL OR t.therapist_id = v.therapist_id)
              AND v.starts_at < upper(t.during) AND v.ends_at > lower(t.during)
              AND v.starts_at > lower(t.during) - interval '1 day'
         WHERE upper(t.during) > $1 AND v.state = 'scheduled' AND v.starts_at > $1
         ORDER BY v.starts_at, v.id, t.id LIMIT $3)
        UNION ALL
        (SELECT 'confirm', id, patient_id, therapist_id, service_id, starts_at, ends_at, state, ended_at, NULL, NULL, false
         FROM scheduling.visit
         WHERE state = 'ended' AND ends_at <= $2
         ORDER BY ends_at, id LIMIT $3)
        UNION ALL
        (SELECT 'waitlist', w.id, w.patient_id, COALESCE(o.therapist_id, w.therapist_id, '00000000-0000-0000-0000-000000000000'),
                w.service_id, COALESCE(lower(o.during), w.until), COALESCE(upper(o.during), w.until), COALESCE(o.state, w.state),
                w.joined_at, NULL, COALESCE(o.expires_at, w.until), o.id IS NOT NULL
         FROM scheduling.waitlist_wish w
         LEFT JOIN scheduling.waitlist_offer o ON o.wish_id = w.id AND o.state = 'open' AND o.expires_at > $1
         WHERE w.state = 'waiting' AND w.until > $1
         ORDER BY w.joined_at, w.id LIMIT $3)
        "#,
        now,
        unconfirmed,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            kind: row.kind,
            id: row.id,
            patient: row.patient_id.into(),
            therapist: row.therapist_id.into(),
            service: row.service_id.into(),
            starts: row.starts,
            ends: row.ends,
            state: row.state,
            since: row.since,
            cause: row.cause,
            expires_at: row.expires_at,
            theirs: row.theirs,
        })
        .collect())
}

/// Requests that `account` decided since an instant, the latest first.
pub async fn decided_by(
    tx: &mut Tx,
    account: AccountId,
    since: DateTime<Utc>,
) -> Result<Vec<(RequestId, DateTime<Utc>)>, StoreError> {
    let rows = sqlx::query!(
        r#"SELECT id, decided_at AS "at!" FROM scheduling.booking_request
           WHERE decided_at IS NOT NULL AND decided_at > $2 AND decided_by = $1 AND state IN ('approved', 'declined')
           ORDER BY decided_at DESC, id LIMIT 50"#,
        account.uuid(),
        since
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.at)).collect())
}

/// Who decided a request, and when.
pub async fn decision_of(tx: &mut Tx, request: RequestId) -> Result<Option<(AccountId, DateTime<Utc>)>, StoreError> {
    let row = sqlx::query!(
        r#"SELECT decided_by AS "by!", decided_at AS "at!" FROM scheduling.booking_request
           WHERE id = $1 AND decided_by IS NOT NULL AND decided_at IS NOT NULL"#,
        request.uuid()
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| (row.by.into(), row.at)))
}

/// When the desk last decided anything.
pub async fn last_decision(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(sqlx::query_scalar!(
        "SELECT decided_at FROM scheduling.booking_request
         WHERE decided_at IS NOT NULL AND decided_by IS NOT NULL ORDER BY decided_at DESC LIMIT 1"
    )
    .fetch_optional(&mut **tx)
    .await?
    .flatten())
}
