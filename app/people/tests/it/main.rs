//! Who sees whom, on a real PostgreSQL.

mod add_patient;
mod clinic;
mod forms;
mod relations;
mod row_security;
mod sealed;
mod therapists;
