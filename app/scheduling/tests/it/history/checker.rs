//! Reads a record of who was told what, and says where two were told that they have the same stretch of somebody's time.
//!
//! It never looks into the database: the judge of the bookings must not be the witness. Between the answer "it is yours" and
//! the next call that may end it, a stretch certainly belongs to its tenure; two certain tenures of one holder that overlap
//! in the calendar and in time are a double booking.

use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The order in which calls began and were answered: one number for each such moment, never two for one.
pub type Tick = u64;

/// A stretch of one holder's time, as one call took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub holder: Uuid,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// What an answered call did.
#[derive(Debug, Clone)]
pub enum Effect {
    /// The stretches belong to this tenure; until an instant of the clock, or until somebody gives them back. An account
    /// keeps one time: taking another lets go of it, unless it has become something else by then.
    Took {
        tenure: Uuid,
        account: Uuid,
        stretches: Vec<Stretch>,
        expires: Option<DateTime<Utc>>,
    },
    /// The tenure goes on under another name and with another end (hold to request, request to visit).
    Became {
        tenure: Uuid,
        next: Uuid,
        expires: Option<DateTime<Utc>>,
    },
    /// The tenure has these stretches now, and the ones before no more.
    Moved { tenure: Uuid, stretches: Vec<Stretch> },
    /// The tenure is over.
    Gave { tenure: Uuid },
    /// The clock was put forward to this instant.
    Clock(DateTime<Utc>),
}

/// A call that was answered with success: nothing else changes anything.
#[derive(Debug, Clone)]
pub struct Done {
    pub began: Tick,
    pub answered: Tick,
    pub what: &'static str,
    pub effects: Vec<Effect>,
}

/// Two tenures that both certainly had a stretch.
#[derive(Debug, PartialEq, Eq)]
pub struct DoubleBooking {
    pub holder: Uuid,
    pub tenures: [Uuid; 2],
}

#[derive(Debug)]
struct Tenure {
    id: Uuid,
    stretches: Vec<Stretch>,
    since: Tick,
    /// When the call began that may have moved it away from here.
    moved_away: Option<Tick>,
    /// Each end the clock was to bring, from the tick on at which it was known.
    ends: Vec<(Tick, Option<DateTime<Utc>>)>,
    given_back: Option<Tick>,
}

impl Tenure {
    /// The tick up to which the stretches certainly belonged to it.
    fn certain_until(&self, clock: &[(Tick, DateTime<Utc>)]) -> Tick {
        let passed = clock.iter().find(|(began, now)| {
            let known = self.ends.iter().rev().find(|(since, _)| since < began);
            known.is_some_and(|(_, end)| end.is_some_and(|end| end <= *now))
        });
        let expired = passed.map_or(Tick::MAX, |(began, _)| *began);
        let ended = self.given_back.into_iter().chain(self.moved_away).min();
        expired.min(ended.unwrap_or(Tick::MAX))
    }
}

/// Every double booking in the record, each once.
pub fn double_bookings(record: &[Done]) -> Vec<DoubleBooking> {
    let (tenures, clock) = tenures(record);
    let mut by_holder: HashMap<Uuid, Vec<(Stretch, &Tenure, Tick)>> = HashMap::new();
    for tenure in &tenures {
        let until = tenure.certain_until(&clock);
        for stretch in &tenure.stretches {
            let of_holder = by_holder.entry(stretch.holder).or_default();
            of_holder.push((*stretch, tenure, until));
        }
    }
    let mut found = Vec::new();
    for (holder, of_holder) in by_holder {
        for (index, (one, its, its_end)) in of_holder.iter().enumerate() {
            for (other, others, others_end) in &of_holder[index + 1..] {
                let in_the_calendar = one.from < other.until && other.from < one.until;
                let at_once = its.since < *others_end && others.since < *its_end;
                if its.id != others.id && in_the_calendar && at_once {
                    found.push(DoubleBooking {
                        holder,
                        tenures: [its.id, others.id],
                    });
                }
            }
        }
    }
    found
}

