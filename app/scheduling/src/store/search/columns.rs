//! The one row of a search: facts in columns, each with whose they are at the same place of another column. Five hundred rows
//! of small lists cost the database and us several times as much.

use super::{super::particulars, Candidate};
use crate::{
    model::{DatedShift, Shift, slots::Span},
    store::free_time::{HolderTime, minute, shift, spans},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{StoreError, TherapistId, Zone};
use sqlx::types::Json;
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    iter::zip,
};
use uuid::Uuid;

/// Columns that belong together have one length; `None` is an empty one. `languages` and `specialties`: codes with `SEPARATOR`.
/// `weeks` and `taken`: packed, as `scheduling.time_of_all` says.
pub(super) struct Columns {
    pub ids: Option<Vec<Uuid>>,
    pub zones: Option<Vec<Option<String>>>,
    pub weeks: Option<Vec<Option<Vec<u8>>>>,
    pub dated_of: Option<Vec<Uuid>>,
    pub dated_on: Option<Vec<NaiveDate>>,
    pub dated_from: Option<Vec<Option<i16>>>,
    pub dated_until: Option<Vec<Option<i16>>>,
    pub away_of: Option<Vec<Uuid>>,
    pub away_from: Option<Vec<DateTime<Utc>>>,
    pub away_until: Option<Vec<DateTime<Utc>>>,
    pub taken: Option<Vec<u8>>,
    pub who: Option<Vec<Uuid>>,
    pub names: Option<Vec<String>>,
    pub titles: Option<Vec<String>>,
    pub languages: Option<Vec<String>>,
    pub specialties: Option<Vec<String>>,
    pub accepting: Option<Vec<bool>>,
    pub licensed_until: Option<Vec<NaiveDate>>,
    pub more_of: Option<Vec<Uuid>>,
    pub more: Option<Vec<Option<Json<particulars::Raw>>>>,
    pub age: Option<i16>,
    pub met: Option<Vec<Uuid>>,
    pub patient_from: Option<Vec<DateTime<Utc>>>,
    pub patient_until: Option<Vec<DateTime<Utc>>>,
}

const SEPARATOR: char = '\u{1f}';

/// Where a therapist's facts go: the place among the candidates.
type Places = HashMap<Uuid, usize, BuildHasherDefault<Tail>>;

/// Hashes an id by its last eight bytes: they are random already, and nobody outside chooses them.
#[derive(Default)]
struct Tail(u64);

impl Hasher for Tail {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(tail) = bytes.last_chunk::<8>() {
            self.0 ^= u64::from_be_bytes(*tail);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

impl Columns {
    /// Whoever is licensed and offers the service, with their facts; and what the patient has taken.
    pub(super) fn read(mut self, now: DateTime<Utc>) -> Result<(Vec<Candidate>, Vec<Span>), StoreError> {
        let patient_busy = spans(self.patient_from.take(), self.patient_until.take());
        let (mut found, places) = self.faces();
        self.calendars(&mut found, &places)?;
        self.dated(&mut found, &places)?;
        self.taken(&mut found, &places)?;
        for (whose, more) in zip(all(self.more_of), all(self.more)) {
            if let Some(place) = places.get(&whose) {
                let candidate = &mut found[*place];
                candidate.age = self.age;
                candidate.time.learn(more, now)?;
            }
        }
        for whose in all(self.met) {
            if let Some(place) = places.get(&whose) {
                found[*place].known = true;
            }
        }
        Ok((found, patient_busy))
    }

    /// The candidates without their time, and where each stands.
    fn faces(&mut self) -> (Vec<Candidate>, Places) {
        let offering: Places = zip(all_of(self.ids.as_ref()).copied(), 0..).collect();
        let who = zip(
            all(self.who.take()),
            zip(all(self.names.take()), all(self.titles.take())),
        );
        let skills = zip(all(self.languages.take()), all(self.specialties.take()));
        let terms = zip(all(self.accepting.take()), all(self.licensed_until.take()));
        let mut found = Vec::with_capacity(offering.len());
        let mut places = Places::with_capacity_and_hasher(offering.len(), BuildHasherDefault::default());
        for (((id, (name, title)), (languages, specialties)), (accepts_new, licensed_until)) in
            zip(zip(who, skills), terms)
        {
            if !offering.contains_key(&id) {
                continue;
            }
            places.insert(id, found.len());
            found.push(Candidate {
                therapist: TherapistId::new(id),
                name,
                title,
                languages: codes(&languages),
                specialties: codes(&specialties),
                accepts_new,
                known: false,
                licensed_until,
                time: HolderTime::empty(id),
                age: None,
            });
        }
        (found, places)
    }

    fn calendars(&mut self, found: &mut [Candidate], places: &Places) -> Result<(), StoreError> {
        // Most live in one zone.
        let mut last: Option<(String, Zone)> = None;
        let calendars = zip(all(self.zones.take()), all(self.weeks.take()));
        for (id, (name, week)) in zip(all(self.ids.take()), calendars) {
            let (Some(place), Some(name)) = (places.get(&id), name) else {
                continue;
            };
            let zone = match &last {
                Some((known, zone)) if *known == name => *zone,
                _ => name.parse().map_err(|_| StoreError::Corrupt("zone"))?,
            };
            let time = &mut found[*place].time;
            time.zone = Some(zone);
            time.hours.weekly = shifts(&week.unwrap_or_default())?;
            last = Some((name, zone));
        }
        Ok(())
    }

