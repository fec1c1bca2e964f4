//! Everything a search for free times needs, for any number of holders in one statement.

use super::range;
use crate::model::{DatedShift, Hours, Shift, Weekday, slots::Span};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{StoreError, Tx, Zone};
use uuid::Uuid;

/// One holder's time within the reach of a search. Absences and taken time are sorted by start.
#[derive(Debug, Clone)]
pub struct HolderTime {
    pub holder: Uuid,
    /// `None` for a patient and for a therapist who has never set hours.
    pub zone: Option<Zone>,
    pub hours: Hours,
    pub away: Vec<Span>,
    pub busy: Vec<Span>,
}

struct Row {
    holder_id: Uuid,
    zone: Option<String>,
    weekly: Option<Vec<i16>>,
    dated_on: Option<Vec<NaiveDate>>,
    dated_from: Option<Vec<Option<i16>>>,
    dated_until: Option<Vec<Option<i16>>>,
    away_from: Option<Vec<DateTime<Utc>>>,
    away_until: Option<Vec<DateTime<Utc>>>,
    busy_from: Option<Vec<DateTime<Utc>>>,
    busy_until: Option<Vec<DateTime<Utc>>>,
}

/// Loads the time of `holders` (therapists, and a patient whom the actor sees) between two instants. Holds and requests
/// that are over at `now` count as free.
pub async fn load(
    tx: &mut Tx,
    holders: &[Uuid],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<HolderTime>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"
        SELECT holder_id AS "holder_id!", zone, weekly, dated_on, dated_from AS "dated_from: Vec<Option<i16>>",
               dated_until AS "dated_until: Vec<Option<i16>>", away_from, away_until, busy_from, busy_until
        FROM scheduling.free_time($1, $2, $3)
        "#,
        holders,
        range(from, until),
        now
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(HolderTime::try_from)
    .collect()
}

impl TryFrom<Row> for HolderTime {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        let zone = row
            .zone
            .map(|name| name.parse().map_err(|_| StoreError::Corrupt("zone")))
            .transpose()?;
        Ok(Self {
            holder: row.holder_id,
            zone,
            hours: Hours {
                weekly: weekly(&row.weekly.unwrap_or_default())?,
                dated: dated(
                    &row.dated_on.unwrap_or_default(),
                    &row.dated_from.unwrap_or_default(),
                    &row.dated_until.unwrap_or_default(),
                )?,
            },
            away: spans(row.away_from, row.away_until),
            busy: spans(row.busy_from, row.busy_until),
        })
    }
}

pub(super) fn minute(number: i16) -> Result<u16, StoreError> {
    u16::try_from(number).map_err(|_| StoreError::Corrupt("minute of a day"))
}

/// `[weekday, from, until, weekday, from, until, …]`
fn weekly(flat: &[i16]) -> Result<Vec<Shift>, StoreError> {
    flat.chunks_exact(3)
        .map(|row| {
            Ok(Shift {
                weekday: Weekday::from_iso(row[0]).ok_or(StoreError::Corrupt("weekday"))?,
                from: minute(row[1])?,
                until: minute(row[2])?,
            })
        })
        .collect()
}

fn dated(on: &[NaiveDate], from: &[Option<i16>], until: &[Option<i16>]) -> Result<Vec<DatedShift>, StoreError> {
    on.iter()
        .zip(from.iter().zip(until))
        .map(|(date, hours)| {
            Ok(DatedShift {
                date: *date,
                hours: match hours {
                    (Some(from), Some(until)) => Some((minute(*from)?, minute(*until)?)),
                    _ => None,
                },
            })
        })
        .collect()
}

/// Sorted here: half the price of sorting ranges in the database.
fn spans(from: Option<Vec<DateTime<Utc>>>, until: Option<Vec<DateTime<Utc>>>) -> Vec<Span> {
    let mut spans: Vec<Span> = from
        .unwrap_or_default()
        .iter()
        .zip(until.unwrap_or_default())
        .map(|(from, until)| Span::new(from.timestamp(), until.timestamp()))
        .collect();
    spans.sort_unstable();
    spans
}
