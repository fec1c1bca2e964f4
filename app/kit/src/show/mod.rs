//! Things that only show: icons, faces, times, our mark.

mod avatar;
mod icon;
mod local_time;
mod mark;

pub use avatar::{Avatar, AvatarSize};
pub use icon::{ICONS, Icon};
pub use local_time::{LocalTime, TimeParts, relative_words};
pub use mark::{Mark, Scene};
