//! The server's end of the socket. Before the upgrade: a signed-in actor and an exact Origin. Afterwards: bounded queues,
//! 64 KiB frames, a rate limit, a heartbeat, and an end within five seconds when the sign-in session ends.

mod hub;
mod limit;
mod outlet;
mod socket;
mod wire;

pub use hub::Hub;
pub use outlet::{Inbox, Outlet, frame_of};

use crate::{Closing, Hello, MAX_CLIENT_FRAME};
use axum::{
    Extension, Router,
    extract::{State, WebSocketUpgrade},
    http::{HeaderMap, StatusCode, header::ORIGIN},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{Actor, Clock};
use std::{future::Future, sync::Arc, time::Duration};

/// How often the house asks again whether a session lives and a seat is still somebody's.
pub const CHECK_EVERY: Duration = Duration::from_mins(1);
/// Read buffer of an idle socket, in bytes: thousands of them wait at once.
const READ_BUFFER: usize = 4 * 1024;

/// Where a socket leads.
pub trait Rooms: Clone + Send + Sync + 'static {
    type Seat: Seat;
    /// Decides whether `actor` may come in and greets through `outlet`.
    fn join(
        &self,
        actor: Actor,
        hello: Hello,
        outlet: Outlet,
    ) -> impl Future<Output = Result<Self::Seat, Closing>> + Send;
}

/// A place taken by one socket.
pub trait Seat: Send + 'static {
    /// A body from the client. `Err` closes the socket. Waiting here holds the sender back.
    fn hear(&mut self, body: Vec<u8>) -> impl Future<Output = Result<(), Closing>> + Send;
    /// Asked every `Gate::check_every`: whether the place is still theirs. `Err` closes the socket.
    fn may_stay(&self) -> impl Future<Output = Result<(), Closing>> + Send;
    /// The socket is gone.
    fn leave(self, how: Departure) -> impl Future<Output = ()> + Send;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// The client said so.
    Bye,
    /// Anything else: the person may come back.
    Cut,
}

/// Asked every `Gate::check_every` for each socket, in case the word that a session ended was missed.
pub trait Sessions: Clone + Send + Sync + 'static {
    fn is_live(&self, actor: &Actor) -> impl Future<Output = bool> + Send;
}

/// What the handler needs.
#[derive(Debug, Clone)]
pub struct Gate<R, S> {
    pub rooms: R,
    pub sessions: S,
    pub hub: Hub,
    pub clock: Arc<dyn Clock>,
    /// How often it is asked again what was decided when the line opened: the sign-in session, and the seat.
    pub check_every: Duration,
    /// Exact origins of our own pages, such as `https://clinic.example`.
    pub origins: Arc<[String]>,
}

/// `GET {path}`: the socket.
pub fn router<R: Rooms, S: Sessions>(path: &str, gate: Gate<R, S>) -> Router {
    Router::new().route(path, get(enter::<R, S>)).with_state(gate)
}

async fn enter<R: Rooms, S: Sessions>(
    State(gate): State<Gate<R, S>>,
    actor: Option<Extension<Actor>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !from_our_page(&headers, &gate.origins) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(Extension(actor)) = actor else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_frame_size(MAX_CLIENT_FRAME)
        .max_message_size(MAX_CLIENT_FRAME)
        .on_upgrade(move |socket| socket::serve(socket, actor, gate))
}

/// A browser always names the origin of a socket and no page can forge it; without one the caller is no page of ours.
fn from_our_page(headers: &HeaderMap, origins: &[String]) -> bool {
    headers
        .get(ORIGIN)
        .and_then(|origin| origin.to_str().ok())
        .is_some_and(|origin| origins.iter().any(|ours| ours == origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_exact_origin_gets_in() {
        let ours = ["https://clinic.example".to_owned()];
        for (origin, enters) in [
            (Some("https://clinic.example"), true),
            (Some("https://clinic.example.evil.example"), false),
            (Some("http://clinic.example"), false),
            (Some("null"), false),
            (None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(from_our_page(&headers, &ours), enters, "{origin:?}");
        }
    }
}
