//! Why an account may see or act for a patient, for how long and in what.

use chrono::{DateTime, Utc};
use kernel::PatientId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

use super::patient::PatientKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// The account is the patient's own.
    SelfPatient,
    /// An adult who acts for a child, within the scope of the link (R9).
    Guardian,
    /// A therapist who looks after the patient.
    CareTeam,
}

impl RelationKind {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfPatient => "self",
            Self::Guardian => "guardian",
            Self::CareTeam => "care_team",
        }
    }
}

/// The text names no kind of relation, patient or scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known word")]
pub struct Unknown;

impl FromStr for RelationKind {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        [Self::SelfPatient, Self::Guardian, Self::CareTeam]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(Unknown)
    }
}

/// What a guardian's link covers. A patient acts for themself in everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Book,
    Attend,
    Sign,
    Pay,
    Materials,
}

impl Scope {
    pub const ALL: [Self; 5] = [Self::Book, Self::Attend, Self::Sign, Self::Pay, Self::Materials];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Attend => "attend",
            Self::Sign => "sign",
            Self::Pay => "pay",
            Self::Materials => "materials",
        }
    }
}

impl FromStr for Scope {
    type Err = Unknown;
    fn from_str(text: &str) -> Result<Self, Unknown> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or(Unknown)
    }
}

/// A link between an account and a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    pub kind: RelationKind,
    pub scope: Vec<Scope>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
}

impl Relation {
    /// Half-open: at the very end it is over.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now && self.ends_at.is_none_or(|end| now < end)
    }

    /// May the account act for the patient in this? A care team looks after a patient, it never acts as one.
    pub fn covers(&self, scope: Scope, now: DateTime<Utc>) -> bool {
        self.is_live(now)
            && match self.kind {
                RelationKind::SelfPatient => true,
                RelationKind::Guardian => self.scope.contains(&scope),
                RelationKind::CareTeam => false,
            }
    }
}

/// Somebody an account may book for: themself, a child, or (a therapist) a patient of the own care team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaredFor {
    pub patient: PatientId,
    /// As the person likes to be called: preferred or given name, and family name.
    pub name: String,
    pub kind: PatientKind,
    /// IANA name.
    pub zone: String,
    /// Two letters of a US state: a therapist needs a licence there.
    pub state_code: String,
    pub relation: RelationKind,
}

/// What people know of a wish to book: how the actor acts for the patient, and whether the therapist may and does take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    pub relation: RelationKind,
    pub patient: PatientKind,
    /// The therapist has a licence, valid today, for the state the patient is in.
    pub licensed: bool,
    pub accepts_new: bool,
}

#[cfg(test)]
mod tests {
    use super::{Relation, RelationKind, Scope};
    use chrono::{DateTime, Duration, Utc};

    fn noon() -> DateTime<Utc> {
        "2027-03-01T12:00:00Z".parse().unwrap()
    }

    fn link(kind: RelationKind, scope: &[Scope]) -> Relation {
        Relation {
            kind,
            scope: scope.to_vec(),
            starts_at: noon(),
            ends_at: Some(noon() + Duration::hours(1)),
        }
    }

    #[test]
    fn a_link_is_live_from_its_start_until_just_before_its_end() {
        let link = link(RelationKind::Guardian, &[Scope::Book]);
        assert!(!link.is_live(noon() - Duration::seconds(1)));
        assert!(link.is_live(noon()));
        assert!(link.is_live(noon() + Duration::minutes(59)));
        assert!(!link.is_live(noon() + Duration::hours(1)));
    }

    #[test]
    fn a_guardian_acts_within_the_scope_only() {
        let link = link(RelationKind::Guardian, &[Scope::Attend]);
        assert!(link.covers(Scope::Attend, noon()));
        assert!(!link.covers(Scope::Book, noon()));
    }

    #[test]
    fn a_care_team_never_acts_as_the_patient() {
        let link = link(RelationKind::CareTeam, &Scope::ALL);
        assert!(Scope::ALL.iter().all(|scope| !link.covers(*scope, noon())));
    }
}
