//! A therapist's library: files come in checked and cleaned, are kept sealed, and leave only to their owner and to
//! somebody in a visit whose kit holds them. Must not know what a room does with a kit.
//!
//! Routes: `/media/{item}/{variant}`, `/uploads`, `/uploads/{item}` (`http`); pages `/care/library`,
//! `/care/visits/:visit/prepare` (`ui`).

pub mod model;
