//! The kit as HTML (what a browser gets before any script runs), and the promises of its style sheet and sprite.
#![expect(clippy::unwrap_used, reason = "a source file that cannot be read fails the test")]

mod contrast;
mod markup;
mod sources;
mod sprite;
mod text_area;
