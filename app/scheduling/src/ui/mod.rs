//! Pages of this slice: find, book, calendars, the therapist's day. Each page is a thin view; what
//! can be decided without a component is in a `model` beside it, with its tests.

mod availability;
mod book;
mod calendar;
mod care;
mod closures;
mod connections;
mod days;
mod find;
mod home;
mod moving;
mod parameters;
pub mod parts;
mod planning;
mod prescreen;
mod request;
mod series;
mod services;
#[cfg(all(any(test, feature = "testing"), feature = "ssr"))]
pub mod testing;
mod times;
mod visit;
mod waitlist;
pub mod words;

pub use availability::{AvailabilityPage, DeskSchedulePage, TYPED_ROWS, typed_rows};
pub use book::BookPage;
pub use calendar::MyCalendarPage;
pub use care::{AfterPage, CareVisitPage};
pub use closures::ClosuresPage;
pub use connections::ConnectionsPage;
pub use days::{CareCalendarPage, DeskCalendarPage};
pub use find::{AnyTimesPage, FindPage};
pub use home::{PatientHome, TherapistHome};
pub use moving::{CareMovePage, DeskMovePage, MyMovePage, Overbook};
pub use parameters::{ParametersPage, parameters_address};
pub use planning::{CarePlanPage, DeskPlanPage};
#[cfg(feature = "ssr")]
pub use prescreen::questions_page;
pub use prescreen::{
    AdminPrescreenPage, AdminPrescreensPage, Answers, DeskPrescreenPage, DeskPrescreensPage, LaterPage, Unanswered,
};
pub use request::RequestPage;
pub use series::{
    CarePlanSeriesPage, CareSeriesPage, DeskPlanSeriesPage, DeskSeriesPage, MySeriesPage, SeriesFields, SeriesLine,
};
pub use services::ServicesPage;
pub use times::TherapistPage;
pub use visit::{CancelPage, MyAfterPage, MyVisitPage};
pub use waitlist::{JoinWaitlistPage, MyWaitlistPage, OfferPage, offer_word, waitlist_address, whens, with_whom};
