//! Everything a search for free times needs, for any number of holders in one statement.

use super::{
    particulars::{self, Particulars},
    range,
};
use crate::model::{DatedShift, Hours, ServiceId, Shift, Weekday, slots::Span};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{PatientId, StoreError, Tx, Zone};
use sqlx::types::Json;
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
    /// What few therapists have beyond hours; of a patient always `None`.
    pub more: Option<Particulars>,
    /// No visit starts at or after this: the end of the licence for the patient's state. In seconds since 1970.
    pub licensed_until: i64,
}

/// What a search for times is for. Without a service own terms and limits are left out, without a patient licences.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aim {
    pub service: Option<ServiceId>,
    pub patient: Option<PatientId>,
}

/// The columns of `scheduling.free_time` and its like.
pub(super) struct Row {
    pub holder_id: Uuid,
    pub zone: Option<String>,
    pub weekly: Option<Vec<i32>>,
    pub dated_on: Option<Vec<NaiveDate>>,
    pub dated_from: Option<Vec<Option<i16>>>,
    pub dated_until: Option<Vec<Option<i16>>>,
    pub away_from: Option<Vec<DateTime<Utc>>>,
    pub away_until: Option<Vec<DateTime<Utc>>>,
    pub busy_from: Option<Vec<DateTime<Utc>>>,
    pub busy_until: Option<Vec<DateTime<Utc>>>,
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
    load_for(tx, Aim::default(), holders, (from, until), now).await
}

/// The same, with all that decides the times of one service for one patient.
pub async fn load_for(
    tx: &mut Tx,
    aim: Aim,
    holders: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<HolderTime>, StoreError> {
    let rows = sqlx::query!(
        r#"
        SELECT f.holder_id AS "holder_id!", f.zone, f.weekly, f.dated_on, f.dated_from AS "dated_from: Vec<Option<i16>>",
               f.dated_until AS "dated_until: Vec<Option<i16>>", f.away_from, f.away_until, f.busy_from, f.busy_until,
               scheduling.particulars(f.holder_id, $4, $2, $3) AS "more: Json<particulars::Raw>",
               people.licence_end(f.holder_id, $5) AS licence_end
        FROM scheduling.free_time($1, $2, $3) f
        "#,
        holders,
        range(from, until),
        now,
        aim.service.map(ServiceId::uuid),
        aim.patient.map(PatientId::uuid)
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let plain = Row {
                holder_id: row.holder_id,
                zone: row.zone,
                weekly: row.weekly,
                dated_on: row.dated_on,
                dated_from: row.dated_from,
                dated_until: row.dated_until,
                away_from: row.away_from,
                away_until: row.away_until,
                busy_from: row.busy_from,
                busy_until: row.busy_until,
            };
            let mut time = HolderTime::try_from(plain)?.with(row.more, now)?;
            if time.zone.is_some() && aim.patient.is_some() {
                time.licensed_until = row.licence_end.map_or(i64::MIN, |end| end.timestamp());
            }
            Ok(time)
        })
        .collect()
}

impl HolderTime {
    /// Of somebody about whom nothing is known.
    pub fn empty(holder: Uuid) -> Self {
        Self {
            holder,
            zone: None,
            hours: Hours::default(),
            away: Vec::new(),
            busy: Vec::new(),
            more: None,
            licensed_until: i64::MAX,
        }
    }

    /// With what `scheduling.particulars` said.
    pub fn with(mut self, more: Option<Json<particulars::Raw>>, now: DateTime<Utc>) -> Result<Self, StoreError> {
        self.learn(more, now)?;
        Ok(self)
    }

    /// Takes in what `scheduling.particulars` said.
    pub(super) fn learn(&mut self, more: Option<Json<particulars::Raw>>, now: DateTime<Utc>) -> Result<(), StoreError> {
        if let Some(Json(raw)) = more {
            let (more, weekly) = raw.read(now)?;
            if let Some(weekly) = weekly {
                self.hours.weekly = weekly;
            }
            self.more = Some(more);
        }
        Ok(())
    }
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
                weekly: weekly(row.weekly.unwrap_or_default())?,
                dated: dated(
                    &row.dated_on.unwrap_or_default(),
                    &row.dated_from.unwrap_or_default(),
                    &row.dated_until.unwrap_or_default(),
                )?,
            },
            away: spans(row.away_from, row.away_until),
            busy: spans(row.busy_from, row.busy_until),
            more: None,
            licensed_until: i64::MAX,
        })
    }
}

pub(super) fn minute(number: i16) -> Result<u16, StoreError> {
    u16::try_from(number).map_err(|_| StoreError::Corrupt("minute of a day"))
}

/// What `scheduling.particulars` adds to a shift that names its services.
const NAMED: i32 = 1 << 25;

/// Packed shifts in order, each with whether it names its services.
pub(super) fn named_weekly(mut packed: Vec<i32>) -> Result<Vec<(Shift, bool)>, StoreError> {
    packed.sort_unstable_by_key(|number| number & !NAMED);
    packed
        .into_iter()
        .map(|number| Ok((shift(number & !NAMED)?, number & NAMED != 0)))
        .collect()
}

/// Shifts as `scheduling.free_time` packs them; their order is that of the numbers.
fn weekly(mut packed: Vec<i32>) -> Result<Vec<Shift>, StoreError> {
    packed.sort_unstable();
    packed.into_iter().map(shift).collect()
}

pub(super) fn shift(packed: i32) -> Result<Shift, StoreError> {
    let part = |number: i32| i16::try_from(number).map_err(|_| StoreError::Corrupt("shift"));
    Ok(Shift {
        weekday: Weekday::from_iso(part(packed >> 22)?).ok_or(StoreError::Corrupt("weekday"))?,
        from: minute(part((packed >> 11) & 0x7FF)?)?,
        until: minute(part(packed & 0x7FF)?)?,
    })
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
pub(super) fn spans(from: Option<Vec<DateTime<Utc>>>, until: Option<Vec<DateTime<Utc>>>) -> Vec<Span> {
    let mut spans: Vec<Span> = from
        .unwrap_or_default()
        .iter()
        .zip(until.unwrap_or_default())
        .map(|(from, until)| Span::new(from.timestamp(), until.timestamp()))
        .collect();
    spans.sort_unstable();
    spans
}

#[cfg(test)]
mod tests {
    use super::weekly;
    use crate::model::{Shift, Weekday};

    #[test]
    fn packed_shifts_come_out_whole_and_in_order() {
        let pack = |weekday: i32, from: i32, until: i32| weekday * 4_194_304 + from * 2_048 + until;
        let shifts = weekly(vec![pack(7, 0, 1_440), pack(1, 780, 1_020), pack(1, 540, 720)]).unwrap();
        let shift = |weekday, from, until| Shift { weekday, from, until };
        assert_eq!(
            shifts,
            [
                shift(Weekday::Monday, 540, 720),
                shift(Weekday::Monday, 780, 1_020),
                shift(Weekday::Sunday, 0, 1_440)
            ]
        );
        assert!(weekly(vec![pack(8, 0, 60)]).is_err());
    }
}
