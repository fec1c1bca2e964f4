//! What several of these pages share.

mod act;
mod address;
pub mod dates;
mod draft;
mod facts;
mod history;
mod load;
mod month;
mod proposal;
mod standing;
mod take;
mod wake;
mod when;

pub use act::{ActFailed, done, failure, failure_at};
#[cfg(feature = "ssr")]
pub use address::typed_time_address;
pub use address::{TypedTime, with_query};
pub use draft::{Saving, use_draft};
pub use facts::{Expected, TherapistLine, ZoneLine};
pub use history::History;
pub use load::loaded;
pub use month::{Month, month_grid};
pub use proposal::Proposal;
pub use standing::{RequestChip, Standing, VisitChip};
pub use take::{Booking, TakeOne, TakeTimes, instant};
pub use wake::use_wake;
pub use when::{At, Relative, Span};
