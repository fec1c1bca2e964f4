//! Pages of therapists.

use super::lazy::lazy_pages;
use crate::home::TherapistHomePage;
use library::ui::{LibraryPage, PreparePage};
use people::ui::{NewPatientPage, PatientPage, PatientsPage};
use scheduling::ui::{
    AfterPage, AvailabilityPage, CareCalendarPage, CareMovePage, CarePlanPage, CarePlanSeriesPage, CareSeriesPage,
    CareVisitPage,
};

lazy_pages! {
    care_page, __preload_care_page:
    HOME => TherapistHomePage,
    CALENDAR => CareCalendarPage,
    AVAILABILITY => AvailabilityPage,
    VISIT => CareVisitPage,
    PREPARE => PreparePage,
    AFTER => AfterPage,
    MOVE => CareMovePage,
    PLAN => CarePlanPage,
    PLAN_SERIES => CarePlanSeriesPage,
    SERIES => CareSeriesPage,
    PATIENTS => PatientsPage,
    NEW_PATIENT => NewPatientPage,
    PATIENT => PatientPage,
    LIBRARY => LibraryPage,
}
