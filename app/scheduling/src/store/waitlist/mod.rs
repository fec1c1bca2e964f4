//! The waiting list: wishes, and the times that are kept for them.

pub mod draft;
pub mod offer;
pub mod wish;
