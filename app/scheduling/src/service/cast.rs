//! The names in a list: patients, therapists and services behind the ids, loaded once per page.

use crate::{
    Error,
    api::view::{AgendaRow, Bookable, Face, Person, ServiceView, Standing},
    model::{Rulebook, ServiceId},
    store::{
        agenda::{Entry, Row},
        catalog::{self, Service},
    },
};
use chrono::{DateTime, Utc};
use kernel::{Actor, Ctx, PatientId, StoreError, TherapistId, Tx, Zone};
use people::{CaredFor, PatientCard, PatientKind, RelationKind, TherapistCard, TherapistFilter};
use std::collections::HashMap;

use super::{rules, zones};

pub fn face(card: &TherapistCard) -> Face {
    Face {
        therapist: card.id,
        name: card.name.clone(),
        title: card.title.clone(),
    }
}

pub fn service_view(service: &Service) -> ServiceView {
    ServiceView {
        service: service.id,
        name: service.name.clone(),
        line: service.line,
        minutes: service.minutes,
        price: service.price,
    }
}

/// Whom the actor may book for: themself first.
///
/// # Errors
/// `Store` when the database does not answer, or holds what it should not.
pub async fn own_people(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Person>, Error> {
    let own = bookable_for(tx, actor, now).await?;
    Ok(own.iter().map(person).collect())
}

/// The same, with what a search needs to know of each.
///
/// # Errors
/// As `own_people`.
pub async fn bookable_for(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<CaredFor>, Error> {
    let mut cared_for = people::service::cared_for(tx, actor, now).await?;
    cared_for.retain(|person| person.relation != RelationKind::CareTeam);
    Ok(cared_for)
}

pub fn person(cared_for: &CaredFor) -> Person {
    Person {
        patient: cared_for.patient,
        name: cared_for.name.clone(),
        child: cared_for.kind == PatientKind::Child,
        me: cared_for.relation == RelationKind::SelfPatient,
    }
}

/// Everybody a page names.
#[derive(Debug, Default)]
pub struct Cast {
    patients: HashMap<PatientId, PatientCard>,
    therapists: HashMap<TherapistId, TherapistCard>,
    services: HashMap<ServiceId, Service>,
    /// The patient who is reading, if it is one.
    me: Option<PatientId>,
    /// What the rows of a calendar go by.
    rules: Rulebook,
}

impl Cast {
    /// Loads the cards behind these ids: one statement for the patients, one for the therapists.
    ///
    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub async fn load(
        tx: &mut Tx,
        patients: impl IntoIterator<Item = PatientId>,
        therapists: impl IntoIterator<Item = TherapistId>,
    ) -> Result<Self, Error> {
        let mut cast = Self {
            services: catalog::all(tx).await?.into_iter().map(|one| (one.id, one)).collect(),
            ..Self::default()
        };
        let mut therapists: Vec<TherapistId> = therapists.into_iter().collect();
        therapists.sort_unstable();
        therapists.dedup();
        if let [one] = therapists[..] {
            let card = people::service::therapist_card(tx, one).await?;
            cast.therapists.extend(card.map(|card| (card.id, card)));
        } else if !therapists.is_empty() {
            let everybody = people::service::find_therapists(tx, &TherapistFilter::default()).await?;
            cast.therapists
                .extend(everybody.into_iter().map(|card| (card.id, card)));
        }
        let mut patients: Vec<PatientId> = patients.into_iter().collect();
        patients.sort_unstable();
        patients.dedup();
        if !patients.is_empty() {
            let cards = people::service::patient_cards(tx, &patients).await?;
            cast.patients.extend(cards.into_iter().map(|card| (card.id, card)));
        }
        Ok(cast)
    }

    /// The cast of calendar rows, with the rules that they go by.
    ///
    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub async fn of_rows(tx: &mut Tx, rows: &[Row], now: DateTime<Utc>) -> Result<Self, Error> {
        let cast = Self::load(
            tx,
            rows.iter().map(|row| row.patient),
            rows.iter().map(|row| row.therapist),
        )
        .await?;
        let pairs = rows.iter().map(|row| (row.service, row.therapist));
        Ok(cast.under(rules::of_all(tx, pairs, now).await?))
    }

    /// The same people under these rules.
    #[must_use]
    pub fn under(mut self, rules: Rulebook) -> Self {
        self.rules = rules;
        self
    }

    #[must_use]
    pub fn read_by(mut self, people: &[Person]) -> Self {
        self.me = people.iter().find(|person| person.me).map(|person| person.patient);
        self
    }

    /// The patient; a name that the reader may not see any more stays empty.
    pub fn person(&self, patient: PatientId) -> Person {
        let card = self.patients.get(&patient);
        Person {
            patient,
            name: card.map(|card| card.name.clone()).unwrap_or_default(),
            child: card.is_some_and(|card| card.kind == PatientKind::Child),
            me: self.me == Some(patient),
        }
    }

    pub fn face(&self, therapist: TherapistId) -> Face {
        match self.therapists.get(&therapist) {
            Some(card) => face(card),
            None => Face {
                therapist,
                name: String::new(),
                title: String::new(),
            },
        }
    }

    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub fn service(&self, service: ServiceId) -> Result<&Service, Error> {
        Ok(self
            .services
            .get(&service)
            .ok_or(StoreError::Corrupt("service of a booking"))?)
    }

    pub fn patient_card(&self, patient: PatientId) -> Option<&PatientCard> {
        self.patients.get(&patient)
    }

    /// The patient's zone; UTC when the reader may not see the patient any more.
    ///
    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub fn patient_zone(&self, patient: PatientId) -> Result<Zone, Error> {
        match self.patients.get(&patient) {
            Some(card) => Ok(zones::parse(&card.zone)?),
            None => Ok(Zone::UTC),
        }
    }

    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub fn therapist_zone(&self, therapist: TherapistId) -> Result<Zone, Error> {
        match self.therapists.get(&therapist) {
            Some(card) => Ok(zones::parse(&card.zone)?),
            None => Ok(Zone::UTC),
        }
    }

    /// A calendar row in `zone`, by the rules this cast stands under.
    ///
    /// # Errors
    /// `Store` when the database does not answer, or holds what it should not.
    pub fn agenda_row(&self, ctx: &Ctx, row: &Row, zone: Zone, now: DateTime<Utc>) -> Result<AgendaRow, Error> {
        let parameters = self.rules.of(row.service, row.therapist);
        let (about, standing) = match row.entry {
            Entry::Request(id, request) => (Bookable::Request(id), Standing::Request(request.at(now))),
            Entry::Visit(id, visit) => (Bookable::Visit(id), Standing::Visit(visit.state)),
        };
        let visit = match row.entry {
            Entry::Visit(_, visit) => Some(visit),
            Entry::Request(..) => None,
        };
        Ok(AgendaRow {
            about,
            standing,
            person: self.person(row.patient),
            therapist: self.face(row.therapist),
            service: service_view(self.service(row.service)?),
            when: zones::when(zone, row.starts, row.ends),
            since: zones::moment(zone, row.since),
            room_open: visit.is_some_and(|visit| visit.room_is_open(now, &parameters)),
            room_opens: zones::moment(zone, row.starts - parameters.room_opens),
            can_cancel: visit.is_some_and(|visit| visit.cancel(now, &parameters).is_ok()),
            can_withdraw: matches!(row.entry, Entry::Request(_, request) if request.withdraw(now).is_ok()),
            key: ctx.ids.next(),
            has_summary: row.has_summary,
            answered: row.answered,
        })
    }
}

/// The patients of a list, each once, for the audit.
pub fn patients_of(rows: &[Row]) -> Vec<PatientId> {
    let mut patients: Vec<_> = rows.iter().map(|row| row.patient).collect();
    patients.sort_unstable();
    patients.dedup();
    patients
}
