//! Things that only show: icons, faces, times.

mod avatar;
mod icon;
mod local_time;

pub use avatar::{Avatar, AvatarSize};
pub use icon::{ICONS, Icon};
pub use local_time::{LocalTime, TimeParts, relative_words};
