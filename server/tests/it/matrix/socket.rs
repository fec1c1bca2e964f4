//! The rows that become a socket, asked over a real line: who may open one, and whose room it leads into.

use super::{
    routes::ROUTES,
    row::{Ask, Kind, Object},
    world::{Concerns, Who, World},
};
use crate::clinic::ORIGIN;
use futures::{SinkExt, StreamExt};
use http::{HeaderValue, header};
use live::{ClientFrame, Closing, Hello, ServerFrame};
use std::{net::SocketAddr, time::Duration};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message, client::IntoClientRequest};
use uuid::Uuid;

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// Refused before it is a socket, with this status.
    Refused(u16),
    /// A socket that leads nowhere.
    Closed(Closing),
    Welcome,
}

impl Begins {
    /// A room that is not open yet has told that it exists.
    const fn is_let_in(self) -> bool {
        matches!(self, Self::Welcome | Self::Closed(Closing::NotOpen))
    }
}

#[tokio::test]
async fn a_socket_leads_into_ones_own_rooms_only() {
    for concerns in [Concerns::PatientA, Concerns::ChildOfGuardian] {
        let world = World::start(concerns).await;
        let at = world.clinic.listen().await;
        let row = ROUTES
            .iter()
            .find(|row| matches!(row.kind, Kind::Socket))
            .expect("the matrix has a socket");
        for who in Who::ALL {
            let cookie = world.cookie(who);
            let real = begin(at, row.path, cookie, world.id(Object::Visit, Ask::Real)).await;
            let absent = begin(at, row.path, cookie, world.id(Object::Visit, Ask::Absent)).await;
            assert!(!absent.is_let_in(), "{who:?}, absent: {absent:?}");
            assert_eq!(real.is_let_in(), concerns.lets(row, who), "{who:?}: {real:?}");
            if !concerns.lets(row, who) {
                assert_eq!(real, absent, "{who:?} can tell foreign from absent");
            }
        }
    }
}

async fn begin(at: SocketAddr, path: &str, cookie: Option<&str>, visit: Uuid) -> Begins {
    let mut request = format!("ws://{at}{path}").into_client_request().expect("a request");
    let headers = request.headers_mut();
    headers.insert(header::ORIGIN, HeaderValue::from_static(ORIGIN));
    if let Some(cookie) = cookie {
        headers.insert(header::COOKIE, cookie.parse().expect("a cookie"));
    }
    let mut line = match tokio_tungstenite::connect_async(request).await {
        Ok((line, _)) => line,
        Err(Error::Http(answer)) => return Begins::Refused(answer.status().as_u16()),
        Err(error) => panic!("no line: {error}"),
    };
    let hello = ClientFrame::Hello(Hello {
        room: visit,
        device: Uuid::from_u128(9),
        epoch: 0,
        last_seq: 0,
    });
    line.send(Message::Binary(hello.encode().into()))
        .await
        .expect("the line holds");
    let first = timeout(Duration::from_secs(8), line.next())
        .await
        .expect("the server says something")
        .expect("before it ends the line")
        .expect("in a whole message");
    match ServerFrame::decode(&first.into_data()) {
        Ok(ServerFrame::Welcome { .. }) => Begins::Welcome,
        Ok(ServerFrame::Closing(why)) => Begins::Closed(why),
        other => panic!("a line begins with {other:?}"),
    }
}
