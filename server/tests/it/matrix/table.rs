//! The table: each path, what it is asked with, and who may. Whoever is not named may not.

use super::world::Who::{self, Admin, Guardian, Liaison, PatientA, PatientB, TherapistA, TherapistB};
use http::Method;
use uuid::Uuid;

/// Whose object the request names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The one of patient A or therapist A.
    Real,
    /// An id that nothing has.
    Absent,
}

/// A kind of thing that a request can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    Hold,
    Item,
    Override,
    Patient,
    Request,
    Service,
    Session,
    Therapist,
    TimeOff,
    /// A visit of patient A with therapist A whose room is open.
    Visit,
}

impl Object {
    pub const ALL: [Self; 10] = [
        Self::Hold,
        Self::Item,
        Self::Override,
        Self::Patient,
        Self::Request,
        Self::Service,
        Self::Session,
        Self::Therapist,
        Self::TimeOff,
        Self::Visit,
    ];
}

/// One argument of a request.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    Id(Object),
    Text(&'static str),
    /// A fresh idempotency key.
    Key,
}
use Value::{Id, Key, Text};

/// One path of the house.
#[derive(Debug)]
pub struct Row {
    pub path: &'static str,
    pub may: &'static [Who],
    /// Ending a thing that is not there is fine for whoever may end such things.
    pub absent_is_fine: bool,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    ServerFunction(&'static [(&'static str, Value)]),
    /// `GET`, with `{id}` in the path.
    Route(Option<Object>),
}

impl Row {
    pub fn has_object(&self) -> bool {
        match &self.kind {
            Kind::ServerFunction(arguments) => arguments.iter().any(
                |(_, value)| matches!(value, Id(object) if !matches!(object, Object::Service | Object::Therapist)),
            ),
            Kind::Route(object) => object.is_some(),
        }
    }

    pub const fn method(&self) -> Method {
        match self.kind {
            Kind::ServerFunction(_) => Method::POST,
            Kind::Route(_) => Method::GET,
        }
    }

    pub fn address(&self, id: impl Fn(Object) -> Uuid) -> String {
        match self.kind {
            Kind::ServerFunction(_) => format!("/api/{}", self.path),
            Kind::Route(None) => self.path.to_owned(),
            Kind::Route(Some(object)) => self.path.replace("{id}", &id(object).to_string()),
        }
    }

    /// The body, as a form.
    pub fn form(&self, id: impl Fn(Object) -> Uuid) -> String {
        let Kind::ServerFunction(arguments) = &self.kind else {
            return String::new();
        };
        let pairs: Vec<String> = arguments
            .iter()
            .map(|(name, value)| match value {
                Id(object) => format!("{name}={}", id(*object)),
                Text(text) => format!("{name}={text}"),
                Key => format!("{name}={}", Uuid::now_v7()),
            })
            .collect();
        pairs.join("&")
    }
}