fn tenures(record: &[Done]) -> (Vec<Tenure>, Vec<(Tick, DateTime<Utc>)>) {
    let mut in_order: Vec<&Done> = record.iter().collect();
    in_order.sort_by_key(|done| done.answered);
    let mut tenures: Vec<Tenure> = Vec::new();
    let mut by_name: HashMap<Uuid, usize> = HashMap::new();
    let mut clock = Vec::new();
    let mut takes: Vec<(Uuid, Uuid, Tick, Tick)> = Vec::new();
    // First everything that begins a tenure, so that an end that was answered earlier than its beginning finds it: a call
    // sees what another has committed before that one's own answer has arrived.
    for done in &in_order {
        for effect in &done.effects {
            if let Effect::Took {
                tenure,
                account,
                stretches,
                expires,
            } = effect
            {
                takes.push((*account, *tenure, done.began, done.answered));
                by_name.insert(*tenure, tenures.len());
                tenures.push(Tenure {
                    id: *tenure,
                    stretches: stretches.clone(),
                    since: done.answered,
                    // The clock may have moved while the call ran.
                    ends: vec![(done.began, *expires)],
                    moved_away: None,
                    given_back: None,
                });
            }
        }
    }
    // Names pass on along chains, whatever the order in which they were told.
    let mut passed_on = true;
    while passed_on {
        passed_on = false;
        for effect in in_order.iter().flat_map(|done| &done.effects) {
            if let Effect::Became { tenure, next, .. } = effect
                && !by_name.contains_key(next)
                && let Some(place) = by_name.get(tenure).copied()
            {
                by_name.insert(*next, place);
                passed_on = true;
            }
        }
    }
    for done in &in_order {
        for effect in &done.effects {
            match effect {
                Effect::Became { tenure, expires, .. } => {
                    if let Some(place) = by_name.get(tenure) {
                        tenures[*place].ends.push((done.answered, *expires));
                    }
                }
                Effect::Gave { tenure } => {
                    if let Some(place) = by_name.get(tenure) {
                        let given_back = &mut tenures[*place].given_back;
                        *given_back = Some(given_back.unwrap_or(Tick::MAX).min(done.began));
                    }
                }
                Effect::Clock(now) => clock.push((done.began, *now)),
                Effect::Took { .. } | Effect::Moved { .. } => {}
            }
        }
    }
    let became_more: HashSet<Uuid> = in_order
        .iter()
        .flat_map(|done| &done.effects)
        .filter_map(|effect| match effect {
            Effect::Became { tenure, next, .. } if tenure != next => Some(*tenure),
            _ => None,
        })
        .collect();
    for (account, tenure, its_began, _) in takes.iter().filter(|take| !became_more.contains(&take.1)) {
        // Who was first in the database, two takes at once do not tell: either may have let the other go.
        let others = takes
            .iter()
            .filter(|(of, other, _, answered)| of == account && other != tenure && answered > its_began);
        if let (Some(first), Some(place)) = (others.map(|(_, _, began, _)| *began).min(), by_name.get(tenure)) {
            let given_back = &mut tenures[*place].given_back;
            *given_back = Some(given_back.unwrap_or(Tick::MAX).min(first));
        }
    }
    move_on(&in_order, &by_name, &mut tenures);
    clock.sort_unstable();
    (tenures, clock)
}

/// What moved is a tenure of its own from then on, under the same name: up to the next move, whichever that was.
fn move_on(in_order: &[&Done], by_name: &HashMap<Uuid, usize>, tenures: &mut Vec<Tenure>) {
    let moves: Vec<(usize, &Done, &[Stretch])> = in_order
        .iter()
        .flat_map(|done| done.effects.iter().map(move |effect| (*done, effect)))
        .filter_map(|(done, effect)| match effect {
            Effect::Moved { tenure, stretches } => Some((*by_name.get(tenure)?, done, stretches.as_slice())),
            _ => None,
        })
        .collect();
    for (place, done, stretches) in &moves {
        // Two moves at once do not tell which came second: either may have ended the other.
        let others = moves
            .iter()
            .filter(|(of, other, _)| of == place && other.answered != done.answered && other.answered > done.began);
        tenures.push(Tenure {
            id: tenures[*place].id,
            stretches: stretches.to_vec(),
            since: done.answered,
            ends: tenures[*place].ends.clone(),
            moved_away: others.map(|(_, other, _)| other.began).min(),
            given_back: tenures[*place].given_back,
        });
    }
    for (place, done, _) in &moves {
        let moved_away = &mut tenures[*place].moved_away;
        *moved_away = Some(moved_away.unwrap_or(Tick::MAX).min(done.began));
    }
}

