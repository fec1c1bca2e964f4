//! What a search asks of therapists, and which of the wishes is in the way when nobody fits them all.

use crate::{model::ServiceId, store::search::Candidate};
use kernel::{PatientId, StoreError, TherapistId, Tx};
use people::model::concern_specialties;
use std::collections::HashMap;

/// What the form asks for; empty texts ask nothing.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub for_patient: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub specialty: String,
    pub language: String,
    /// What brings the patient, in words of their own: a code of `people::model::CONCERNS`.
    pub concern: String,
    pub gender: String,
    pub insurer: String,
    /// How many therapists are wanted: a page at least, everybody of a large clinic at most.
    pub shown: u16,
}

impl Wish {
    /// Therapists of one page.
    pub const PAGE: u16 = 20;
    const MOST: u16 = 10_000;

    pub fn shown(&self) -> usize {
        self.shown.clamp(Self::PAGE, Self::MOST).into()
    }
}

/// The wishes with what they need to be judged.
pub struct Wishes<'a> {
    wish: &'a Wish,
    /// Who has the gender, and who takes the insurance; nobody where neither is asked.
    of: HashMap<TherapistId, (bool, bool)>,
}

type Judge = fn(&Wishes<'_>, &Candidate) -> bool;

/// Each wish by its name in the address.
const WISHES: [(&str, Judge); 5] = [
    ("language", |all, card| {
        all.wish.language.is_empty() || card.languages.contains(&all.wish.language)
    }),
    ("specialty", |all, card| {
        all.wish.specialty.is_empty() || card.specialties.contains(&all.wish.specialty)
    }),
    ("concern", |all, card| {
        let helps = concern_specialties(&all.wish.concern);
        all.wish.concern.is_empty() || card.specialties.iter().any(|one| helps.contains(&one.as_str()))
    }),
    ("gender", |all, card| {
        all.wish.gender.is_empty() || all.of.get(&card.therapist).is_some_and(|(gender, _)| *gender)
    }),
    ("insurer", |all, card| {
        all.wish.insurer.is_empty() || all.of.get(&card.therapist).is_some_and(|(_, insurer)| *insurer)
    }),
];

impl<'a> Wishes<'a> {
    /// One statement where gender or insurance is asked, none else.
    pub async fn load(tx: &mut Tx, wish: &'a Wish) -> Result<Self, StoreError> {
        fn asked(code: &str) -> Option<&str> {
            (!code.is_empty()).then_some(code)
        }
        let (gender, insurer) = (asked(&wish.gender), asked(&wish.insurer));
        let of = if gender.is_some() || insurer.is_some() {
            let matching = people::service::matching(tx, gender, insurer).await?;
            matching
                .into_iter()
                .map(|(id, gender, insurer)| (id, (gender, insurer)))
                .collect()
        } else {
            HashMap::new()
        };
        Ok(Self { wish, of })
    }

    pub fn fit(&self, card: &Candidate) -> bool {
        self.fit_without(card, "")
    }

    fn fit_without(&self, card: &Candidate, dropped: &str) -> bool {
        WISHES.iter().all(|(name, judge)| *name == dropped || judge(self, card))
    }

    /// The wish whose removal brings most people back, and how many.
    pub fn to_drop(&self, cards: &[Candidate]) -> Option<(String, u32)> {
        WISHES
            .iter()
            .map(|(name, _)| (*name, cards.iter().filter(|card| self.fit_without(card, name)).count()))
            .filter(|(_, count)| *count > 0)
            .max_by_key(|(_, count)| *count)
            .map(|(name, count)| (name.to_owned(), u32::try_from(count).unwrap_or(u32::MAX)))
    }
}
