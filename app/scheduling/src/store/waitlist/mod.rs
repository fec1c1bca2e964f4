//! The waiting list: wishes, and the times that are kept for them.

pub mod offer;
pub mod wish;
