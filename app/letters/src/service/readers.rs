//! Who reads letters about a visit, and what they want to read.

use crate::{
    model::{Kind, Reminders, Side},
    store::{self, preference::Preference},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, PatientId, StoreError, TherapistId, Tx};
use std::collections::HashMap;

/// Readers of several bookings, found in two statements.
pub struct Readers {
    families: HashMap<PatientId, Vec<AccountId>>,
    choices: HashMap<AccountId, Preference>,
}

impl Readers {
    /// Everybody who reads letters about these bookings.
    pub async fn of(
        tx: &mut Tx,
        bookings: impl Iterator<Item = (PatientId, Option<TherapistId>)> + Clone,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut patients: Vec<PatientId> = bookings.clone().map(|(patient, _)| patient).collect();
        patients.sort_unstable();
        patients.dedup();
        let mut families: HashMap<PatientId, Vec<AccountId>> = HashMap::new();
        for (patient, account) in people::service::responsible(tx, &patients, now).await? {
            let family = families.entry(patient).or_default();
            if !family.contains(&account) {
                family.push(account);
            }
        }
        let therapists = bookings.filter_map(|(_, therapist)| therapist).map(AccountId::from);
        let accounts: Vec<_> = families
            .values()
            .flatten()
            .copied()
            .chain(therapists)
            .map(AccountId::uuid)
            .collect();
        let choices = store::preference::of(tx, &accounts).await?.into_iter().collect();
        Ok(Self { families, choices })
    }

    /// The patient, or who answers for them.
    pub fn family(&self, patient: PatientId) -> &[AccountId] {
        self.families.get(&patient).map_or(&[], Vec::as_slice)
    }

    pub fn wants(&self, account: AccountId, kind: Kind) -> bool {
        self.choices
            .get(&account)
            .is_none_or(|choice| !choice.unwanted.contains(&kind))
    }

    /// Minutes before the start at which this account is reminded.
    pub fn reminders(&self, account: AccountId, side: Side, usual: &[i64]) -> Vec<i64> {
        self.choices
            .get(&account)
            .map_or(Reminders::Usual, |choice| choice.reminders)
            .minutes(side, usual)
    }
}
