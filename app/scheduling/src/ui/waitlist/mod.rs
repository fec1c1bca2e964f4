//! The waiting list for the patient's side: joining it, what is waited for, and a time that is offered.

mod address;
mod join;
mod list;
mod model;
mod offer;

pub use address::{instead_of, sooner_than, tell_me, waitlist_address};
pub use join::JoinWaitlistPage;
pub use list::MyWaitlistPage;
pub use model::{offer_word, whens, with_whom};
pub use offer::OfferPage;
