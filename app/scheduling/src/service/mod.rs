//! Use cases, one per file: authorise, open the transaction, decide with `model`, write, audit, outbox, commit.

mod affected;
mod again;
mod agree;
mod all_visits;
mod answer_proposal;
mod any_times;
mod approve_request;
mod around;
mod availability;
mod cancel_visit;
mod care_calendar;
pub mod cast;
mod change_hours;
mod change_request;
mod closures;
mod complete_visit;
mod concern;
pub mod connections;
pub mod contract;
mod decline_request;
mod desk_day;
mod earliest;
pub mod events;
mod find_therapists;
mod followed;
mod found_by;
mod free;
mod get_request;
mod get_visit;
mod history;
mod hold;
mod in_short;
pub mod jobs;
mod list_requests;
mod month_counts;
mod move_choices;
mod move_visit;
mod my_calendar;
mod my_days;
mod offered;
mod overbook;
mod page_clock;
pub mod parse;
mod plan_choices;
mod plan_visit;
mod prescreen;
mod preview_rules;
mod proposal_view;
mod propose_times;
mod question;
mod remind_therapist;
mod request_detail;
mod request_visit;
mod role;
pub mod rules;
mod rules_page;
mod save_rules;
mod sealed;
pub mod seed;
mod seed_prescreen;
mod series;
mod services;
mod staff_booking;
mod steps;
mod summary_draft;
mod take_hold;
mod therapist_days;
mod therapist_times;
mod time_off;
mod today;
mod travel;
mod undo_decision;
mod waiting;
mod waitlist;
mod wanted_time;
pub mod website;
mod wishes;
mod withdraw_request;
pub mod zones;

pub use affected::ways_out;
pub use all_visits::{Leaf, VisitFilter, VisitLeaf, VisitPlace, all_visits, all_visits_statement};
pub use answer_proposal::{Declined, accept_proposal, decline_proposal};
pub use any_times::any_times;
pub use approve_request::{approve_request, approve_request_undoably};
pub use availability::get_availability;
pub use cancel_visit::cancel_visit;
pub use care_calendar::care_calendar;
pub use change_hours::{add_override, remove_override, save_availability};
pub use change_request::{Change, change_request};
pub use closures::closures;
pub use complete_visit::complete_visit;
pub use concern::{Concern, concerns};
pub use contract::{
    RoomVisit, Seat, begin_visit, check_in, end_visit, leave_waiting, record_presence, room_opens, visit_for_room,
};
pub use decline_request::{decline_request, decline_request_undoably};
pub use desk_day::{DayWish, desk_day};
pub use find_therapists::find_therapists;
pub use followed::{Followed, followed_visits};
pub use found_by::save_found_by;
pub use get_request::get_request;
pub use get_visit::get_visit;
pub use hold::{extend_hold, get_hold, get_hold_for, release_hold, save_reason};
pub use in_short::{
    RequestInShort, VisitInShort, proposal_kept_until, proposal_of, request_in_short, visit_in_short, visits_in_short,
    visits_starting, visits_unconfirmed,
};
pub use list_requests::{list_requests, request_rows};
pub use month_counts::month_counts;
pub use move_choices::move_choices;
pub use move_visit::{Move, Moved, move_visit, nearest_to_move};
pub use my_calendar::my_calendar;
pub use my_days::my_days;
pub use offered::offered_services;
pub use overbook::Overbook;
pub use plan_choices::plan_choices;
pub use plan_visit::{Plan, Planned, nearest_to_plan, plan_visit};
pub use prescreen::{
    add_prescreen, add_question, answer_later, arrange_question, later_questions, list_prescreens, open_prescreen,
    publish_prescreen, retire_prescreen, save_answers, save_question, waits_for_answers,
};
pub use preview_rules::preview_rules;
pub use propose_times::{Offer, propose_times};
pub use question::{answer_question, ask_question};
pub use remind_therapist::{last_reminder, remind_therapist};
pub use request_detail::request_detail;
pub use request_visit::{Said, request_visit};
pub use rules_page::rules_page;
pub use save_rules::{RulesInput, put_back_rules, save_rules};
pub use series::{
    CancelMany, MoveMany, MovedMany, Moving, PlannedSeries, SeriesPlan, SeriesWish, cancel_series, move_series,
    plan_series, preview_series, series_of_visit, series_view,
};
pub use services::{list_services, remove_offer, save_offer, save_service};
pub use summary_draft::save_summary;
pub use take_hold::{retake_hold, take_hold};
pub use therapist_times::{TimesWish, therapist_times};
pub use time_off::{AbsenceForm, add_closure, add_time_off, remove_closure, remove_time_off};
pub use today::today;
pub use travel::{add_travel, remove_travel, save_limits};
pub use undo_decision::undo_decision;
pub use waiting::{Waiting, WaitsFor, decided_by, decision_of, last_decision, waiting};
pub use waitlist::{
    About, ByHand, Joining, OfferInShort, Serving, TakenAs, get_offer, join_page, join_waitlist, keep_waitlist,
    leave_waitlist, my_waitlist, offer_by_hand, offer_in_short, pass_offer, take_offer, time_freed, wish_detail,
    withdraw_offer,
};
pub use wanted_time::WantedTime;
pub use wishes::Wish;
pub use withdraw_request::withdraw_request;
pub use zones::when;

pub use crate::store::proposal::Of as ProposalOf;
