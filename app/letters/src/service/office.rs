//! What the sending of letters stands on.

use crate::ports::{Post, Sender};
use kernel::House;
use std::sync::Arc;

/// The house, who carries its letters, and what stands in each of them.
#[derive(Debug, Clone)]
pub struct Office {
    pub house: House,
    pub post: Arc<dyn Post>,
    pub sender: Sender,
    /// What links begin with: "<https://clinic.example>".
    pub origin: String,
}
