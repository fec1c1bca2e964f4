//! What a stroke looks like. A closed palette: the style sheet gives the values, with contrast on paper and on pictures.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ink {
    pub tool: Tool,
    pub color: Color,
    pub width: Width,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tool {
    Pen,
    /// Wide and see-through.
    Marker,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Color {
    Black,
    Blue,
    Red,
    Green,
    Orange,
    Purple,
    Yellow,
    White,
}

impl Color {
    pub const ALL: [Self; 8] = [
        Self::Black,
        Self::Blue,
        Self::Red,
        Self::Green,
        Self::Orange,
        Self::Purple,
        Self::Yellow,
        Self::White,
    ];

    /// The name the style sheet knows it by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Black => "black",
            Self::Blue => "blue",
            Self::Red => "red",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Purple => "purple",
            Self::Yellow => "yellow",
            Self::White => "white",
        }
    }
}

/// Stroke width in units of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Width {
    Fine,
    Normal,
    Broad,
}

impl Width {
    pub const ALL: [Self; 3] = [Self::Fine, Self::Normal, Self::Broad];

    pub const fn units(self, tool: Tool) -> f64 {
        match (tool, self) {
            (Tool::Pen, Self::Fine) => 5.0,
            (Tool::Pen, Self::Normal) => 9.0,
            (Tool::Pen, Self::Broad) => 16.0,
            (Tool::Marker, Self::Fine) => 20.0,
            (Tool::Marker, Self::Normal) => 32.0,
            (Tool::Marker, Self::Broad) => 48.0,
        }
    }
}
