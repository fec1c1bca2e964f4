//! The waiting list (U1): somebody says which times they want to hear of; time that is freed is kept for whose turn it is, for
//! one person at a time.
//!
//! Freed time is told to the outbox by the database itself (`scheduling.tell_waiting`), whoever frees it; `serving` finds whose
//! turn it is, `offering` keeps the time, `answer` takes it or lets it pass. What the outbox missed is found by the hourly look.

mod answer;
mod by_hand;
mod desk;
mod end;
mod ground;
mod join;
mod join_page;
mod my_list;
mod offer_page;
mod offering;
mod serving;
mod view;

pub use answer::{TakenAs, pass_offer, take_offer};
pub use by_hand::{ByHand, offer_by_hand, withdraw_offer};
pub use desk::{OfferInShort, offer_in_short, wish_detail};
pub use end::{end_of_request, leave_waitlist};
pub use join::{Joining, join_waitlist};
pub use join_page::{About, join_page};
pub use my_list::my_waitlist;
pub use offer_page::get_offer;
pub use serving::{Serving, keep_waitlist, time_freed};
