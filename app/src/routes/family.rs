//! Pages of patients and guardians.

use super::lazy::lazy_pages;
use crate::home::PatientHomePage;
use scheduling::ui::{
    BookPage, CancelPage, FindPage, MyAfterPage, MyCalendarPage, MyVisitPage, RequestPage, TherapistPage,
};

lazy_pages! {
    family_page, __preload_family_page:
    Home => PatientHomePage,
    Find => FindPage,
    Therapist => TherapistPage,
    Book => BookPage,
    Request => RequestPage,
    Calendar => MyCalendarPage,
    Visit => MyVisitPage,
    Cancel => CancelPage,
    After => MyAfterPage,
}
