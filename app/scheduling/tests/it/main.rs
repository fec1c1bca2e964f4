//! Booking on a real PostgreSQL, as the app role, over the demo clinic.

mod budget;
mod calendar;
mod clinic;
mod desk;
mod holds;
mod hours;
mod lifecycle;
mod race;
mod row_security;
mod visits;
