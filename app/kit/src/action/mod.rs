//! Things that do something when pressed.

mod button;
mod icon_button;
mod kind;
mod link_button;

pub use button::Button;
pub use icon_button::IconButton;
pub use kind::{ButtonKind, ButtonSize, ButtonType};
pub use link_button::LinkButton;
