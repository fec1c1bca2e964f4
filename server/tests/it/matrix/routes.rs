//! Every route that is no server function: pages, files, uploads, the socket. Whoever is not named may not.
//!
//! A page of an area answers to its audience; a page about one thing answers to whom the thing concerns, and to everybody
//! else as if it did not exist.

use super::{
    audience::{EVERYBODY, FAMILIES, THERAPISTS},
    row::{
        Object::{Hold, Item, Patient, Request, Therapist, Upload, Visit},
        Row,
        Value::{Id, Text},
        page, route, sending, socket,
    },
    world::Who::{self, Admin, Guardian, Liaison, PatientA, TherapistA},
};

pub const ROUTES: &[Row] = &[
    page("/", &[], EVERYBODY),
    // Whoever is signed in is led home.
    page("/sign-in", &[], &[Who::Nobody, Who::Halfway]),
    page("/kit", &[], EVERYBODY),
    page("/my", &[], FAMILIES),
    page("/my/find", &[], FAMILIES),
    page("/my/find/{therapist}", &[("therapist", Id(Therapist))], FAMILIES),
    page("/my/book/{hold}", &[("hold", Id(Hold))], &[PatientA]),
    page("/my/requests/{request}", &[("request", Id(Request))], &[PatientA]),
    page("/my/calendar", &[], FAMILIES),
    page("/my/visits/{visit}", &[("visit", Id(Visit))], &[PatientA]),
    page("/my/visits/{visit}/cancel", &[("visit", Id(Visit))], &[PatientA]),
    page("/my/visits/{visit}/after", &[("visit", Id(Visit))], &[PatientA]),
    page("/my/account", &[], FAMILIES),
    page("/care", &[], THERAPISTS),
    page("/care/calendar", &[], THERAPISTS),
    page("/care/availability", &[], THERAPISTS),
    page("/care/visits/{visit}", &[("visit", Id(Visit))], &[TherapistA]),
    page("/care/visits/{visit}/prepare", &[("visit", Id(Visit))], &[TherapistA]),
    page("/care/visits/{visit}/after", &[("visit", Id(Visit))], &[TherapistA]),
    page("/care/patients", &[], THERAPISTS),
    page("/care/patients/new", &[], THERAPISTS),
    page("/care/patients/{patient}", &[("patient", Id(Patient))], &[TherapistA]),
    page("/care/library", &[], THERAPISTS),
    page("/care/account", &[], THERAPISTS),
    page("/desk", &[], &[Liaison]),
    page("/desk/queue/{request}", &[("request", Id(Request))], &[Liaison]),
    page("/desk/visits", &[], &[Liaison]),
    page("/desk/account", &[], &[Liaison]),
    page("/partner", &[], &[Who::Partner]),
    page("/partner/account", &[], &[Who::Partner]),
    page("/admin", &[], &[Admin]),
    page("/admin/account", &[], &[Admin]),
    page("/room/{visit}", &[("visit", Id(Visit))], &[PatientA, TherapistA]),
    // The demo clinic shows the same pictures to Ana and to Bo.
    page(
        "/media/{item}/{variant}",
        &[("item", Id(Item)), ("variant", Text("full"))],
        &[PatientA, Guardian, TherapistA],
    ),
    sending(
        "POST",
        "/uploads",
        &[],
        &[("content-type", "application/json")],
        r#"{"name":"trees.png","bytes":100,"mime":"image/png","duration_ms":0}"#,
        THERAPISTS,
    ),
    route("HEAD", "/uploads/{item}", &[("item", Id(Upload))], &[TherapistA]),
    sending(
        "PATCH",
        "/uploads/{item}",
        &[("item", Id(Upload))],
        &[("upload-offset", "0")],
        "",
        &[TherapistA],
    ),
    socket("/live", &[PatientA, TherapistA]),
    page("/healthz", &[], EVERYBODY),
    sending(
        "POST",
        "/csp-report",
        &[],
        &[("content-type", "application/reports+json")],
        "[]",
        EVERYBODY,
    ),
    page("/pkg/{*file}", &[("*file", Text("teletherapy.css"))], EVERYBODY),
    page("/favicon.svg", &[], EVERYBODY),
    page("/icons.svg", &[], EVERYBODY),
    page("/manifest.webmanifest", &[], EVERYBODY),
];
