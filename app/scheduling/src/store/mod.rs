//! SQL of this slice.
