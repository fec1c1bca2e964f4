//! The server functions of booking. Thin: parse, call one use case, map the error. The table of paths and their access:
//!
//! | path | access |
//! |---|---|
//! | `find_therapists`, `any_times`, `therapist_times`, `take_hold`, `get_hold`, `extend_hold`, `release_hold`, `save_reason`, `retake_hold`, `request_visit`, `get_request`, `answer_question`, `withdraw_request`, `my_calendar`, `my_days` | patient, guardian |
//! | `save_answers`, `later_questions`, `answer_later` | patient, guardian |
//! | `list_prescreens`, `open_prescreen`, `add_prescreen`, `add_question`, `save_question`, `arrange_question`, `publish_prescreen`, `retire_prescreen` | liaison, admin |
//! | `get_visit`, `cancel_visit`, `move_visit`, `move_choices` | patient, guardian, therapist, liaison (fields by role) |
//! | `series_of_visit`, `cancel_series` | patient, guardian, therapist, liaison |
//! | `plan_visit`, `plan_choices`, `preview_series`, `plan_series`, `move_series`, `propose_times` | therapist, liaison |
//! | `accept_proposal`, `decline_proposal` | patient, guardian |
//! | `waitlist_form`, `join_waitlist`, `my_waitlist`, `leave_waitlist`, `get_offer`, `take_offer`, `pass_offer` | patient, guardian |
//! | `offer_by_hand`, `withdraw_offer` | liaison |
//! | `today`, `care_calendar`, `complete_visit`, `save_summary` | therapist |
//! | `get_availability`, `save_availability`, `add_override`, `remove_override`, `add_time_off`, `remove_time_off`, `add_travel`, `remove_travel`, `save_limits`, `save_found_by` | therapist (own schedule), liaison (the one named) |
//! | `list_services`, `save_service`, `save_offer`, `remove_offer` | liaison |
//! | `month_counts` | patient, guardian, therapist |
//! | `desk_day` | liaison |
//! | `closures`, `add_closure`, `remove_closure` | liaison, admin |
//! | `rules_page`, `preview_rules`, `save_rules`, `put_back_rules`, `connections`, `connect`, `disconnect` | admin |
//!
//! Another role gets `NotFound`, like everybody for a foreign or absent thing. Refusal codes (`ApiError::Refused`):
//! `slot_taken`, `patient_busy`, `therapist_away`, `hold_expired`, `hold_over`, `too_many_requests`, `no_licence`, `not_accepting`,
//! `already_decided`, `request_expired`, `time_gone`, `question_open`, `proposal_over`, `offer_over`, `waits_already`,
//! `too_early`, `too_late`, `already_done`, `reminded_today`, `rules_moved_on`, `form_moved_on`,
//! `one_already`, `other_request`.
//! Field codes (`ApiError::Invalid`): `required`, `too_long`, `malformed`, `unknown`, `in_the_past`, `too_many`, `unfit`,
//! `overlap`, `empty`, `out_of_range`, `not_here`, `contradicts`, `nothing_changed`, `not_an_origin`,
//! `series_range`, `on_next_page`, `consent`, `unfinished`.

mod book;
mod calendars;
mod care;
mod closures;
mod connections;
mod find;
mod moving;
mod my;
#[cfg(feature = "ssr")]
mod plain_form;
mod prescreen;
mod proposal;
mod rules;
mod series;
mod services;
pub mod view;
mod visit;
mod waitlist;

pub use book::*;
pub use calendars::*;
pub use care::*;
pub use closures::*;
pub use connections::*;
pub use find::*;
pub use moving::*;
pub use my::*;
pub use prescreen::*;
pub use proposal::*;
pub use rules::*;
pub use series::*;
pub use services::*;
pub use visit::*;
pub use waitlist::*;
