//! A visit: the agreed meeting of a therapist and a patient, from agreement to confirmation.

use super::{Parameters, Refused, reasons::codes};
use chrono::{DateTime, Utc};

codes! {
    /// Where a visit stands (product.md 4.2).
    VisitState {
        Scheduled = "scheduled",
        Waiting = "waiting",
        InProgress = "in_progress",
        Ended = "ended",
        Completed = "completed",
        NoShow = "no_show",
        NotHeld = "not_held",
        Cancelled = "cancelled",
    }
}

codes! {
    /// What the therapist says became of a visit (R18).
    Outcome {
        Completed = "completed",
        NoShow = "no_show",
        NotHeld = "not_held",
    }
}

impl Outcome {
    pub const fn state(self) -> VisitState {
        match self {
            Self::Completed => VisitState::Completed,
            Self::NoShow => VisitState::NoShow,
            Self::NotHeld => VisitState::NotHeld,
        }
    }
}

impl VisitState {
    /// Every transition there is; no other exists.
    pub const fn may_become(self, next: Self) -> bool {
        use VisitState::{Cancelled, Completed, Ended, InProgress, NoShow, NotHeld, Scheduled, Waiting};
        match self {
            Scheduled => matches!(next, Waiting | InProgress | Ended | Cancelled),
            Waiting => matches!(next, Scheduled | InProgress | Ended | Cancelled),
            InProgress => matches!(next, Ended),
            Ended => matches!(next, Completed | NoShow | NotHeld),
            Completed => matches!(next, NoShow | NotHeld),
            NoShow => matches!(next, Completed | NotHeld),
            NotHeld => matches!(next, Completed | NoShow),
            Cancelled => false,
        }
    }

    /// The therapist has said what became of it.
    pub const fn is_confirmed(self) -> bool {
        matches!(self, Self::Completed | Self::NoShow | Self::NotHeld)
    }

    /// It still lies ahead or is going on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Scheduled | Self::Waiting | Self::InProgress)
    }
}

/// On which side of a visit somebody stands who changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The patient or a guardian.
    Patient,
    /// The therapist of the visit or a liaison.
    Staff,
}

