//! The desk's list of services.

use super::Face;
use crate::{
    api::TermsForm,
    model::{Line, ServiceId},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicesView {
    /// Those that can be booked first, the shortest first.
    pub services: Vec<ServiceRow>,
    /// By name; each has a schedule at `/desk/therapists/{id}`.
    pub therapists: Vec<Face>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    pub service: ServiceId,
    pub name: String,
    pub line: Line,
    pub retired: bool,
    /// How many therapists offer it.
    pub offered_by: u32,
    pub form: TermsForm,
}
