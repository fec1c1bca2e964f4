//! The socket over a real line: who gets in, and how it ends.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

use axum::{extract::Request, middleware::Next};
use futures::{SinkExt, StreamExt};
use kernel::{AccountId, Actor, Role, SessionId, SystemClock};
use live::{
    ClientFrame, Closing, Hello, Hub, Outlet, Rooms, Seat, ServerFrame, Sessions,
    server::{Departure, Gate, frame_of},
};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest},
};
use uuid::Uuid;

const ORIGIN: &str = "https://clinic.example";
/// A room in which nobody may stay.
const LOST: Uuid = Uuid::from_u128(2);

/// Says back what it hears, and remembers who left how.
/// Told to cry, it sends many frames from a task of its own, as a room does.
#[derive(Debug, Clone, Default)]
struct Echo(Arc<Mutex<Vec<Departure>>>);

struct Chair {
    outlet: Outlet,
    /// Taken away as soon as somebody looks.
    lost: bool,
    left: Arc<Mutex<Vec<Departure>>>,
}

impl Rooms for Echo {
    type Seat = Chair;
    async fn join(&self, _actor: Actor, hello: Hello, outlet: Outlet) -> Result<Chair, Closing> {
        if hello.room.is_nil() {
            return Err(Closing::NotAllowed);
        }
        Ok(Chair {
            outlet,
            lost: hello.room == LOST,
            left: Arc::clone(&self.0),
        })
    }
}

impl Seat for Chair {
    async fn hear(&mut self, body: Vec<u8>) -> Result<(), Closing> {
        match body.strip_prefix(b"cry ") {
            Some(&[many, size]) => {
                let outlet = self.outlet.clone();
                tokio::spawn(async move {
                    for n in 0..many {
                        outlet.send(frame_of(vec![n; usize::from(size) * 1_000 + 1]));
                    }
                });
            }
            _ => self.outlet.send(frame_of(body)),
        }
        Ok(())
    }
    async fn may_stay(&self) -> Result<(), Closing> {
        if self.lost { Err(Closing::Removed) } else { Ok(()) }
    }
    async fn leave(self, how: Departure) {
        self.left.lock().unwrap().push(how);
    }
}

#[derive(Debug, Clone)]
struct Valid;

impl Sessions for Valid {
    async fn is_live(&self, _actor: &Actor) -> bool {
        true
    }
}

fn session() -> SessionId {
    SessionId::new(Uuid::from_u128(3))
}

async fn sign_in(mut request: Request, next: Next) -> axum::response::Response {
    if request.headers().contains_key("x-signed-in") {
        request.extensions_mut().insert(Actor {
            account: AccountId::new(Uuid::from_u128(2)),
            role: Role::Patient,
            session: session(),
        });
    }
    next.run(request).await
}

struct Server {
    port: u16,
    hub: Hub,
    left: Arc<Mutex<Vec<Departure>>>,
}

async fn server() -> Server {
    let (hub, rooms) = (Hub::default(), Echo::default());
    let left = Arc::clone(&rooms.0);
    let gate = Gate {
        rooms,
        sessions: Valid,
        hub: hub.clone(),
        clock: Arc::new(SystemClock),
        check_every: Duration::from_secs(1),
        origins: Arc::from([ORIGIN.to_owned()]),
    };
    let router = live::server::router("/live", gate).layer(axum::middleware::from_fn(sign_in));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Server { port, hub, left }
}

type Line = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn dial(server: &Server, origin: Option<&str>, signed_in: bool) -> Result<Line, tungstenite::Error> {
    let mut request = format!("ws://127.0.0.1:{}/live", server.port).into_client_request()?;
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    if signed_in {
        request.headers_mut().insert("x-signed-in", "1".parse().unwrap());
    }
    Ok(tokio_tungstenite::connect_async(request).await?.0)
}

async fn say(line: &mut Line, frame: &ClientFrame) {
    line.send(Message::Binary(frame.encode().into())).await.unwrap();
}

async fn hear(line: &mut Line) -> Option<ServerFrame> {
    match timeout(Duration::from_secs(8), line.next()).await.unwrap()? {
        Ok(Message::Binary(bytes)) => Some(ServerFrame::decode(&bytes).unwrap()),
        _ => None,
    }
}

/// Reads until the server closes; its reason.
async fn closing(line: &mut Line) -> Option<Closing> {
    loop {
        match timeout(Duration::from_secs(8), line.next())
            .await
            .expect("it was never closed")
        {
            Some(Ok(Message::Close(Some(frame)))) => return Closing::from_code(frame.code.into()),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return None,
        }
    }
}

async fn greeted(server: &Server, room: u128) -> Line {
    let mut line = dial(server, Some(ORIGIN), true).await.unwrap();
    let hello = Hello {
        room: Uuid::from_u128(room),
        device: Uuid::from_u128(9),
        epoch: 0,
        last_seq: 0,
    };
    say(&mut line, &ClientFrame::Hello(hello)).await;
    line
}

async fn open(server: &Server) -> Line {
    let mut line = greeted(server, 1).await;
    assert!(matches!(hear(&mut line).await, Some(ServerFrame::Welcome { .. })));
    line
}

#[tokio::test]
async fn only_a_signed_in_page_of_ours_gets_in() {
    let server = server().await;
    for (origin, signed_in, status) in [
        (None, true, 403),
        (Some("https://evil.example"), true, 403),
        (Some("https://clinic.example.evil.example"), true, 403),
        (Some(ORIGIN), false, 401),
    ] {
        let refused = dial(&server, origin, signed_in).await.err();
        let Some(tungstenite::Error::Http(answer)) = refused else {
            panic!("{origin:?}: {refused:?}")
        };
        assert_eq!(answer.status(), status, "{origin:?}");
    }
    let mut foreign = greeted(&server, 0).await;
    assert_eq!(closing(&mut foreign).await, Some(Closing::NotAllowed));
}

