//! What a child, or anybody for whom words are hard just now, says by one tap.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Card {
    Break,
    Help,
    Louder,
    Stop,
}

impl Card {
    /// In the order they lie below the stage: always the same, so that they are found without looking.
    pub const ALL: [Self; 4] = [Self::Break, Self::Help, Self::Louder, Self::Stop];
}
