//! The only place of this slice with SQL. Row security decides what each of these sees.

pub mod clinical;
pub mod found_by;
pub mod patient;
pub mod relation;
pub mod therapist;
