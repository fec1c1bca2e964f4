//! Booking on a real PostgreSQL, as the app role, over the demo clinic.

mod again;
mod budget;
mod calendar;
mod clinic;
mod days;
mod desk;
mod drafts;
mod find;
mod history;
mod holds;
mod hours;
mod lifecycle;
mod moves;
mod offers;
mod planned;
mod prescreen;
mod proposals;
mod race;
mod row_security;
mod rules;
mod search;
mod series;
mod summaries;
mod visits;
mod waitlist;
mod website;
