//! What a socket costs on this machine: a relay that hands every frame to everybody at once and knows nothing. No room, no
//! rights, no log, no merging. The room's cost is judged beside it, in the same run.

use super::{bots::DRAWING, bots::DRAWN, stage};
use axum::{
    Router,
    extract::{State, WebSocketUpgrade, ws},
    response::Response,
    routing::get,
    serve::ListenerExt as _,
};
use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// As long as a frame with three points of a stroke.
const FRAME: usize = 40;

/// Serves the relay on a free port.
pub async fn serve() -> u16 {
    let everybody = broadcast::Sender::<Bytes>::new(1_024);
    let router = Router::new().route("/live", get(enter)).with_state(everybody);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("no port");
    let port = listener.local_addr().expect("no address").port();
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("no line"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

async fn enter(State(everybody): State<broadcast::Sender<Bytes>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.write_buffer_size(0).on_upgrade(async move |mut socket| {
        let mut heard = everybody.subscribe();
        loop {
            tokio::select! {
                frame = socket.recv() => match frame {
                    // Nobody listening is fine.
                    Some(Ok(ws::Message::Binary(bytes))) => drop(everybody.send(bytes)),
                    _ => return,
                },
                Ok(bytes) = heard.recv() => if socket.send(ws::Message::Binary(bytes)).await.is_err() { return },
            }
        }
    })
}

/// The crowd of the relay: everybody sends at the same pace as the bots draw. Tells how many frames came out.
pub fn main(args: &[String]) {
    let number = |n: usize| args[n].parse::<u64>().expect("not a number");
    tokio::runtime::Runtime::new()
        .expect("no runtime")
        .block_on(crowd(number(0), number(1), number(2), number(3)));
}

async fn crowd(port: u64, people: u64, seconds: u64, pace: u64) {
    let mut sockets = Vec::new();
    for _ in 0..people {
        let mut request = format!("ws://127.0.0.1:{port}/live")
            .into_client_request()
            .expect("not an address");
        request
            .headers_mut()
            .insert("origin", stage::ORIGIN.parse().expect("not an origin"));
        let (socket, _) = tokio_tungstenite::connect_async_with_config(request, None, true)
            .await
            .expect("no socket");
        sockets.push(socket);
    }
    println!("{DRAWING}");
    let gap = Duration::from_micros(1_000_000 / pace);
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    let mut tasks = Vec::new();
    for (n, socket) in (0_u32..).zip(sockets) {
        tasks.push(tokio::spawn(async move {
            let (mut sink, mut stream) = socket.split();
            let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + gap * (n % 43) / 43, gap);
            let mut delivered = 0_u64;
            loop {
                tokio::select! {
                    () = tokio::time::sleep_until(end) => return delivered,
                    _ = beat.tick() => sink.send(Message::Binary(vec![0; FRAME].into())).await.expect("no line"),
                    frame = stream.next() => delivered += u64::from(matches!(frame, Some(Ok(Message::Binary(_))))),
                }
            }
        }));
    }
    let mut delivered = 0;
    for task in tasks {
        delivered += task.await.expect("a bot panicked");
    }
    println!("{DRAWN}");
    println!("delivered {delivered}");
}