/// A visit's state and clock. Each act answers with the next state or says why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    pub state: VisitState,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    /// When the therapist first said what became of it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl Visit {
    /// From when people may enter the room.
    pub fn room_opens(&self, parameters: &Parameters) -> DateTime<Utc> {
        self.starts - parameters.room_opens
    }

    /// Somebody may enter the room now.
    pub fn room_is_open(&self, now: DateTime<Utc>, parameters: &Parameters) -> bool {
        self.state.is_open() && now >= self.room_opens(parameters)
    }

    /// Until when cancelling is free; closer to the start it is late.
    pub fn free_until(&self, parameters: &Parameters) -> DateTime<Utc> {
        self.starts - parameters.cut_off
    }

    /// Cancels; `true` when it is late.
    ///
    /// # Errors
    /// `TooLate` once it has begun or its time is over, `Already` when it is no longer open.
    pub fn cancel(&self, now: DateTime<Utc>, parameters: &Parameters) -> Result<bool, Refused> {
        if self.state == VisitState::InProgress || (self.state.is_open() && now >= self.ends) {
            return Err(Refused::TooLate);
        }
        self.step(VisitState::Cancelled)?;
        Ok(now > self.free_until(parameters))
    }

    /// Whether it may get another time now: by staff until it begins, by the patient's side while that is free of charge.
    ///
    /// # Errors
    /// `TooLate` after the cut-off, once it has begun or its time is over; `Already` when it is no longer open.
    pub fn reschedule(&self, now: DateTime<Utc>, parameters: &Parameters, side: Side) -> Result<(), Refused> {
        match self.state {
            VisitState::Scheduled | VisitState::Waiting => {
                let until = match side {
                    Side::Patient => self.free_until(parameters),
                    Side::Staff => self.ends,
                };
                if now > until { Err(Refused::TooLate) } else { Ok(()) }
            }
            VisitState::InProgress => Err(Refused::TooLate),
            _ => Err(Refused::Already),
        }
    }

    /// Whether the therapist may say now what became of it.
    pub fn can_confirm(&self, now: DateTime<Utc>, parameters: &Parameters) -> bool {
        Outcome::ALL
            .iter()
            .any(|outcome| self.confirm(*outcome, now, parameters).is_ok())
    }

    /// The therapist says what became of the visit; again within the correction window. The answer is the way through
    /// the states: a visit whose time is over but which nobody ended passes `ended` first.
    ///
    /// # Errors
    /// `TooEarly` while it lies ahead or goes on, `TooLate` after the correction window, `Already` when cancelled or
    /// when it has this outcome.
    pub fn confirm(
        &self,
        outcome: Outcome,
        now: DateTime<Utc>,
        parameters: &Parameters,
    ) -> Result<&'static [VisitState], Refused> {
        match self.state {
            VisitState::Scheduled | VisitState::Waiting | VisitState::InProgress if now < self.ends => {
                Err(Refused::TooEarly)
            }
            VisitState::Scheduled | VisitState::Waiting | VisitState::InProgress => Ok(match outcome {
                Outcome::Completed => &[VisitState::Ended, VisitState::Completed],
                Outcome::NoShow => &[VisitState::Ended, VisitState::NoShow],
                Outcome::NotHeld => &[VisitState::Ended, VisitState::NotHeld],
            }),
            VisitState::Completed | VisitState::NoShow | VisitState::NotHeld
                if self.confirmed_at.is_some_and(|at| now > at + parameters.correction) =>
            {
                Err(Refused::TooLate)
            }
            _ => {
                self.step(outcome.state())?;
                Ok(match outcome {
                    Outcome::Completed => &[VisitState::Completed],
                    Outcome::NoShow => &[VisitState::NoShow],
                    Outcome::NotHeld => &[VisitState::NotHeld],
                })
            }
        }
    }

    /// Whether summary and outcome may still be changed.
    pub fn can_correct(&self, now: DateTime<Utc>, parameters: &Parameters) -> bool {
        self.state.is_confirmed() && self.confirmed_at.is_some_and(|at| now <= at + parameters.correction)
    }

    /// One step of the table.
    ///
    /// # Errors
    /// `Already` when the table has no such step.
    pub fn step(&self, next: VisitState) -> Result<VisitState, Refused> {
        if self.state.may_become(next) {
            Ok(next)
        } else {
            Err(Refused::Already)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Parameters, Refused, Side, Visit, VisitState};
    use chrono::{DateTime, Duration, Utc};

    const P: Parameters = Parameters::DEFAULT;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn visit(state: VisitState, starts_in: Duration) -> Visit {
        let starts = now() + starts_in;
        Visit {
            state,
            starts,
            ends: starts + Duration::minutes(45),
            confirmed_at: state.is_confirmed().then(now),
        }
    }

    #[test]
    fn cancelling_is_free_until_the_cut_off_and_late_after_it() {
        assert_eq!(
            visit(VisitState::Scheduled, Duration::hours(24)).cancel(now(), &P),
            Ok(false)
        );
        let late = visit(VisitState::Scheduled, Duration::hours(24) - Duration::seconds(1));
        assert_eq!(late.cancel(now(), &P), Ok(true));
    }

    #[test]
    fn a_visit_that_has_begun_is_not_cancelled() {
        let begun = visit(VisitState::InProgress, Duration::minutes(-5));
        assert_eq!(begun.cancel(now(), &P), Err(Refused::TooLate));
        let over = visit(VisitState::Scheduled, Duration::hours(-2));
        assert_eq!(over.cancel(now(), &P), Err(Refused::TooLate));
        let cancelled = visit(VisitState::Cancelled, Duration::hours(48));
        assert_eq!(cancelled.cancel(now(), &P), Err(Refused::Already));
    }

    #[test]
    fn the_patients_side_moves_until_the_cut_off_and_staff_until_the_end() {
        let at_cut_off = visit(VisitState::Scheduled, Duration::hours(24));
        assert_eq!(at_cut_off.reschedule(now(), &P, Side::Patient), Ok(()));
        let later = now() + Duration::seconds(1);
        assert_eq!(at_cut_off.reschedule(later, &P, Side::Patient), Err(Refused::TooLate));
        assert_eq!(at_cut_off.reschedule(later, &P, Side::Staff), Ok(()));
        let over = visit(VisitState::Scheduled, Duration::hours(-2));
        assert_eq!(over.reschedule(now(), &P, Side::Staff), Err(Refused::TooLate));
        let begun = visit(VisitState::InProgress, Duration::minutes(-5));
        assert_eq!(begun.reschedule(now(), &P, Side::Staff), Err(Refused::TooLate));
        let cancelled = visit(VisitState::Cancelled, Duration::hours(48));
        assert_eq!(cancelled.reschedule(now(), &P, Side::Staff), Err(Refused::Already));
    }

    #[test]
    fn a_visit_is_confirmed_after_it_took_place() {
        let ahead = visit(VisitState::Scheduled, Duration::hours(1));
        assert_eq!(ahead.confirm(Outcome::Completed, now(), &P), Err(Refused::TooEarly));
        let ended = visit(VisitState::Ended, Duration::minutes(-20));
        assert_eq!(
            ended.confirm(Outcome::Completed, now(), &P),
            Ok(&[VisitState::Completed][..])
        );
        let forgotten = visit(VisitState::Scheduled, Duration::hours(-2));
        assert_eq!(
            forgotten.confirm(Outcome::NoShow, now(), &P),
            Ok(&[VisitState::Ended, VisitState::NoShow][..])
        );
    }

    #[test]
    fn an_outcome_is_corrected_only_within_the_window() {
        let done = visit(VisitState::Completed, Duration::hours(-3));
        assert_eq!(
            done.confirm(Outcome::NoShow, now() + P.correction, &P),
            Ok(&[VisitState::NoShow][..])
        );
        let after = now() + P.correction + Duration::seconds(1);
        assert_eq!(done.confirm(Outcome::NoShow, after, &P), Err(Refused::TooLate));
        assert!(done.can_correct(now(), &P) && !done.can_correct(after, &P));
    }

    #[test]
    fn the_way_through_the_states_is_in_the_table() {
        for state in VisitState::ALL {
            let visit = visit(*state, Duration::hours(-2));
            for outcome in Outcome::ALL {
                if let Ok(way) = visit.confirm(*outcome, now(), &P) {
                    let mut at = *state;
                    for next in way {
                        assert!(at.may_become(*next), "{at} -> {next}");
                        at = *next;
                    }
                }
            }
        }
    }

    #[test]
    fn the_room_opens_15_minutes_before() {
        let soon = visit(VisitState::Scheduled, Duration::minutes(15));
        assert!(soon.room_is_open(now(), &P));
        let later = visit(VisitState::Scheduled, Duration::minutes(16));
        assert!(!later.room_is_open(now(), &P));
    }
}
