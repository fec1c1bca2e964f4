//! Use cases, one per file, and what other slices may ask (`contract`).

mod contract;

pub use contract::{cared_for, find_therapists, may, may_act_for, patient_card, therapist_card};
