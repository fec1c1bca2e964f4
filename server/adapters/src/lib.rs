//! How the house reaches the world outside: each module carries out a port of a slice. Knows settings and protocols, and nothing
//! of why something is sent.

pub mod mail;
