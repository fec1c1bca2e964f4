//! Use cases, one per file, and what other slices may ask (`contract`).

mod add_patient;
mod clinical;
mod contract;
mod demo;
mod join_care_team;
mod my_patients;
mod open_patient;
mod search;
mod seed;

pub use add_patient::add_patient;
pub use contract::{
    cared_for, find_therapists, found_by, licence_ends, licence_states, licensed_at, matching, may, may_act_for,
    pairing, patient_card, patient_cards, responsible, set_found_by, therapist_card,
};
pub use join_care_team::join_care_team;
pub use my_patients::my_patients;
pub use open_patient::open_patient;
pub use search::search;
pub use seed::{Demo, seed};
