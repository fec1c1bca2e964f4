//! Use cases, one per file: authorise, open the transaction, decide with `model`, write, audit, outbox, commit.

mod again;
mod approve_request;
mod availability;
mod cancel_visit;
mod care_calendar;
mod cast;
mod change_hours;
mod complete_visit;
pub mod contract;
mod decline_request;
mod desk_visits;
mod earliest;
pub mod events;
mod find_therapists;
mod free;
mod get_request;
mod get_visit;
mod hold;
pub mod jobs;
mod list_requests;
mod my_calendar;
pub mod parse;
mod request_detail;
mod request_visit;
mod role;
mod sealed;
pub mod seed;
mod steps;
mod take_hold;
mod therapist_times;
mod today;
mod withdraw_request;
mod zones;

pub use approve_request::approve_request;
pub use availability::get_availability;
pub use cancel_visit::cancel_visit;
pub use care_calendar::care_calendar;
pub use change_hours::{add_override, add_time_off, remove_override, remove_time_off, save_availability};
pub use complete_visit::complete_visit;
pub use contract::{RoomVisit, Seat, begin_visit, check_in, end_visit, leave_waiting, record_presence, visit_for_room};
pub use decline_request::decline_request;
pub use desk_visits::{VisitFilter, desk_visits};
pub use find_therapists::{Wish, find_therapists};
pub use get_request::get_request;
pub use get_visit::get_visit;
pub use hold::{extend_hold, get_hold, release_hold, save_reason};
pub use list_requests::list_requests;
pub use my_calendar::my_calendar;
pub use request_detail::request_detail;
pub use request_visit::request_visit;
pub use take_hold::{retake_hold, take_hold};
pub use therapist_times::{TimesWish, therapist_times};
pub use today::today;
pub use withdraw_request::withdraw_request;

use crate::model::Parameters;

/// The rules of the house, until an admin may change them (R30).
const RULES: Parameters = Parameters::DEFAULT;
