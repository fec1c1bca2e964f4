//! Time is free: whose turn is it? Called by the outbox when somebody frees time, and by the clock for what no one said: days
//! that come within the horizon, new wishes, changed terms.

use crate::{
    Error,
    model::{
        TimedOffer, WishId,
        waitlist::{MOST_MISSED, Wanted, in_turn},
    },
    store::{
        self,
        free_time::Aim,
        waitlist::wish::{Waits, WishRow},
    },
};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use kernel::{House, Task, TherapistId, Tx, outbox::Handler};
use std::collections::HashMap;
use uuid::Uuid;

use super::{end::run_out, ground, offering::offer_to};
use crate::service::{
    events::TimeFreed,
    free::{self, FreeTimes},
    rules, zones,
};

/// So many of those who wait for one therapist are looked at when time is free; more come with the next.
const MOST: i64 = 200;
/// A wish is looked at again after this, whatever the outbox said.
const LOOK_AGAIN: Duration = Duration::hours(1);
/// Wishes looked at in one run; the next run takes the rest.
const AT_ONCE: i64 = 20;
/// So many therapists are tried for somebody who would go to anyone.
const TRIES: usize = 5;

/// Hears of freed time.
#[derive(Debug)]
pub struct Serving {
    pub house: House,
}

#[async_trait]
impl Handler for Serving {
    async fn handle(&self, _event: Uuid, payload: serde_json::Value) -> anyhow::Result<()> {
        let freed: TimeFreed = serde_json::from_value(payload)?;
        time_freed(&self.house, freed.therapist).await?;
        Ok(())
    }
}

/// Offers the free time of one therapist to those whose turn it is. Answers how many offers were made. A second call finds the
/// time kept and offers nothing.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn time_freed(house: &House, therapist: TherapistId) -> Result<usize, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let order = whose_turn(&mut tx, therapist, now).await?;
    drop(tx);
    let mut made = 0;
    for wish in order {
        made += usize::from(offer_to(house, wish, therapist).await?.is_some());
    }
    Ok(made)
}

/// Those whom some free time of the therapist fits, as far as the therapist's calendar alone tells, in turn.
async fn whose_turn(tx: &mut Tx, therapist: TherapistId, now: DateTime<Utc>) -> Result<Vec<WishId>, Error> {
    let waits = store::waitlist::wish::waiting_for(tx, therapist, now, MOST).await?;
    if waits.is_empty() {
        return Ok(Vec::new());
    }
    let book = rules::of_therapist(tx, therapist, now).await?;
    let services = store::catalog::offered_by(tx, therapist).await?;
    let patients: Vec<_> = waits.iter().map(|wait| wait.patient).collect();
    let zones: HashMap<_, _> = people::service::patient_cards(tx, &patients)
        .await?
        .into_iter()
        .map(|card| Ok((card.id, zones::parse(&card.zone)?)))
        .collect::<Result<_, Error>>()?;
    let mut turns = Vec::new();
    let mut weights = None;
    for service in services {
        let its: Vec<&Waits> = waits.iter().filter(|wait| wait.service == service.id).collect();
        if its.is_empty() {
            continue;
        }
        let rules = book.of(service.id, therapist);
        weights.get_or_insert(rules.weights);
        let aim = Aim {
            service: Some(service.id),
            patient: None,
        };
        let times = store::free_time::load_for(tx, aim, &[therapist.uuid()], free::reach(now, &rules), now).await?;
        let mut starts = Vec::new();
        if let Some(time) = times.first() {
            FreeTimes::new(time, &[], free::grid(&service, now, &rules)).first(usize::MAX / 2, &mut starts);
        }
        let starts: Vec<_> = starts
            .into_iter()
            .filter_map(|at| DateTime::from_timestamp(at, 0))
            .collect();
        turns.extend(its.into_iter().filter_map(|wait| {
            let zone = zones.get(&wait.patient)?;
            let wanted = Wanted {
                days: wait.days,
                parts: wait.parts,
                before: wait.before,
            };
            // How long it takes is judged when the time is taken: a visit that should come sooner keeps its own length.
            starts
                .iter()
                .any(|at| wanted.fits(*at, *at, zone.local(*at)))
                .then_some(wait.turn)
        }));
    }
    Ok(weights.map_or_else(Vec::new, |weights| in_turn(turns, &weights)))
}

