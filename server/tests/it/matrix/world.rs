//! A seeded clinic behind the real router, one signed-in browser per kind of actor, and an object of each kind.

use super::table::{Ask, Object, Row};
use crate::clinic::Clinic;
use axum::body::Bytes;
use http::StatusCode;
use std::collections::HashMap;
use uuid::Uuid;

/// Who asks. Objects belong to patient A, who is Ana, and to therapist A, who treats her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Nobody,
    /// The password was right, the second factor is still missing.
    Halfway,
    PatientA,
    PatientB,
    /// Guardian of a child that has nothing to do with the objects.
    Guardian,
    TherapistA,
    TherapistB,
    Liaison,
    Partner,
    Admin,
}

impl Who {
    pub const ALL: [Self; 10] = [
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
        }
    }
}

pub struct World {
    clinic: Clinic,
    cookies: HashMap<Who, String>,
    objects: HashMap<Object, Uuid>,
}

impl World {
    pub async fn start() -> Self {
        let clinic = Clinic::start().await;
        let mut cookies = HashMap::new();
        for who in Who::ALL {
            if let Some(email) = who.email() {
                cookies.insert(who, clinic.sign_in(email).await);
            }
        }
        clinic.leave_halfway(&cookies[&Who::Halfway]).await;
        let mut objects = HashMap::new();
        for object in Object::ALL {
            objects.insert(object, clinic.object(object, &cookies[&Who::PatientA]).await);
        }
        Self {
            clinic,
            cookies,
            objects,
        }
    }

    /// Sends the row's request as `who`.
    pub async fn ask(&self, row: &Row, who: Who, ask: Ask) -> (StatusCode, Bytes) {
        let id = |object: Object| match ask {
            Ask::Real => self.objects[&object],
            Ask::Absent => ABSENT,
        };
        let cookie = self.cookies.get(&who).map(String::as_str);
        self.clinic
            .send(row.method(), &row.address(id), &row.form(id), cookie)
            .await
    }
}

/// An id that nothing has.
const ABSENT: Uuid = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001);