#[cfg(test)]
mod tests {
    use super::{Done, Effect, Stretch, double_bookings};
    use chrono::{DateTime, Duration, Utc};
    use uuid::Uuid;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn took(tenure: u128, from: i64, expires: Option<i64>) -> Effect {
        Effect::Took {
            tenure: id(tenure),
            account: id(1_000 + tenure),
            stretches: vec![Stretch {
                holder: id(99),
                from: at(from),
                until: at(from + 60),
            }],
            expires: expires.map(at),
        }
    }

    fn done(began: u64, answered: u64, effect: Effect) -> Done {
        Done {
            began,
            answered,
            what: "test",
            effects: vec![effect],
        }
    }

    #[test]
    fn two_tenures_of_one_stretch_are_found() {
        let record = [done(1, 2, took(1, 0, None)), done(3, 4, took(2, 30, None))];
        assert_eq!(double_bookings(&record).len(), 1);
    }

    #[test]
    fn neighbours_are_fine() {
        let record = [done(1, 2, took(1, 0, None)), done(3, 4, took(2, 60, None))];
        assert!(double_bookings(&record).is_empty());
    }

    #[test]
    fn what_was_given_back_may_be_taken_even_before_the_answer() {
        let gave = Effect::Gave { tenure: id(1) };
        let record = [
            done(1, 2, took(1, 0, None)),
            done(3, 6, gave),
            done(4, 5, took(2, 0, None)),
        ];
        assert!(double_bookings(&record).is_empty());
    }

    #[test]
    fn what_expired_may_be_taken_and_what_was_prolonged_may_not() {
        let clock = || done(5, 6, Effect::Clock(at(-90)));
        let taken_after = || done(7, 8, took(2, 0, None));
        let expired = [done(1, 2, took(1, 0, Some(-100))), clock(), taken_after()];
        assert!(double_bookings(&expired).is_empty());
        let sent = Effect::Became {
            tenure: id(1),
            next: id(3),
            expires: None,
        };
        let prolonged = [
            done(1, 2, took(1, 0, Some(-100))),
            done(3, 4, sent),
            clock(),
            taken_after(),
        ];
        assert_eq!(double_bookings(&prolonged).len(), 1);
    }

    #[test]
    fn an_account_that_takes_another_time_lets_go_of_the_first_unless_it_was_sent() {
        let of_one = |effect| match effect {
            Effect::Took {
                tenure,
                stretches,
                expires,
                ..
            } => Effect::Took {
                tenure,
                account: id(7),
                stretches,
                expires,
            },
            other => other,
        };
        let first = || done(1, 2, of_one(took(1, 0, None)));
        let elsewhere = || done(5, 6, of_one(took(2, 600, None)));
        let stranger = || done(7, 8, took(3, 0, None));
        assert!(double_bookings(&[first(), elsewhere(), stranger()]).is_empty());
        let sent = Effect::Became {
            tenure: id(1),
            next: id(9),
            expires: None,
        };
        assert_eq!(
            double_bookings(&[first(), done(3, 4, sent), elsewhere(), stranger()]).len(),
            1
        );
    }

    #[test]
    fn what_moved_is_there_and_no_longer_here() {
        let moved = || Effect::Moved {
            tenure: id(1),
            stretches: vec![Stretch {
                holder: id(99),
                from: at(600),
                until: at(660),
            }],
        };
        let first = || [done(1, 2, took(1, 0, None)), done(3, 4, moved())];
        let with = |more| first().into_iter().chain([more]).collect::<Vec<_>>();
        assert!(double_bookings(&with(done(5, 6, took(2, 0, None)))).is_empty());
        assert_eq!(double_bookings(&with(done(5, 6, took(2, 630, None)))).len(), 1);
    }

    #[test]
    fn an_end_by_its_later_name_ends_the_tenure() {
        let sent = Effect::Became {
            tenure: id(1),
            next: id(3),
            expires: None,
        };
        let gave = Effect::Gave { tenure: id(3) };
        let record = [
            done(1, 2, took(1, 0, None)),
            done(3, 4, sent),
            done(5, 6, gave),
            done(7, 8, took(2, 0, None)),
        ];
        assert!(double_bookings(&record).is_empty());
    }
}
