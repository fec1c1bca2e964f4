//! Patients, guardians, therapists and care teams: who there is, and who may see whom.
//!
//! `people.relation` is the single truth of that; every other slice asks here (`service::may_act_for`) and in its row
//! security (`people.sees`). Must not know visits, materials or money.
//!
//! Pages: `/care/patients`, `/care/patients/new`, `/care/patients/:patient`.

pub mod api;
pub mod model;
pub mod ui;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use error::PeopleError;
pub use model::{
    CaredFor, FoundBy, Pairing, PatientCard, PatientKind, RelationKind, Scope, TherapistCard, TherapistFilter,
};
