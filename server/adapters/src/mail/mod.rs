//! Letters by SMTP, or into a folder where no server is set.

pub mod folder;
mod mime;
mod smtp;

pub use mime::is_address;
pub use smtp::{Smtp, SmtpUrl, WrongUrl};
