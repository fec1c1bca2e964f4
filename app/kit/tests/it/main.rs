//! The kit as HTML: what a browser gets before any script runs.

mod markup;
mod text_area;
