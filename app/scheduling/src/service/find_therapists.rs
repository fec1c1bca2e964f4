//! From a need to faces and free times, earliest first (R10).

use crate::{
    Error,
    api::view::{FindView, Person, SlotView, TherapistHit, Why},
    model::{Line, ServiceId, slots::Span},
    store::{self, catalog::Service, free_time::HolderTime},
};
use chrono::{DateTime, Duration, Utc};
use kernel::{Ctx, PatientId, TherapistId, Zone, audit};
use people::{TherapistCard, TherapistFilter};
use std::collections::HashMap;

use super::{
    RULES,
    cast::{self, face, service_view},
    free::{self, FreeTimes},
    role, zones,
};

/// Times shown per therapist.
const TIMES: usize = 3;

/// What the form asks for; empty texts ask nothing.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub for_patient: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub specialty: String,
    pub language: String,
}

impl Wish {
    fn speaks(&self, card: &TherapistCard) -> bool {
        self.language.is_empty() || card.languages.contains(&self.language)
    }

    fn works_on(&self, card: &TherapistCard) -> bool {
        self.specialty.is_empty() || card.specialties.contains(&self.specialty)
    }
}

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
    let people = cast::own_people(&mut tx, &ctx.actor, now).await?;
    let Some(person) = choose(&people, wish.for_patient)? else {
        return Ok(nobody());
    };
    let patient = people::service::patient_card(&mut tx, person.patient)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&patient.zone)?;

    let services: Vec<Service> = store::catalog::all(&mut tx).await?;
    let offers = store::catalog::offers(&mut tx).await?;
    let offered: Vec<&Service> = services
        .iter()
        .filter(|service| service.line == line_of(&person) && offers.iter().any(|(_, id)| *id == service.id))
        .collect();
    let wanted = wish
        .service
        .and_then(|id| offered.iter().copied().find(|one| one.id == id));
    let Some(service) = wanted.or_else(|| offered.first().copied()) else {
        return Ok(FindView {
            people,
            person: Some(person),
            state_code: patient.state_code,
            ..nobody()
        });
    };

    let licensed = TherapistFilter {
        state_code: Some(patient.state_code.clone()),
        ..TherapistFilter::default()
    };
    let known = store::visit::therapists_of(&mut tx, person.patient).await?;
    let cards: Vec<TherapistCard> = people::service::find_therapists(&mut tx, &licensed)
        .await?
        .into_iter()
        .filter(|card| card.accepts_new || known.contains(&card.id))
        .filter(|card| offers.contains(&(card.id, service.id)))
        .collect();
    let fitting: Vec<&TherapistCard> = cards.iter().filter(|c| wish.speaks(c) && wish.works_on(c)).collect();

    let mut holders: Vec<_> = fitting.iter().map(|card| card.id.uuid()).collect();
    holders.push(person.patient.uuid());
    let (from, until) = free::reach(now, &RULES);
    let times = store::free_time::load(&mut tx, &holders, from, until, now).await?;
    audit::record(
        &mut tx,
        audit::Looked::Read,
        role::subject(ctx, audit::Subject::kind("free_times"), person.patient),
    );
    tx.commit().await?;

    let search = Search {
        wish,
        service,
        zone,
        now,
        known: &known,
    };
    let hits = search.hits(&fitting, &times, person.patient);
    let earliest = hits
        .first()
        .and_then(|hit| hit.next.first().map(|slot| (hit.face.therapist, slot.clone())));
    Ok(FindView {
        services: offered.iter().map(|one| service_view(one)).collect(),
        service: Some(service_view(service)),
        zone: Some(zones::view(zone, now)),
        state_code: patient.state_code,
        specialties: choices(&cards, |card| &card.specialties),
        languages: choices(&cards, |card| &card.languages),
        drop: if hits.is_empty() {
            filter_to_drop(wish, &cards)
        } else {
            None
        },
        earliest,
        hits,
        person: Some(person),
        people,
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
        earliest: None,
        drop: None,
    }
}

/// All codes that occur, each once, sorted.
fn choices(cards: &[TherapistCard], of: impl Fn(&TherapistCard) -> &Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = cards.iter().flat_map(|card| of(card).iter().cloned()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The filter whose removal brings most people back, and how many.
fn filter_to_drop(wish: &Wish, cards: &[TherapistCard]) -> Option<(String, u32)> {
    let without = |field: &str, count: usize| (field.to_owned(), u32::try_from(count).unwrap_or(u32::MAX));
    [
        without("language", cards.iter().filter(|card| wish.works_on(card)).count()),
        without("specialty", cards.iter().filter(|card| wish.speaks(card)).count()),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .max_by_key(|(_, count)| *count)
}

struct Search<'a> {
    wish: &'a Wish,
    service: &'a Service,
    zone: Zone,
    now: DateTime<Utc>,
    known: &'a [TherapistId],
}

impl Search<'_> {
    /// Earliest first; those without a free time last, by name.
    fn hits(&self, cards: &[&TherapistCard], times: &[HolderTime], patient: PatientId) -> Vec<TherapistHit> {
        let by_holder: HashMap<_, _> = times.iter().map(|time| (time.holder, time)).collect();
        let patient_busy: &[Span] = by_holder.get(&patient.uuid()).map_or(&[], |time| &time.busy);
        let grid = free::grid(self.service, self.now, &RULES);
        let mut starts = Vec::with_capacity(TIMES);
        let mut hits: Vec<TherapistHit> = cards
            .iter()
            .map(|card| {
                starts.clear();
                if let Some(time) = by_holder.get(&card.id.uuid()) {
                    FreeTimes::new(time, patient_busy, grid).first(TIMES, &mut starts);
                }
                let next: Vec<SlotView> = starts.iter().filter_map(|at| free::slot(self.zone, *at)).collect();
                self.hit(card, next)
            })
            .collect();
        hits.sort_by_key(|hit| hit.next.first().map_or(DateTime::<Utc>::MAX_UTC, |slot| slot.starts));
        hits
    }

    fn hit(&self, card: &TherapistCard, next: Vec<SlotView>) -> TherapistHit {
        let mut why = Vec::new();
        if self.known.contains(&card.id) {
            why.push(Why::SeenBefore);
        }
        if !self.wish.specialty.is_empty() {
            why.push(Why::WorksOn(self.wish.specialty.clone()));
        }
        if !self.wish.language.is_empty() {
            why.push(Why::Speaks(self.wish.language.clone()));
        }
        let within_a_week = |slot: &SlotView| slot.starts < self.now + Duration::days(7);
        if next.first().is_some_and(within_a_week) {
            why.push(Why::FreeThisWeek);
        }
        TherapistHit {
            face: face(card),
            licence_states: card.licence_states.clone(),
            languages: card.languages.clone(),
            specialties: card.specialties.clone(),
            why,
            next,
            service: self.service.id,
        }
    }
}
