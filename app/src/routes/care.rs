//! Pages of therapists.

use super::lazy::lazy_pages;
use crate::home::TherapistHomePage;
use library::ui::{LibraryPage, PreparePage};
use people::ui::{NewPatientPage, PatientPage, PatientsPage};
use scheduling::ui::{AfterPage, AvailabilityPage, CareCalendarPage, CareVisitPage};

lazy_pages! {
    care_page, __preload_care_page:
    Home => TherapistHomePage,
    Calendar => CareCalendarPage,
    Availability => AvailabilityPage,
    Visit => CareVisitPage,
    Prepare => PreparePage,
    After => AfterPage,
    Patients => PatientsPage,
    NewPatient => NewPatientPage,
    Patient => PatientPage,
    Library => LibraryPage,
}
