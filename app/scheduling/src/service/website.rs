//! What the organisation's website may ask: services, therapists and free times, by the same rules as the pages. Nothing here
//! knows a patient: a visitor becomes one by signing in, and asks for the visit there.

use crate::{
    Error,
    model::{Scope, ServiceId},
    store::{self, catalog::Service, free_time::Aim},
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use kernel::{House, Task, TherapistId, Zone};
use people::{TherapistCard, TherapistFilter};

use super::{
    free::{self, FreeTimes},
    rules, zones,
};

/// Days that one question may span, and times that one answer may hold.
pub const MOST_DAYS: u64 = 31;
pub const MOST_TIMES: usize = 1_000;

/// # Errors
/// `Store` when the database does not answer.
pub async fn services(house: &House) -> Result<Vec<Service>, Error> {
    let mut tx = house.db.begin_task(Task::Website).await?;
    Ok(store::catalog::offered(&mut tx).await?)
}

/// Therapists who take new patients and offer the service, by name. `None` and empty texts do not filter.
///
/// # Errors
/// `Store` when the database does not answer.
pub async fn therapists(house: &House, service: Option<ServiceId>, state: &str) -> Result<Vec<TherapistCard>, Error> {
    let mut tx = house.db.begin_task(Task::Website).await?;
    let filter = TherapistFilter {
        state_code: Some(state.to_owned()).filter(|state| !state.is_empty()),
        ..TherapistFilter::default()
    };
    let mut cards = people::service::find_therapists(&mut tx, &filter).await?;
    cards.retain(|card| card.accepts_new);
    if let Some(service) = service {
        let offering = store::catalog::offering(&mut tx, service).await?;
        cards.retain(|card| offering.contains(&card.id));
    }
    Ok(cards)
}

/// A question for free times.
#[derive(Debug, Clone)]
pub struct Asked {
    pub service: ServiceId,
    pub therapist: Option<TherapistId>,
    /// Two letters of a US state; empty: any.
    pub state: String,
    /// In `zone`; `None`: today.
    pub from: Option<NaiveDate>,
    pub days: u64,
    pub zone: Zone,
}

/// One time of one therapist, as long as that therapist gives the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FreeTime {
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub therapist: TherapistId,
}

/// The answer, earliest first. `more`: there were too many to list.
#[derive(Debug, Clone)]
pub struct Free {
    pub service: Service,
    pub from: NaiveDate,
    pub times: Vec<FreeTime>,
    pub more: bool,
}

/// # Errors
/// `NotFound` for a service that is not offered, and for a therapist who is absent, does not offer it or takes nobody new.
pub async fn free_times(house: &House, asked: &Asked) -> Result<Free, Error> {
    let now = house.clock.now();
    let mut cards = therapists(house, Some(asked.service), &asked.state).await?;
    if let Some(wanted) = asked.therapist {
        cards.retain(|card| card.id == wanted);
        if cards.is_empty() {
            return Err(Error::NotFound);
        }
    }
    let mut tx = house.db.begin_task(Task::Website).await?;
    let offered = store::catalog::offered(&mut tx).await?;
    let service = offered
        .into_iter()
        .find(|one| one.id == asked.service)
        .ok_or(Error::NotFound)?;
    let from = asked.from.unwrap_or_else(|| asked.zone.date(now));
    let after = from
        .checked_add_days(Days::new(asked.days.min(MOST_DAYS)))
        .unwrap_or(from);
    let (first, last) = (zones::midnight(asked.zone, from), zones::midnight(asked.zone, after));
    let book = rules::of_service(&mut tx, asked.service, now).await?;
    let holders: Vec<uuid::Uuid> = cards.iter().map(|card| card.id.uuid()).collect();
    let a_day = Duration::days(1);
    let aim = Aim {
        service: Some(asked.service),
        patient: None,
    };
    let mut loaded = store::free_time::load_for(&mut tx, aim, &holders, (first - a_day, last + a_day), now).await?;
    // A visitor is somebody new, of an age that nobody knows yet.
    loaded.retain(|time| time.more.as_ref().is_none_or(|more| more.admits(false, None)));

    let mut times = Vec::new();
    let mut starts = Vec::new();
    for time in &loaded {
        let therapist = TherapistId::new(time.holder);
        let rules = book.at(&Scope::of(asked.service, therapist));
        let minutes = match &time.more {
            Some(more) => more.given(service.clone()).minutes,
            None => service.minutes,
        };
        starts.clear();
        FreeTimes::new(time, &[], free::grid(&service, now, &rules))
            .within(first.timestamp(), last.timestamp())
            .first(MOST_TIMES + 1, &mut starts);
        let whole = |start: &i64| {
            let starts = DateTime::from_timestamp(*start, 0)?;
            Some(FreeTime {
                starts,
                ends: starts + Duration::minutes(i64::from(minutes)),
                therapist,
            })
        };
        times.extend(starts.iter().filter_map(whole));
    }
    times.sort_unstable();
    let more = times.len() > MOST_TIMES;
    times.truncate(MOST_TIMES);
    Ok(Free {
        service,
        from,
        times,
        more,
    })
}

/// Whether this very time is offered now: before a visitor is led on to it.
///
/// # Errors
/// `SlotTaken` when it is not, `NotFound` as `free_times`.
pub async fn still_free(
    house: &House,
    service: ServiceId,
    therapist: TherapistId,
    starts: DateTime<Utc>,
) -> Result<(), Error> {
    let asked = Asked {
        service,
        therapist: Some(therapist),
        state: String::new(),
        from: Some(Zone::UTC.date(starts)),
        days: 1,
        zone: Zone::UTC,
    };
    let free = free_times(house, &asked).await?;
    if free.times.iter().any(|time| time.starts == starts) {
        Ok(())
    } else {
        Err(Error::SlotTaken)
    }
}
