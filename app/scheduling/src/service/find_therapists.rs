//! From a need to faces and free times, earliest first (R10).

use crate::{
    Error,
    api::view::{FindView, Person},
    model::{Line, Scope, ServiceId, slots::Grid},
    store::{
        self,
        free_time::Aim,
        search::{Candidate, Wanted},
    },
};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDateTime, Weekday};
use kernel::{Ctx, PatientId, audit};
use std::collections::BTreeSet;

use super::{
    cast::{self, service_view},
    earliest::{self, Hits},
    free, role,
    wishes::{Wish, Wishes},
    zones,
};

/// A working day is over everywhere in the country this long after it ended in UTC.
const WEST: Duration = Duration::hours(10);

/// The line of services that fits a person.
pub const fn line_of(person: &Person) -> Line {
    if person.child {
        Line::ChildTherapy
    } else {
        Line::MentalHealth
    }
}

/// # Errors
/// `NotFound` for another role or a person the reader may not book for.
pub async fn find_therapists(ctx: &Ctx, wish: &Wish) -> Result<FindView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let own = cast::bookable_for(&mut tx, &ctx.actor, now).await?;
    let people: Vec<_> = own.iter().map(cast::person).collect();
    let Some(person) = choose(&people, wish.for_patient)? else {
        return Ok(nobody());
    };
    let patient = own
        .into_iter()
        .find(|one| one.patient == person.patient)
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&patient.zone)?;

    let (mut offered, rules) = store::catalog::offered_by_rules(&mut tx, now).await?;
    offered.retain(|service| service.line == line_of(&person));
    let wanted = wish.service.and_then(|id| offered.iter().find(|one| one.id == id));
    let Some(service) = wanted.or_else(|| offered.first()) else {
        return Ok(FindView {
            people,
            person: Some(person),
            state_code: patient.state_code,
            ..nobody()
        });
    };

    let asked = Wanted {
        service: service.id,
        patient: person.patient,
        state_code: &patient.state_code,
    };
    // Whoever has rules of their own is judged by them; what is loaded reaches as far as the widest.
    let far = |therapist| free::grid(service, now, &rules.of(service.id, therapist));
    let plain = free::grid(service, now, &rules.at(&of_service(service.id)));
    let look = first_look(plain.earliest);
    let near = |therapist| nearby(far(therapist), look);
    let grid = widest(plain, rules.therapists().map(far));
    let (mut cards, patient_busy) =
        store::search::candidates(&mut tx, asked, free::reach_of(&nearby(grid, look)), now).await?;
    cards.retain(Candidate::admits);
    for card in &mut cards {
        card.time.licensed_until = zones::midnight(zone, card.licensed_until + Days::new(1)).timestamp();
    }
    let (specialties, languages) = (
        choices(&cards, |card| &card.specialties),
        choices(&cards, |card| &card.languages),
    );
    let wishes = Wishes::load(&mut tx, wish).await?;
    let to_drop = wishes.to_drop(&cards);
    cards.retain(|card| wishes.fit(card));

    let mut starts = earliest::first_times(&cards, &patient_busy, near);
    let mut holders = earliest::unanswered(&cards, &starts);
    if !holders.is_empty() {
        holders.push(person.patient.uuid());
        let aim = Aim {
            service: Some(service.id),
            patient: Some(person.patient),
        };
        let times = store::free_time::load_for(&mut tx, aim, &holders, free::widest_reach(&grid), now).await?;
        earliest::fill_in(&cards, &mut starts, &times, person.patient.uuid(), far);
    }
    let fitting = cards.len();
    let hits = Hits {
        wish,
        service: service.id,
        zone,
        now,
        weights: rules.at(&of_service(service.id)).weights,
    };
    let mut page = hits.order(cards, starts);
    page.truncate(wish.shown());
    let ids: Vec<_> = page.iter().map(|(card, _)| card.therapist).collect();
    let licensed = people::service::licence_states(&mut tx, &ids).await?;
    audit::record(
        &mut tx,
        audit::Looked::Read,
        role::subject(ctx, audit::Subject::kind("free_times"), person.patient),
    );
    tx.commit().await?;

    let hits = hits.of(page, licensed);
    let earliest = hits
        .first()
        .and_then(|hit| hit.next.first().map(|slot| (hit.face.therapist, slot.clone())));
    Ok(FindView {
        services: offered.iter().map(service_view).collect(),
        service: Some(service_view(service)),
        zone: Some(zones::view(zone, now)),
        state_code: patient.state_code,
        specialties,
        languages,
        drop: to_drop.filter(|_| hits.is_empty()),
        earliest,
        hits,
        fitting,
        person: Some(person),
        people,
    })
}

/// What differs by service alone.
pub const fn of_service(service: ServiceId) -> Scope {
    Scope {
        therapist: None,
        service: Some(service),
    }
}

/// How far a search looks first: to the end of the first whole working day. Whoever has no three times until then is asked
/// for once more, with the whole horizon.
fn first_look(earliest: i64) -> i64 {
    let mut day = DateTime::from_timestamp(earliest, 0).unwrap_or_default().date_naive() + Days::new(1);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day + Days::new(1);
    }
    (NaiveDateTime::from(day + Days::new(1)).and_utc() + WEST).timestamp()
}

/// The same grid, no farther than the first look.
fn nearby(grid: Grid, look: i64) -> Grid {
    Grid {
        latest: grid.latest.min(look),
        ..grid
    }
}

/// A grid whose reach covers that of all.
pub fn widest(first: Grid, others: impl Iterator<Item = Grid>) -> Grid {
    others.fold(first, |one, other| Grid {
        before: one.before.max(other.before),
        after: one.after.max(other.after),
        earliest: one.earliest.min(other.earliest),
        latest: one.latest.max(other.latest),
        ..one
    })
}

/// The person asked for, or the first; `None` when the reader may book for nobody.
pub fn choose(people: &[Person], wanted: Option<PatientId>) -> Result<Option<Person>, Error> {
    match wanted {
        None => Ok(people.first().cloned()),
        Some(id) => people
            .iter()
            .find(|person| person.patient == id)
            .cloned()
            .map(Some)
            .ok_or(Error::NotFound),
    }
}

fn nobody() -> FindView {
    FindView {
        people: Vec::new(),
        person: None,
        services: Vec::new(),
        service: None,
        zone: None,
        state_code: String::new(),
        specialties: Vec::new(),
        languages: Vec::new(),
        hits: Vec::new(),
        fitting: 0,
        earliest: None,
        drop: None,
    }
}

/// All codes that occur, each once, sorted.
fn choices(cards: &[Candidate], of: impl Fn(&Candidate) -> &Vec<String>) -> Vec<String> {
    let all: BTreeSet<&String> = cards.iter().flat_map(of).collect();
    all.into_iter().cloned().collect()
}
