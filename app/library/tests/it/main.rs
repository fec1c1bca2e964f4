//! The library on a real `PostgreSQL`, over its own HTTP routes, with its own rasteriser as a child process.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod abandoned;
mod clinic;
mod documents;
mod kits;
mod media;
mod pages;
mod row_security;
mod seeds;
mod uploads;
