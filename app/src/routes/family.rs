//! Pages of patients and guardians.

use super::lazy::lazy_pages;
use crate::home::PatientHomePage;
use scheduling::ui::{
    AnyTimesPage, BookPage, CancelPage, FindPage, JoinWaitlistPage, LaterPage, MyAfterPage, MyCalendarPage, MyMovePage,
    MySeriesPage, MyVisitPage, MyWaitlistPage, OfferPage, RequestPage, TherapistPage,
};

lazy_pages! {
    family_page, __preload_family_page:
    HOME => PatientHomePage,
    FIND => FindPage,
    ANY => AnyTimesPage,
    THERAPIST => TherapistPage,
    BOOK => BookPage,
    REQUEST => RequestPage,
    LATER => LaterPage,
    CALENDAR => MyCalendarPage,
    VISIT => MyVisitPage,
    CANCEL => CancelPage,
    MOVE => MyMovePage,
    SERIES => MySeriesPage,
    AFTER => MyAfterPage,
    WAITLIST => MyWaitlistPage,
    JOIN_WAITLIST => JoinWaitlistPage,
    OFFER => OfferPage,
}
