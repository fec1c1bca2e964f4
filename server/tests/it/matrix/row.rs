//! What a row of the access matrix is: a path as the router writes it, what it is asked with, and who may.

use super::world::Who;
use uuid::Uuid;

/// Whose object the request names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The one of the patient or therapist whom the matrix is about.
    Real,
    /// An id that nothing has.
    Absent,
}

/// A kind of thing that a request can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// A day on which the clinic is shut.
    Closure,
    Hold,
    Item,
    /// A time that is kept for somebody on the waiting list.
    KeptTime,
    /// One about the visit that did not arrive.
    Letter,
    Override,
    Patient,
    /// Questions before a visit, not published.
    Prescreen,
    /// Another time for the visit, kept until the patient answers.
    Proposal,
    ProposedTime,
    Request,
    SavedView,
    Service,
    Session,
    Template,
    Therapist,
    TimeOff,
    /// A file of therapist A that is on its way.
    Upload,
    /// A visit of the patient with therapist A.
    Visit,
    /// A place on the waiting list.
    Wish,
}

impl Object {
    pub const ALL: [Self; 20] = [
        Self::Closure,
        Self::Hold,
        Self::Item,
        Self::KeptTime,
        Self::Letter,
        Self::Override,
        Self::Patient,
        Self::Prescreen,
        Self::Proposal,
        Self::ProposedTime,
        Self::Request,
        Self::SavedView,
        Self::Service,
        Self::Session,
        Self::Template,
        Self::Therapist,
        Self::TimeOff,
        Self::Upload,
        Self::Visit,
        Self::Wish,
    ];
}

/// One argument of a request, or what stands for a name in braces of its path.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    Id(Object),
    /// An item of the desk: its kind, and the thing behind it.
    Item(&'static str, Object),
    /// What a therapist offers, as the desk's form writes it: the two ids with a dot between them.
    Offer,
    Text(&'static str),
    /// A fresh idempotency key.
    Key,
}

impl Value {
    fn write(self, id: &impl Fn(Object) -> Uuid) -> String {
        match self {
            Self::Id(object) => id(object).to_string(),
            Self::Item(kind, object) => format!("{kind}-{}", id(object)),
            Self::Offer => format!("{}.{}", id(Object::Therapist), id(Object::Service)),
            Self::Text(text) => text.to_owned(),
            Self::Key => Uuid::now_v7().to_string(),
        }
    }
}

pub type Values = &'static [(&'static str, Value)];

/// One path of the house and one method of it.
#[derive(Debug)]
pub struct Row {
    pub path: &'static str,
    pub may: &'static [Who],
    /// Ending a thing that is not there is fine for whoever may end such things.
    pub absent_is_fine: bool,
    /// A link: whoever may is led on, so that a redirect is what being let in looks like.
    pub leads: bool,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `POST /api/{path}` with these arguments as a form.
    ServerFunction(Values),
    /// A page, a file, an upload: `places` fills the braces of the path.
    Route {
        method: &'static str,
        places: Values,
        headers: &'static [(&'static str, &'static str)],
        body: &'static str,
    },
    /// Upgraded to a socket: asked over a real line in `socket`.
    Socket,
}

/// A request that is ready to be sent.
#[derive(Debug)]
pub struct Request {
    pub method: &'static str,
    pub address: String,
    pub headers: &'static [(&'static str, &'static str)],
    pub body: String,
}

impl Row {
    pub fn method(&self) -> &'static str {
        match self.kind {
            Kind::ServerFunction(_) => "POST",
            Kind::Route { method, .. } => method,
            Kind::Socket => "GET",
        }
    }

    /// The path as the router knows it.
    pub fn served(&self) -> String {
        match self.kind {
            Kind::ServerFunction(_) => format!("/api/{}", self.path),
            Kind::Route { .. } | Kind::Socket => self.path.to_owned(),
        }
    }

    /// Whether it names something that may be foreign or absent. What a form names of services and therapists is public.
    pub fn has_object(&self) -> bool {
        match self.kind {
            Kind::ServerFunction(arguments) => arguments.iter().any(
                |(_, value)| matches!(value, Value::Id(object) | Value::Item(_, object) if !matches!(object, Object::Service | Object::Therapist)),
            ),
            Kind::Route { places, .. } => places.iter().any(|(_, value)| matches!(value, Value::Id(_))),
            Kind::Socket => true,
        }
    }

    pub fn request(&self, id: impl Fn(Object) -> Uuid) -> Request {
        match self.kind {
            Kind::ServerFunction(arguments) => {
                let pairs: Vec<String> = arguments
                    .iter()
                    .map(|(name, value)| format!("{name}={}", value.write(&id)))
                    .collect();
                Request {
                    method: "POST",
                    address: self.served(),
                    headers: &[("content-type", "application/x-www-form-urlencoded")],
                    body: pairs.join("&"),
                }
            }
            Kind::Route {
                method,
                places,
                headers,
                body,
            } => Request {
                method,
                address: places.iter().fold(self.served(), |address, (name, value)| {
                    address.replace(&format!("{{{name}}}"), &value.write(&id))
                }),
                headers,
                body: body.to_owned(),
            },
            Kind::Socket => unreachable!("a socket is asked over a line"),
        }
    }
}

pub const fn function(path: &'static str, arguments: Values, may: &'static [Who]) -> Row {
    Row {
        path,
        may,
        absent_is_fine: false,
        leads: false,
        kind: Kind::ServerFunction(arguments),
    }
}

/// A page or file, read.
pub const fn page(path: &'static str, places: Values, may: &'static [Who]) -> Row {
    route("GET", path, places, may)
}

/// A link that leads on to another page.
pub const fn link(path: &'static str, places: Values, may: &'static [Who]) -> Row {
    Row {
        leads: true,
        ..page(path, places, may)
    }
}

pub const fn route(method: &'static str, path: &'static str, places: Values, may: &'static [Who]) -> Row {
    sending(method, path, places, &[], "", may)
}

pub const fn sending(
    method: &'static str,
    path: &'static str,
    places: Values,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    may: &'static [Who],
) -> Row {
    Row {
        path,
        may,
        absent_is_fine: false,
        leads: false,
        kind: Kind::Route {
            method,
            places,
            headers,
            body,
        },
    }
}

pub const fn socket(path: &'static str, may: &'static [Who]) -> Row {
    Row {
        path,
        may,
        absent_is_fine: false,
        leads: false,
        kind: Kind::Socket,
    }
}