const fn function(path: &'static str, arguments: &'static [(&'static str, Value)], may: &'static [Who]) -> Row {
    Row {
        path,
        may,
        absent_is_fine: false,
        kind: Kind::ServerFunction(arguments),
    }
}

const fn page(path: &'static str, may: &'static [Who]) -> Row {
    Row {
        path,
        may,
        absent_is_fine: true,
        kind: Kind::Route(None),
    }
}

const fn thing(path: &'static str, object: Object, may: &'static [Who]) -> Row {
    Row {
        path,
        may,
        absent_is_fine: false,
        kind: Kind::Route(Some(object)),
    }
}

const EVERYBODY: &[Who] = &Who::ALL;
const SIGNED_IN: &[Who] = &[
    PatientA,
    PatientB,
    Guardian,
    TherapistA,
    TherapistB,
    Liaison,
    Who::Partner,
    Admin,
];
const FAMILIES: &[Who] = &[PatientA, PatientB, Guardian];
const THERAPISTS: &[Who] = &[TherapistA, TherapistB];

pub const SERVER_FUNCTIONS: &[Row] = &[
    function(
        "identity/sign_in",
        &[("email", Text("nobody@demo.example")), ("password", Text("wrong"))],
        EVERYBODY,
    ),
    function("identity/typed_email", &[], EVERYBODY),
    function("identity/me", &[], SIGNED_IN),
    function("identity/my_sessions", &[], SIGNED_IN),
    Row {
        absent_is_fine: true,
        ..function("identity/end_session", &[("session", Id(Object::Session))], &[PatientA])
    },
    function("library/list_items", &[], THERAPISTS),
    function(
        "library/rename_item",
        &[("item", Id(Object::Item)), ("name", Text("Trees"))],
        &[TherapistA],
    ),
    function("library/open_kit", &[("visit", Id(Object::Visit))], &[TherapistA]),
    function(
        "library/add_to_kit",
        &[("visit", Id(Object::Visit)), ("item", Id(Object::Item))],
        &[TherapistA],
    ),
    function(
        "library/move_in_kit",
        &[
            ("visit", Id(Object::Visit)),
            ("item", Id(Object::Item)),
            ("place", Text("0")),
        ],
        &[TherapistA],
    ),
    function(
        "library/take_from_kit",
        &[("visit", Id(Object::Visit)), ("item", Id(Object::Item))],
        &[TherapistA],
    ),
    function(
        "library/choose_waiting_video",
        &[("visit", Id(Object::Visit))],
        &[TherapistA],
    ),
    function(
        "library/write_message",
        &[("visit", Id(Object::Visit)), ("text", Text("Hello"))],
        &[TherapistA],
    ),
    function(
        "library/remove_item",
        &[("item", Id(Object::Item)), ("sure", Text("false"))],
        &[TherapistA],
    ),
    function("people/my_patients", &[], THERAPISTS),
    function(
        "people/open_patient",
        &[("patient", Id(Object::Patient))],
        &[PatientA, TherapistA, Liaison],
    ),
    function("people/add_patient", &[("form[given_name]", Text("Zoe"))], THERAPISTS),
    function(
        "room/open_door",
        &[("visit", Id(Object::Visit))],
        &[PatientA, TherapistA],
    ),
    function("scheduling/find_therapists", &[], FAMILIES),
    function(
        "scheduling/therapist_times",
        &[("therapist", Id(Object::Therapist))],
        FAMILIES,
    ),
    function("scheduling/get_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/save_reason",
        &[("hold", Id(Object::Hold)), ("reason", Text("sleep"))],
        &[PatientA],
    ),
    function("scheduling/extend_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/request_visit",
        &[("hold", Id(Object::Hold)), ("reason", Text("sleep")), ("key", Key)],
        &[PatientA],
    ),
    function("scheduling/retake_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function("scheduling/release_hold", &[("hold", Id(Object::Hold))], &[PatientA]),
    function(
        "scheduling/take_hold",
        &[
            ("therapist", Id(Object::Therapist)),
            ("service", Id(Object::Service)),
            ("starts", Text("2027-03-02T15:00:00Z")),
            ("for_patient", Id(Object::Patient)),
        ],
        &[PatientA],
    ),
    function("scheduling/my_calendar", &[("past", Text("false"))], FAMILIES),
    function(
        "scheduling/get_request",
        &[("request", Id(Object::Request))],
        &[PatientA],
    ),
    function("scheduling/list_requests", &[], &[Liaison]),
    function(
        "scheduling/request_detail",
        &[("request", Id(Object::Request))],
        &[Liaison],
    ),
    function(
        "scheduling/approve_request",
        &[("request", Id(Object::Request)), ("key", Key)],
        &[Liaison],
    ),
    function(
        "scheduling/decline_request",
        &[
            ("request", Id(Object::Request)),
            ("reason", Text("no_licence")),
            ("key", Key),
        ],
        &[Liaison],
    ),
    function(
        "scheduling/withdraw_request",
        &[("request", Id(Object::Request)), ("key", Key)],
        &[PatientA],
    ),
    function("scheduling/desk_visits", &[], &[Liaison]),
    function("scheduling/today", &[], THERAPISTS),
    function("scheduling/care_calendar", &[("days", Text("7"))], THERAPISTS),
    function("scheduling/get_availability", &[], THERAPISTS),
    function("scheduling/save_availability", &[], THERAPISTS),
    function("scheduling/add_override", &[("date", Text("2027-05-03"))], THERAPISTS),
    function(
        "scheduling/add_time_off",
        &[("first", Text("2027-05-04")), ("last", Text("2027-05-04"))],
        THERAPISTS,
    ),
    function(
        "scheduling/remove_override",
        &[("id", Id(Object::Override))],
        &[TherapistA],
    ),
    function(
        "scheduling/remove_time_off",
        &[("id", Id(Object::TimeOff))],
        &[TherapistA],
    ),
    function(
        "scheduling/get_visit",
        &[("visit", Id(Object::Visit))],
        &[PatientA, TherapistA, Liaison],
    ),
    function(
        "scheduling/complete_visit",
        &[
            ("visit", Id(Object::Visit)),
            ("outcome", Text("completed")),
            ("key", Key),
        ],
        &[TherapistA],
    ),
    function(
        "scheduling/cancel_visit",
        &[("visit", Id(Object::Visit)), ("reason", Text("unwell")), ("key", Key)],
        &[PatientA, TherapistA, Liaison],
    ),
    function("identity/end_other_sessions", &[], SIGNED_IN),
    function("identity/sign_out", &[], EVERYBODY),
];

/// Pages and media. Whoever is signed in is led home from the sign-in page; the same pictures are in the kit of the
/// guardian's child. A page of an area answers to its audience; what stands on it is guarded by its server functions.
pub const ROUTES: &[Row] = &[
    page("/", EVERYBODY),
    page("/sign-in", &[Who::Nobody, Who::Halfway]),
    page("/my", FAMILIES),
    page("/my/find", FAMILIES),
    page("/my/calendar", FAMILIES),
    page("/my/account", FAMILIES),
    page("/care", THERAPISTS),
    page("/care/calendar", THERAPISTS),
    page("/care/availability", THERAPISTS),
    page("/care/patients", THERAPISTS),
    page("/care/patients/new", THERAPISTS),
    page("/care/library", THERAPISTS),
    page("/care/account", THERAPISTS),
    page("/desk", &[Liaison]),
    page("/desk/visits", &[Liaison]),
    page("/desk/account", &[Liaison]),
    page("/partner", &[Who::Partner]),
    page("/partner/account", &[Who::Partner]),
    page("/admin", &[Admin]),
    page("/admin/account", &[Admin]),
    thing("/media/{id}/full", Object::Item, &[PatientA, Guardian, TherapistA]),
];