    fn dated(&mut self, found: &mut [Candidate], places: &Places) -> Result<(), StoreError> {
        let days = zip(all(self.dated_of.take()), all(self.dated_on.take()));
        let hours = zip(all(self.dated_from.take()), all(self.dated_until.take()));
        for ((whose, date), hours) in zip(days, hours) {
            if let Some(place) = places.get(&whose) {
                let hours = match hours {
                    (Some(from), Some(until)) => Some((minute(from)?, minute(until)?)),
                    _ => None,
                };
                found[*place].time.hours.dated.push(DatedShift { date, hours });
            }
        }
        for candidate in found {
            candidate.time.hours.sort();
        }
        Ok(())
    }

    fn taken(&mut self, found: &mut [Candidate], places: &Places) -> Result<(), StoreError> {
        let away = zip(
            all(self.away_of.take()),
            zip(all(self.away_from.take()), all(self.away_until.take())),
        );
        for (whose, (from, until)) in away {
            let span = Span::new(from.timestamp(), until.timestamp());
            if whose.is_nil() {
                for candidate in found.iter_mut() {
                    candidate.time.away.push(span);
                }
            } else if let Some(place) = places.get(&whose) {
                found[*place].time.away.push(span);
            }
        }
        for (whose, rest) in packed::<16>(self.taken.as_deref())? {
            if let Some(place) = places.get(&whose) {
                let ([from, until], _) = rest.as_chunks::<8>() else {
                    return Err(StoreError::Corrupt("taken time"));
                };
                found[*place].time.busy.push(Span::new(seconds(*from), seconds(*until)));
            }
        }
        for candidate in found {
            candidate.time.away.sort_unstable();
            candidate.time.busy.sort_unstable();
        }
        Ok(())
    }
}

/// The shifts of a packed week.
fn shifts(week: &[u8]) -> Result<Vec<Shift>, StoreError> {
    let (numbers, rest) = week.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(StoreError::Corrupt("packed week"));
    }
    numbers
        .iter()
        .map(|number| shift(i32::from_be_bytes(*number)))
        .collect()
}

/// The entries of a packed column: whose each is, and the rest of it.
fn packed<const REST: usize>(bytes: Option<&[u8]>) -> Result<impl Iterator<Item = (Uuid, [u8; REST])>, StoreError> {
    let bytes = bytes.unwrap_or_default();
    if !bytes.len().is_multiple_of(16 + REST) {
        return Err(StoreError::Corrupt("packed column"));
    }
    Ok(bytes.chunks_exact(16 + REST).filter_map(|entry| {
        let (whose, rest) = entry.split_first_chunk::<16>()?;
        Some((Uuid::from_bytes(*whose), *rest.first_chunk::<REST>()?))
    }))
}

/// The database counts microseconds from the year 2000.
fn seconds(moment: [u8; 8]) -> i64 {
    const YEAR_2000: i64 = 946_684_800;
    YEAR_2000 + i64::from_be_bytes(moment).div_euclid(1_000_000)
}

fn all<T>(column: Option<Vec<T>>) -> impl Iterator<Item = T> {
    column.into_iter().flatten()
}

fn all_of<T>(column: Option<&Vec<T>>) -> impl Iterator<Item = &T> {
    column.into_iter().flatten()
}

fn codes(joined: &str) -> Vec<String> {
    joined
        .split(SEPARATOR)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{packed, seconds, shifts};
    use crate::model::Weekday;
    use chrono::DateTime;
    use uuid::Uuid;

    #[test]
    fn packed_entries_come_out_with_their_owner() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(u128::MAX));
        let mut bytes = Vec::new();
        for (whose, number) in [(one, 7_i32), (other, -1), (one, i32::MAX)] {
            bytes.extend_from_slice(whose.as_bytes());
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        let read: Vec<_> = packed::<4>(Some(&bytes))
            .unwrap()
            .map(|(whose, rest)| (whose, i32::from_be_bytes(rest)))
            .collect();
        assert_eq!(read, [(one, 7), (other, -1), (one, i32::MAX)]);
        assert_eq!(packed::<4>(None).unwrap().count(), 0);
        assert!(packed::<4>(Some(&bytes[1..])).is_err());
    }

    #[test]
    fn a_packed_week_comes_out_in_its_shifts() {
        let pack = |weekday: i32, from: i32, until: i32| (weekday * 4_194_304 + from * 2_048 + until).to_be_bytes();
        let week = [pack(1, 540, 720), pack(7, 0, 1_440)].concat();
        let read: Vec<_> = shifts(&week).unwrap();
        assert_eq!(
            read.iter()
                .map(|one| (one.weekday, one.from, one.until))
                .collect::<Vec<_>>(),
            [(Weekday::Monday, 540, 720), (Weekday::Sunday, 0, 1_440)]
        );
        assert!(shifts(&[]).unwrap().is_empty());
        assert!(shifts(&week[1..]).is_err() && shifts(&pack(8, 0, 60)).is_err());
    }

    #[test]
    fn moments_are_those_of_the_database() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().timestamp();
        assert_eq!(seconds(0_i64.to_be_bytes()), at("2000-01-01T00:00:00Z"));
        // SELECT timestamptz_send('2026-11-24 15:00Z')
        assert_eq!(
            seconds(848_847_600_000_000_i64.to_be_bytes()),
            at("2026-11-24T15:00:00Z")
        );
        assert_eq!(seconds((-1_i64).to_be_bytes()), at("1999-12-31T23:59:59Z"));
    }
}
