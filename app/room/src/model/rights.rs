//! What a person may do on the board.

use serde::{Deserialize, Serialize};

/// Each level includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rights {
    /// Look only.
    View,
    /// Show a cursor and the laser.
    Point,
    /// Draw, and remove one's own strokes.
    Draw,
    /// Remove anybody's strokes and clear the sheet.
    Full,
}

impl Rights {
    pub const ALL: [Self; 4] = [Self::View, Self::Point, Self::Draw, Self::Full];
}
