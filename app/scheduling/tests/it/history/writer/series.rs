//! Visits that repeat, among everything else: planned, moved and ended together.

use super::{
    super::{
        checker::Effect,
        stage::{Thing, Where},
    },
    Writer, let_go, proposed_for, stretches,
};
use chrono::{DateTime, Duration, LocalResult, TimeZone, Utc};
use rand::RngExt;
use scheduling::{
    Error,
    service::{self, CancelMany, MoveMany, Moving, SeriesPlan, SeriesWish, WantedTime},
};
use std::sync::Arc;

/// The same reading of the therapist's clock so many weeks on. Nobody works in the hours in which clocks change.
fn weeks_on(place: &Where, weeks: i64) -> DateTime<Utc> {
    let reading = place.starts.with_timezone(&place.zone).naive_local() + Duration::weeks(weeks);
    match place.zone.from_local_datetime(&reading) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => reading.and_utc(),
    }
}

impl Writer {
    /// The desk plans two or three weeks from one of the wanted times on, and now and then leaves one out.
    pub(super) async fn plan_series(&mut self) {
        let stage = Arc::clone(&self.stage);
        let (Some((ctx, patient)), Some(place)) =
            (self.one_of(&stage.people).cloned(), self.one_of(&stage.places).cloned())
        else {
            return;
        };
        let (starts, times) = (place.starts.to_rfc3339(), self.dice.random_range(2..=3));
        let leave_out = times == 3 && self.dice.random_bool(0.2);
        let choices = if leave_out {
            vec![String::new(), "out".to_owned()]
        } else {
            Vec::new()
        };
        let count = times.to_string();
        let plan = SeriesPlan {
            wish: SeriesWish {
                patient,
                therapist: Some(place.therapist),
                service: place.service,
                time: WantedTime::at(&starts),
                minutes: "",
                every: "week",
                times: &count,
                until: "",
            },
            choices: &choices,
            message: "",
            key: self.key(),
        };
        let call = stage.begin("series");
        let answer = self.maybe_twice(|| service::plan_series(&stage.liaison, &plan)).await;
        let Ok(planned) = stage.expect(answer) else {
            return call.refused();
        };
        let weeks = (0..times).filter(|week| !(leave_out && *week == 1));
        let places: Vec<Where> = weeks
            .map(|week| place.moved_to(place.therapist, weeks_on(&place, week)))
            .collect();
        assert_eq!(planned.visits.len(), places.len());
        let of_series = planned.visits.iter().zip(&places);
        call.done(
            of_series
                .clone()
                .map(|(visit, place)| Effect::Took {
                    tenure: visit.uuid(),
                    account: visit.uuid(),
                    stretches: stretches(place, patient, false),
                    expires: None,
                })
                .collect(),
        );
        for (visit, place) in of_series {
            let thing = Thing {
                id: visit.uuid(),
                ctx: ctx.clone(),
                place: place.clone(),
                patient,
            };
            stage.visits.add(thing.clone());
            stage.series.add(thing);
        }
    }

    /// The desk moves some of a series to the reading of another wanted time, that day or the next.
    pub(super) async fn move_series(&mut self) {
        let stage = Arc::clone(&self.stage);
        let (Some(thing), Some(place)) = (stage.series.any(&mut self.dice), self.one_of(&stage.places).cloned()) else {
            return;
        };
        let zone = thing.place.zone;
        let day = thing.place.starts.with_timezone(&zone).date_naive() + Duration::days(self.dice.random_range(0..2));
        let (date, clock) = (
            day.to_string(),
            place.starts.with_timezone(&zone).format("%H:%M").to_string(),
        );
        let extent = if self.dice.random_bool(0.5) { "following" } else { "all" };
        let wish = MoveMany {
            visit: thing.id.into(),
            extent,
            time: WantedTime {
                starts: "",
                date: &date,
                clock: &clock,
            },
            reason: "patient_asked",
            words: "",
            leave: self.dice.random_bool(0.5),
            key: self.key(),
        };
        let call = stage.begin("shift");
        // What is in the way is no act: two askers may be told different things of it.
        let shift = || async {
            match service::move_series(&stage.liaison, &wish).await? {
                Moving::Moved(moved) => Ok(moved),
                Moving::Hindered(_) => Err(Error::SlotTaken),
            }
        };
        let answer = self.maybe_twice(shift).await;
        let Ok(moved) = stage.expect(answer) else {
            return call.refused();
        };
        call.done(
            moved
                .moved
                .iter()
                .flat_map(|(visit, starts)| {
                    let moved = Effect::Moved {
                        tenure: visit.uuid(),
                        stretches: stretches(&thing.place.moved_to(moved.therapist, *starts), thing.patient, false),
                    };
                    [moved, let_go(proposed_for(visit.uuid()))]
                })
                .collect(),
        );
    }

    pub(super) async fn cancel_series(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.series.any(&mut self.dice) else {
            return;
        };
        let by = if self.dice.random_bool(0.5) {
            &stage.liaison
        } else {
            &thing.ctx
        };
        let wish = CancelMany {
            visit: thing.id.into(),
            extent: if self.dice.random_bool(0.5) { "following" } else { "all" },
            reason: "unwell",
            words: "",
            key: self.key(),
        };
        let call = stage.begin("end");
        let answer = self.maybe_twice(|| service::cancel_series(by, &wish)).await;
        match stage.expect(answer) {
            Ok(gone) => call.done(
                gone.iter()
                    .map(|visit| visit.uuid())
                    .flat_map(|tenure| [Effect::Gave { tenure }, let_go(proposed_for(tenure))])
                    .collect(),
            ),
            Err(_) => call.refused(),
        }
    }
}
