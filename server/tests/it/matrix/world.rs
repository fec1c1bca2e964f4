//! A seeded clinic behind the real router, one signed-in browser per kind of actor, and an object of each kind.

use super::{
    cast, objects,
    row::{Ask, Object, Row},
};
use crate::clinic::{Answer, Clinic};
use http::StatusCode;
use std::collections::HashMap;
use uuid::Uuid;

/// Who asks. Objects belong to patient A, who is Ana, and to therapist A, who treats her; or to the guardian's child, whom
/// therapist A treats too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Nobody,
    /// The password was right, the second factor is still missing.
    Halfway,
    PatientA,
    PatientB,
    Guardian,
    TherapistA,
    /// Of the clinic, and in nobody's care team here.
    TherapistB,
    Liaison,
    Partner,
    Admin,
    /// Signed in, suspended since; a guardian whose link still stands.
    Suspended,
    /// A guardian of the patient until yesterday.
    FormerGuardian,
    /// In the patient's care team until yesterday.
    FormerTherapist,
}

impl Who {
    pub const ALL: [Self; 13] = [
        Self::Nobody,
        Self::Halfway,
        Self::PatientA,
        Self::PatientB,
        Self::Guardian,
        Self::TherapistA,
        Self::TherapistB,
        Self::Liaison,
        Self::Partner,
        Self::Admin,
        Self::Suspended,
        Self::FormerGuardian,
        Self::FormerTherapist,
    ];

    const fn email(self) -> Option<&'static str> {
        match self {
            Self::Nobody => None,
            Self::Halfway | Self::PatientA => Some("ana@demo.example"),
            Self::PatientB => Some("noah@demo.example"),
            Self::Guardian => Some("gus@demo.example"),
            Self::TherapistA => Some("tess@demo.example"),
            Self::TherapistB => Some("mara@demo.example"),
            Self::Liaison => Some("lia@demo.example"),
            Self::Partner => Some("pat@demo.example"),
            Self::Admin => Some("ada@demo.example"),
            Self::Suspended => Some(cast::SUSPENDED),
            Self::FormerGuardian => Some(cast::FORMER_GUARDIAN),
            Self::FormerTherapist => Some(cast::FORMER_THERAPIST),
        }
    }
}

/// Whom the objects of a run concern. The table is written for patient A; for the child its guardian is in their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerns {
    PatientA,
    ChildOfGuardian,
}

impl Concerns {
    /// Whether `who` may, where the table lists who may.
    pub fn lets(self, row: &Row, who: Who) -> bool {
        row.may.contains(&match (self, who) {
            (Self::ChildOfGuardian, Who::PatientA) => Who::Guardian,
            (Self::ChildOfGuardian, Who::Guardian) => Who::PatientA,
            (_, who) => who,
        })
    }

    /// The patient in the demo clinic.
    pub const fn given_name(self) -> &'static str {
        match self {
            Self::PatientA => "Ana",
            Self::ChildOfGuardian => "Benjamin",
        }
    }

    const fn family(self) -> Who {
        match self {
            Self::PatientA => Who::PatientA,
            Self::ChildOfGuardian => Who::Guardian,
        }
    }
}

/// An answer with everything taken out that is new in each: equal answers tell nothing apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Plain {
    pub status: StatusCode,
    /// Where a redirect leads, else empty.
    pub leads_to: String,
    pub text: String,
}

pub struct World {
    pub clinic: Clinic,
    cookies: HashMap<Who, String>,
    objects: HashMap<Object, Uuid>,
}

impl World {
    pub async fn start(concerns: Concerns) -> Self {
        let clinic = Clinic::start().await;
        cast::plant(&clinic, concerns).await;
        // What happens from here on is later than what was planted: an undo takes back what its own instant made.
        clinic.house.clock.advance(chrono::Duration::seconds(1));
        let mut cookies = HashMap::new();
        for who in Who::ALL {
            if let Some(email) = who.email() {
                cookies.insert(who, clinic.sign_in(email).await);
            }
        }
        clinic.leave_halfway(&cookies[&Who::Halfway]).await;
        cast::suspend(&clinic).await;
        let objects = objects::all(&clinic, concerns, &cookies[&concerns.family()]).await;
        Self {
            clinic,
            cookies,
            objects,
        }
    }

    pub fn cookie(&self, who: Who) -> Option<&str> {
        self.cookies.get(&who).map(String::as_str)
    }

    pub fn id(&self, object: Object, ask: Ask) -> Uuid {
        match ask {
            Ask::Real => self.objects[&object],
            Ask::Absent => ABSENT,
        }
    }

    /// Sends the row's request as `who`.
    pub async fn ask(&self, row: &Row, who: Who, ask: Ask) -> Plain {
        let request = row.request(|object| self.id(object, ask));
        let answer = self.clinic.send(&request, self.cookie(who)).await;
        self.plain(&answer)
    }

    fn plain(&self, answer: &Answer) -> Plain {
        let mut text = String::from_utf8_lossy(&answer.body).into_owned();
        if let Some(nonce) = answer.nonce() {
            text = text.replace(nonce, "(nonce)");
        }
        let mut leads_to = answer.leads_to().to_owned();
        for id in self.objects.values().chain([&ABSENT]) {
            text = text.replace(&id.to_string(), "(id)");
            leads_to = leads_to.replace(&id.to_string(), "(id)");
        }
        Plain {
            status: answer.status,
            leads_to,
            text,
        }
    }
}

/// An id that nothing has.
const ABSENT: Uuid = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001);