/// What time does to the waiting list: wishes that wait in vain end, and what nobody told is looked for. Answers how many offers
/// were made.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn keep_waitlist(house: &House) -> Result<usize, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let over = store::waitlist::wish::in_vain(&mut tx, i64::from(MOST_MISSED), now, AT_ONCE).await?;
    let look = store::waitlist::wish::to_look_at(&mut tx, now - LOOK_AGAIN, now, AT_ONCE).await?;
    tx.commit().await?;
    for wish in &over {
        run_out(house, *wish).await?;
    }
    let mut made = 0;
    for wish in look {
        if !over.contains(&wish) {
            made += usize::from(serve(house, wish).await?);
        }
    }
    Ok(made)
}

/// Looks for a time for one wish.
async fn serve(house: &House, id: WishId) -> Result<bool, Error> {
    let now = house.clock.now();
    let mut tx = house.db.begin_task(Task::Worker).await?;
    let Some(wish) = store::waitlist::wish::read(&mut tx, id).await? else {
        return Ok(false);
    };
    let therapists = match wish.therapist {
        Some(therapist) => vec![therapist],
        None => earliest_of_all(&mut tx, &wish, now).await?,
    };
    drop(tx);
    for therapist in therapists {
        if offer_to(house, id, therapist).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who has a fitting time for somebody who would go to anyone, the earliest first. Whether they take this patient is asked when
/// the time is kept.
async fn earliest_of_all(tx: &mut Tx, wish: &WishRow, now: DateTime<Utc>) -> Result<Vec<TherapistId>, Error> {
    let Some(service) = store::catalog::one(tx, wish.service).await? else {
        return Ok(Vec::new());
    };
    let Some(patient) = people::service::patient_card(tx, wish.patient).await? else {
        return Ok(Vec::new());
    };
    let zone = zones::parse(&patient.zone)?;
    let book = rules::of_service(tx, service.id, now).await?;
    let before = store::waitlist::offer::of_wishes(tx, &[wish.id]).await?;
    let offering = store::catalog::offering(tx, service.id).await?;
    let mut holders: Vec<Uuid> = offering.iter().map(|therapist| therapist.uuid()).collect();
    holders.push(wish.patient.uuid());
    let aim = Aim {
        service: Some(service.id),
        patient: Some(wish.patient),
    };
    let farthest = offering
        .iter()
        .map(|therapist| book.of(service.id, *therapist))
        .max_by_key(|rules| rules.horizon)
        .unwrap_or_default();
    let times = store::free_time::load_for(tx, aim, &holders, free::reach(now, &farthest), now).await?;
    let busy = times
        .iter()
        .find(|time| time.holder == wish.patient.uuid())
        .map_or(&[][..], |time| &time.busy);
    let wanted = Wanted {
        days: wish.days,
        parts: wish.parts,
        before: wish.until,
    };
    let length = Duration::minutes(i64::from(service.minutes));
    let mut found: Vec<(DateTime<Utc>, TherapistId)> = Vec::new();
    for time in times.iter().filter(|time| time.holder != wish.patient.uuid()) {
        let therapist = TherapistId::new(time.holder);
        let rules = book.of(service.id, therapist);
        let grid = free::grid(&service, now, &rules);
        let mut starts = Vec::new();
        FreeTimes::new(time, busy, grid).first(usize::MAX / 2, &mut starts);
        let first = starts
            .into_iter()
            .filter_map(|at| DateTime::from_timestamp(at, 0))
            .find(|at| {
                wanted.fits(*at, *at + length, zone.local(*at))
                    && !ground::known(&before, therapist, *at)
                    && TimedOffer::make(now, *at, &rules).is_ok()
            });
        found.extend(first.map(|at| (at, therapist)));
    }
    found.sort_unstable();
    Ok(found.into_iter().take(TRIES).map(|(_, therapist)| therapist).collect())
}
