//! The browser's entry: a panic hook and hydration.
