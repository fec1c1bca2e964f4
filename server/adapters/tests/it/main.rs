//! The house and a real mail server: SMTP as somebody else wrote it (`mailin`), on a socket of its own, with faults on demand.

mod clinic;
mod desk;
mod faults;
mod flow;
mod mail_server;
mod reminders;
mod series;
mod waitlist;
