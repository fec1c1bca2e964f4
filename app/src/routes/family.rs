//! Public pages, the account page that every role has, and the pages of patients and guardians: one piece, because a visitor
//! becomes a patient on the same device.

use super::lazy::lazy_pages;
use crate::home::{PatientHomePage, PublicHomePage};
use identity::ui::{AccountPage, SignInPage};
use scheduling::ui::{
    BookPage, CancelPage, FindPage, MyAfterPage, MyCalendarPage, MyVisitPage, RequestPage, TherapistPage,
};

lazy_pages! {
    family_page, __preload_family_page:
    PublicHome => PublicHomePage,
    SignIn => SignInPage,
    Account => AccountPage,
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
