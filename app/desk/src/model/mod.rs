//! The rules of the desk: what an item is, how pressing it is, who has it, what a table may show and what a file may hold.

mod column;
mod csv;
mod item;
mod order;
mod owner;
mod purpose;

pub use column::{Column, parse as parse_columns};
pub use csv::line as csv_line;
pub use item::{ItemId, Kind, NotAnItem};
pub use order::{Age, Facts, Place, Risk, short};
pub use owner::{Held, OwnedBy, TAKE_OVER_AFTER};
pub use purpose::Purpose;

kernel::id! {
    /// A text the desk writes again and again.
    TemplateId,
    /// A saved set of filters.
    ViewId,
    /// Whom a search found.
    FoundId,
}

/// A text that names none of the listed codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a listed code")]
pub struct UnknownCode;

/// An enum whose variants have one stable text each, in the database, in addresses and in forms.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::model::UnknownCode;
            fn from_str(text: &str) -> Result<Self, $crate::model::UnknownCode> {
                match text { $($code => Ok(Self::$variant),)+ _ => Err($crate::model::UnknownCode) }
            }
        }
    };
}
pub(crate) use codes;
