//! Plants the people of the demo clinic into an empty database.

use chrono::{DateTime, NaiveDate, Utc};
use identity::service::{DEMO_PASSWORD, DemoAccount, any_account, hasher::Hasher, plant_account};
use kernel::{AccountId, House, PatientId, Role, StoreError, Task, TherapistId, Tx};
use std::collections::HashMap;

use super::{
    clinical,
    demo::{DemoPatient, DemoTherapist, OTHERS, PATIENTS, THERAPISTS},
};
use crate::{
    PeopleError, RelationKind, Scope, TherapistCard,
    model::{NewPatient, Relation},
    store::{self, patient::Entered, relation::NewRelation, therapist::NewTherapist},
};

/// Who was planted: other slices hang visits and materials on them.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// By e-mail.
    pub accounts: HashMap<&'static str, AccountId>,
    /// By given name.
    pub patients: HashMap<&'static str, PatientId>,
}

impl Demo {
    /// `tess@demo.example` and so on.
    pub fn account(&self, email: &str) -> Option<AccountId> {
        self.accounts.get(email).copied()
    }

    pub fn therapist(&self, email: &str) -> Option<TherapistId> {
        self.account(email).map(Into::into)
    }

    /// `Ana`, `Noah`, `Priya`, `Benjamin` (Bo), `Mila`.
    pub fn patient(&self, given_name: &str) -> Option<PatientId> {
        self.patients.get(given_name).copied()
    }
}

/// Plants everybody in one transaction. `None` when there is any account already: nothing is touched then.
///
/// # Errors
/// `Store` when the database refuses or does not answer; nothing is planted then.
pub async fn seed(house: &House, hasher: &Hasher) -> Result<Option<Demo>, PeopleError> {
    // One hash for all: they share the password anyway.
    let phc = hasher.hash(DEMO_PASSWORD.to_owned()).await?;
    let mut tx = house.db.begin_task(Task::Seed).await?;
    if any_account(&mut tx).await? {
        return Ok(None);
    }
    let mut planter = Planter {
        house,
        phc,
        now: house.clock.now(),
        demo: Demo::default(),
    };
    for (email, name, role, zone) in OTHERS {
        planter.account(&mut tx, email, name, *role, zone).await?;
    }
    for therapist in THERAPISTS {
        planter.therapist(&mut tx, therapist).await?;
    }
    for patient in PATIENTS {
        planter.patient(&mut tx, patient).await?;
    }
    tx.commit().await?;
    Ok(Some(planter.demo))
}

struct Planter<'a> {
    house: &'a House,
    phc: String,
    now: DateTime<Utc>,
    demo: Demo,
}

impl Planter<'_> {
    async fn account(
        &mut self,
        tx: &mut Tx,
        email: &'static str,
        name: &str,
        role: Role,
        zone: &str,
    ) -> Result<AccountId, StoreError> {
        let id = self.house.ids.next();
        let account = DemoAccount {
            id,
            email,
            name,
            role,
            zone,
        };
        plant_account(tx, &account, &self.phc, self.now).await?;
        self.demo.accounts.insert(email, id);
        Ok(id)
    }

    async fn therapist(&mut self, tx: &mut Tx, demo: &DemoTherapist) -> Result<(), StoreError> {
        let owned = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<String>>();
        let account = self
            .account(tx, demo.email, demo.name, Role::Therapist, demo.zone)
            .await?;
        let card = TherapistCard {
            id: account.into(),
            name: demo.name.to_owned(),
            title: demo.title.to_owned(),
            zone: demo.zone.to_owned(),
            about: demo.about.to_owned(),
            approach: demo.approach.to_owned(),
            languages: owned(demo.languages),
            specialties: owned(demo.specialties),
            licence_states: Vec::new(),
            accepts_new: demo.accepts_new,
        };
        let new = NewTherapist {
            card: &card,
            gender: Some(demo.gender),
            insurers: &owned(demo.insurers),
            created_at: self.now,
        };
        store::therapist::insert(tx, &new).await?;
        let valid_until = date("2031-12-31")?;
        for (state, number) in demo.licences {
            store::therapist::insert_licence(tx, card.id, state, number, valid_until).await?;
        }
        Ok(())
    }

    async fn patient(&mut self, tx: &mut Tx, demo: &'static DemoPatient) -> Result<(), StoreError> {
        let account = match demo.email {
            Some(email) => {
                let name = format!("{} {}", demo.given_name, demo.family_name);
                Some(self.account(tx, email, &name, Role::Patient, demo.zone).await?)
            }
            None => None,
        };
        let id: PatientId = self.house.ids.next();
        let patient = NewPatient {
            kind: demo.kind,
            given_name: demo.given_name.to_owned(),
            family_name: demo.family_name.to_owned(),
            preferred_name: demo.preferred_name.map(ToOwned::to_owned),
            birth_date: Some(date(demo.birth_date)?),
            gender: demo.gender.map(ToOwned::to_owned),
            email: demo
                .email
                .or(demo.guardian.map(|(email, _)| email))
                .map(ToOwned::to_owned),
            phone: Some(demo.phone.to_owned()),
            zone: demo.zone.to_owned(),
            state_code: demo.state_code.to_owned(),
            diagnosis: demo.diagnosis.map(ToOwned::to_owned),
            note: None,
        };
        let by = self.known("ada@demo.example")?;
        let entered = Entered {
            by,
            at: self.now,
            account,
        };
        store::patient::insert(tx, id, &patient, &entered).await?;
        self.demo.patients.insert(demo.given_name, id);
        if let Some(own) = account {
            self.link(tx, own, id, RelationKind::SelfPatient, &[], None).await?;
        }
        for therapist in demo.care_team {
            let therapist = self.known(therapist)?;
            self.link(tx, therapist, id, RelationKind::CareTeam, &[], None).await?;
        }
        if let Some((guardian, scope)) = demo.guardian {
            let guardian = self.known(guardian)?;
            let evidence = Some("birth certificate, seen 2 Feb 2026");
            self.link(tx, guardian, id, RelationKind::Guardian, scope, evidence)
                .await?;
        }
        if patient.diagnosis.is_some() {
            let sealed = clinical::seal(self.house, tx, id, &patient).await?;
            store::clinical::insert(tx, id, &sealed, by, self.now).await?;
        }
        Ok(())
    }

    async fn link(
        &self,
        tx: &mut Tx,
        account: AccountId,
        patient: PatientId,
        kind: RelationKind,
        scope: &[Scope],
        evidence: Option<&str>,
    ) -> Result<(), StoreError> {
        let relation = Relation {
            kind,
            scope: scope.to_vec(),
            starts_at: self.now,
            ends_at: None,
        };
        let link = NewRelation {
            id: self.house.ids.uuid(),
            account,
            patient,
            relation: &relation,
            evidence,
            created_by: self.known("ada@demo.example")?,
        };
        store::relation::insert(tx, &link).await?;
        Ok(())
    }

    fn known(&self, email: &str) -> Result<AccountId, StoreError> {
        self.demo.account(email).ok_or(StoreError::Corrupt("demo clinic"))
    }
}

fn date(text: &str) -> Result<NaiveDate, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt("demo date"))
}
