//! The one row of a search: facts in columns, each with whose they are at the same place of another column. Five hundred rows
//! of small lists cost the database and us several times as much.

use super::{super::particulars, Candidate};
use crate::{
    model::{DatedShift, slots::Span},
    store::free_time::{HolderTime, minute, shift, spans},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{StoreError, TherapistId, Zone};
use sqlx::types::Json;
use std::{collections::HashMap, iter::zip};
use uuid::Uuid;

/// Columns that belong together have one length; `None` is an empty one. `languages` and `specialties`: codes with `SEPARATOR`.
pub(super) struct Columns {
    pub ids: Option<Vec<Uuid>>,
    pub zones: Option<Vec<Option<String>>>,
    pub shift_of: Option<Vec<Uuid>>,
    pub shifts: Option<Vec<i32>>,
    pub dated_of: Option<Vec<Uuid>>,
    pub dated_on: Option<Vec<NaiveDate>>,
    pub dated_from: Option<Vec<Option<i16>>>,
    pub dated_until: Option<Vec<Option<i16>>>,
    pub away_of: Option<Vec<Uuid>>,
    pub away_from: Option<Vec<DateTime<Utc>>>,
    pub away_until: Option<Vec<DateTime<Utc>>>,
    pub busy_of: Option<Vec<Uuid>>,
    pub busy_from: Option<Vec<DateTime<Utc>>>,
    pub busy_until: Option<Vec<DateTime<Utc>>>,
    pub who: Option<Vec<Uuid>>,
    pub names: Option<Vec<String>>,
    pub titles: Option<Vec<String>>,
    pub languages: Option<Vec<String>>,
    pub specialties: Option<Vec<String>>,
    pub accepting: Option<Vec<bool>>,
    pub licensed_until: Option<Vec<NaiveDate>>,
    pub licence_of: Option<Vec<Uuid>>,
    pub licence_in: Option<Vec<String>>,
    pub more_of: Option<Vec<Uuid>>,
    pub more: Option<Vec<Option<Json<particulars::Raw>>>>,
    pub age: Option<i16>,
    pub patient_from: Option<Vec<DateTime<Utc>>>,
    pub patient_until: Option<Vec<DateTime<Utc>>>,
}

const SEPARATOR: char = '\u{1f}';

/// Where a therapist's facts go: the place among the candidates.
type Places = HashMap<Uuid, usize>;

impl Columns {
    /// Whoever is licensed and offers the service, with their facts; and what the patient has taken.
    pub(super) fn read(mut self, now: DateTime<Utc>) -> Result<(Vec<Candidate>, Vec<Span>), StoreError> {
        let patient_busy = spans(self.patient_from.take(), self.patient_until.take());
        let (mut found, places) = self.faces();
        self.zones(&mut found, &places)?;
        self.hours(&mut found, &places)?;
        self.taken(&mut found, &places);
        for (whose, state) in zip(all(self.licence_of), all(self.licence_in)) {
            if let Some(place) = places.get(&whose) {
                found[*place].licence_states.push(state);
            }
        }
        for (whose, more) in zip(all(self.more_of), all(self.more)) {
            if let Some(place) = places.get(&whose) {
                let candidate = &mut found[*place];
                candidate.age = self.age;
                candidate.time.learn(more, now)?;
            }
        }
        for candidate in &mut found {
            candidate.licence_states.sort_unstable();
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
        let mut places = Places::with_capacity(offering.len());
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
                licence_states: Vec::new(),
                accepts_new,
                licensed_until,
                time: HolderTime::empty(id),
                age: None,
            });
        }
        (found, places)
    }

    fn zones(&mut self, found: &mut [Candidate], places: &Places) -> Result<(), StoreError> {
        // Most live in one zone.
        let mut last: Option<(String, Zone)> = None;
        for (id, name) in zip(all(self.ids.take()), all(self.zones.take())) {
            let (Some(place), Some(name)) = (places.get(&id), name) else {
                continue;
            };
            let zone = match &last {
                Some((known, zone)) if *known == name => *zone,
                _ => name.parse().map_err(|_| StoreError::Corrupt("zone"))?,
            };
            found[*place].time.zone = Some(zone);
            last = Some((name, zone));
        }
        Ok(())
    }

    fn hours(&mut self, found: &mut [Candidate], places: &Places) -> Result<(), StoreError> {
        for (whose, packed) in zip(all(self.shift_of.take()), all(self.shifts.take())) {
            if let Some(place) = places.get(&whose) {
                found[*place].time.hours.weekly.push(shift(packed)?);
            }
        }
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

    fn taken(&mut self, found: &mut [Candidate], places: &Places) {
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
        let busy = zip(
            all(self.busy_of.take()),
            zip(all(self.busy_from.take()), all(self.busy_until.take())),
        );
        for (whose, (from, until)) in busy {
            if let Some(place) = places.get(&whose) {
                found[*place]
                    .time
                    .busy
                    .push(Span::new(from.timestamp(), until.timestamp()));
            }
        }
        for candidate in found {
            candidate.time.away.sort_unstable();
            candidate.time.busy.sort_unstable();
        }
    }
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