#[tokio::test]
async fn bodies_and_pings_are_answered() {
    let server = server().await;
    let mut line = open(&server).await;
    say(&mut line, &ClientFrame::Body(vec![1, 2, 3])).await;
    assert_eq!(hear(&mut line).await, Some(ServerFrame::Body(vec![1, 2, 3])));
    say(&mut line, &ClientFrame::Ping { n: 7, t0_us: 5 }).await;
    assert!(matches!(
        hear(&mut line).await,
        Some(ServerFrame::Pong { n: 7, t0_us: 5, .. })
    ));
    say(&mut line, &ClientFrame::Bye).await;
    while line.next().await.is_some_and(|message| message.is_ok()) {}
    assert_eq!(*server.left.lock().unwrap(), [Departure::Bye]);
}

#[tokio::test]
async fn signed_out_means_out() {
    let server = server().await;
    let (mut one, mut two) = (open(&server).await, open(&server).await);
    let began = Instant::now();
    server.hub.end_session(session());
    for line in [&mut one, &mut two] {
        assert_eq!(closing(line).await, Some(Closing::SessionEnded));
    }
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(server.hub.open_sockets(), 0);
}

#[tokio::test]
async fn another_session_ends_alone() {
    let server = server().await;
    let mut line = open(&server).await;
    server.hub.end_session(SessionId::new(Uuid::from_u128(4)));
    say(&mut line, &ClientFrame::Body(vec![1])).await;
    assert_eq!(hear(&mut line).await, Some(ServerFrame::Body(vec![1])));
}

#[tokio::test]
async fn a_seat_that_is_lost_is_left_at_the_next_look_and_for_good() {
    let server = server().await;
    let (mut stays, mut lost) = (open(&server).await, greeted(&server, LOST.as_u128()).await);
    assert_eq!(closing(&mut lost).await, Some(Closing::Removed));
    assert_eq!(
        *server.left.lock().unwrap(),
        [Departure::Bye],
        "nobody waits for a return"
    );
    say(&mut stays, &ClientFrame::Body(vec![1])).await;
    assert_eq!(hear(&mut stays).await, Some(ServerFrame::Body(vec![1])));
}

#[tokio::test]
async fn rubbish_old_pages_and_floods_are_closed() {
    let server = server().await;
    let mut rubbish = open(&server).await;
    rubbish
        .send(Message::Binary(vec![live::VERSION, 99].into()))
        .await
        .unwrap();
    assert_eq!(closing(&mut rubbish).await, Some(Closing::BadFrame));

    let mut old = open(&server).await;
    old.send(Message::Binary(vec![live::VERSION + 1].into())).await.unwrap();
    assert_eq!(closing(&mut old).await, Some(Closing::OldPage));

    let mut flood = open(&server).await;
    let ping = ClientFrame::Ping { n: 0, t0_us: 0 }.encode();
    for _ in 0..2_000 {
        // It may be closed before all of it is sent.
        if flood.send(Message::Binary(ping.clone().into())).await.is_err() {
            break;
        }
    }
    assert!(matches!(closing(&mut flood).await, Some(Closing::TooMany) | None));

    let mut large = open(&server).await;
    let body = ClientFrame::Body(vec![0; live::MAX_CLIENT_FRAME + 1]).encode();
    // The server stops reading in the middle.
    let _sent = large.send(Message::Binary(body.into())).await;
    assert_eq!(closing(&mut large).await, None);
}

#[tokio::test]
async fn silence_is_taken_for_a_dead_line() {
    let server = server().await;
    let mut line = open(&server).await;
    let began = Instant::now();
    assert_eq!(closing(&mut line).await, Some(Closing::Silent));
    assert!(began.elapsed() >= Duration::from_secs(5));
    assert_eq!(*server.left.lock().unwrap(), [Departure::Cut]);
}

/// The next body; how many pongs came before it.
async fn body(line: &mut Line) -> (Vec<u8>, usize) {
    let mut pongs = 0;
    loop {
        let frame = hear(line).await.expect("it was closed");
        if let ServerFrame::Body(body) = frame {
            return (body, pongs);
        }
        assert!(matches!(frame, ServerFrame::Pong { .. }), "{frame:?}");
        pongs += 1;
    }
}

/// Ten megabytes before the reader reads the first: more than a line takes at once.
#[tokio::test]
async fn frames_that_wait_for_a_slow_reader_stay_in_order() {
    let server = server().await;
    let mut line = open(&server).await;
    for round in 0..2 {
        say(&mut line, &ClientFrame::Body(b"cry \xc8\x32".to_vec())).await;
        for n in 0..200 {
            assert_eq!(body(&mut line).await.0, vec![n; 50_001], "round {round}");
        }
    }
    // The line is free again, and so is its task.
    say(&mut line, &ClientFrame::Body(vec![1, 2, 3])).await;
    assert_eq!(body(&mut line).await.0, [1, 2, 3]);
}

/// The room writes while the socket's task answers pings on the same line.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_write_at_once_do_not_mix() {
    let server = server().await;
    let mut line = open(&server).await;
    let mut pongs = 0;
    for _ in 0..20 {
        say(&mut line, &ClientFrame::Body(b"cry \xc8\x00".to_vec())).await;
        say(&mut line, &ClientFrame::Ping { n: 0, t0_us: 0 }).await;
        for n in 0..200 {
            let (body, before) = body(&mut line).await;
            assert_eq!(body, [n]);
            pongs += before;
        }
    }
    say(&mut line, &ClientFrame::Body(vec![0])).await;
    pongs += body(&mut line).await.1;
    assert_eq!(pongs, 20);
}
