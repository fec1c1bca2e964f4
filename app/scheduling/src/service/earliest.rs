//! The therapists of a search by their first free times. Pure but for the zone database: everything is loaded before.

use crate::{
    api::view::{Face, SlotView, TherapistHit, Why},
    model::{
        Fit, ServiceId, Weights,
        slots::{Grid, Span},
    },
    store::{free_time::HolderTime, search::Candidate},
};
use chrono::{DateTime, Duration, Utc};
use kernel::{TherapistId, Zone};
use std::{collections::HashMap, iter::zip};
use uuid::Uuid;

use super::{
    free::{self, FreeTimes},
    wishes::Wish,
};

/// Times shown per therapist.
pub const TIMES: usize = 3;

/// The first free times of each candidate, in seconds, in the order of the candidates. `grid`: by which rules a therapist
/// is booked.
pub fn first_times(
    candidates: &[Candidate],
    patient_busy: &[Span],
    grid: impl Fn(TherapistId) -> Grid,
) -> Vec<Vec<i64>> {
    candidates
        .iter()
        .map(|candidate| {
            // What was loaded reaches as far as the plain service does: an own length waits for the second look.
            if candidate.time.more.as_ref().is_some_and(|more| more.own_length) {
                return Vec::new();
            }
            of_one(&candidate.time, patient_busy, grid(candidate.therapist))
        })
        .collect()
}

/// Whose times were not found in what was loaded first.
pub fn unanswered(candidates: &[Candidate], starts: &[Vec<i64>]) -> Vec<Uuid> {
    let short = candidates.iter().zip(starts).filter(|(_, starts)| starts.len() < TIMES);
    short.map(|(candidate, _)| candidate.therapist.uuid()).collect()
}

/// Fills in the times of those whom the first look did not answer, from what a longer one loaded.
pub fn fill_in(
    candidates: &[Candidate],
    starts: &mut [Vec<i64>],
    times: &[HolderTime],
    patient: Uuid,
    grid: impl Fn(TherapistId) -> Grid,
) {
    let by_holder: HashMap<Uuid, &HolderTime> = times.iter().map(|time| (time.holder, time)).collect();
    let patient_busy: &[Span] = by_holder.get(&patient).map_or(&[], |time| &time.busy);
    for (candidate, starts) in candidates.iter().zip(starts) {
        if let Some(time) = by_holder.get(&candidate.therapist.uuid()) {
            *starts = of_one(time, patient_busy, grid(candidate.therapist));
        }
    }
}

fn of_one(time: &HolderTime, patient_busy: &[Span], grid: Grid) -> Vec<i64> {
    let mut starts = Vec::with_capacity(TIMES);
    FreeTimes::new(time, patient_busy, grid).first(TIMES, &mut starts);
    starts
}

/// Seconds taken in what was loaded.
fn taken(time: &HolderTime) -> i64 {
    time.busy.iter().map(|busy| busy.until - busy.from).sum()
}

/// A candidate with their first free times.
pub type Found = (Candidate, Vec<i64>);

/// What the order and the words of a hit depend on.
pub struct Hits<'a> {
    pub wish: &'a Wish,
    pub service: ServiceId,
    pub zone: Zone,
    pub now: DateTime<Utc>,
    pub weights: Weights,
}

impl Hits<'_> {
    /// The best fit first; among equals, and by default among all, the earliest; at the same time, and without any, by name.
    pub fn order(&self, candidates: Vec<Candidate>, starts: Vec<Vec<i64>>) -> Vec<Found> {
        let scores = self.scores(&candidates, &starts);
        let mut order: Vec<(i64, Found)> = zip(scores, zip(candidates, starts)).collect();
        order.sort_by(|(score, (one, its)), (rival, (other, others))| {
            let first = |starts: &[i64]| starts.first().copied().unwrap_or(i64::MAX);
            rival
                .cmp(score)
                .then_with(|| first(its).cmp(&first(others)))
                .then_with(|| (&one.name, one.therapist).cmp(&(&other.name, other.therapist)))
        });
        order.into_iter().map(|(_, found)| found).collect()
    }

    /// In words, in the same order. `licensed`: in which states whom.
    pub fn of(&self, found: Vec<Found>, mut licensed: HashMap<TherapistId, Vec<String>>) -> Vec<TherapistHit> {
        // Many are free at the same time; its words are made once.
        let mut words: HashMap<i64, SlotView> = HashMap::new();
        found
            .into_iter()
            .map(|(candidate, starts)| {
                let next = starts
                    .iter()
                    .filter_map(|start| self.words(*start, &mut words))
                    .collect();
                let states = licensed.remove(&candidate.therapist).unwrap_or_default();
                self.hit(candidate, states, next)
            })
            .collect()
    }

    /// How well each fits; all alike where only the earliest time counts.
    fn scores(&self, candidates: &[Candidate], starts: &[Vec<i64>]) -> Vec<i64> {
        if self.weights.earliest_alone() {
            return vec![0; candidates.len()];
        }
        let taken: Vec<i64> = candidates.iter().map(|candidate| taken(&candidate.time)).collect();
        let most_taken = taken.iter().copied().max().unwrap_or_default();
        let one = |((candidate, starts), taken): ((&Candidate, &Vec<i64>), &i64)| {
            let first = starts.first().and_then(|at| DateTime::from_timestamp(*at, 0));
            self.weights.score(&Fit {
                first_in: first.map(|at| at - self.now),
                known: candidate.known,
                first_language: candidate.languages.first() == Some(&self.wish.language),
                taken: *taken,
                most_taken,
            })
        };
        candidates.iter().zip(starts).zip(&taken).map(one).collect()
    }

    fn words(&self, start: i64, made: &mut HashMap<i64, SlotView>) -> Option<SlotView> {
        if let Some(slot) = made.get(&start) {
            return Some(slot.clone());
        }
        let slot = free::slot(self.zone, start)?;
        made.insert(start, slot.clone());
        Some(slot)
    }

    fn hit(&self, candidate: Candidate, licence_states: Vec<String>, next: Vec<SlotView>) -> TherapistHit {
        let mut why = Vec::new();
        if candidate.known {
            why.push(Why::SeenBefore);
        }
        if !self.wish.specialty.is_empty() {
            why.push(Why::WorksOn(self.wish.specialty.clone()));
        }
        if !self.wish.concern.is_empty() {
            why.push(Why::HelpsWith(self.wish.concern.clone()));
        }
        if !self.wish.insurer.is_empty() {
            why.push(Why::Takes(self.wish.insurer.clone()));
        }
        if !self.wish.language.is_empty() {
            why.push(Why::Speaks(self.wish.language.clone()));
        }
        let within_a_week = |slot: &SlotView| slot.starts < self.now + Duration::days(7);
        if next.first().is_some_and(within_a_week) {
            why.push(Why::FreeThisWeek);
        }
        TherapistHit {
            face: Face {
                therapist: candidate.therapist,
                name: candidate.name,
                title: candidate.title,
            },
            licence_states,
            languages: candidate.languages,
            specialties: candidate.specialties,
            why,
            next,
            service: self.service,
        }
    }
}
