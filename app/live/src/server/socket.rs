//! One socket from hello to close.

use super::{
    Departure, Gate, Rooms, Seat, Sessions, hub::Entry, limit::Limit, outlet::Inbox, outlet::Outlet, wire::Wire,
};
use crate::{BadFrame, ClientFrame, Closing, DEAD_AFTER_MS, Hello, ServerFrame};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use kernel::Actor;
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

const DEAD_AFTER: Duration = Duration::from_millis(DEAD_AFTER_MS as u64);

/// Why a socket stops being served.
enum End {
    /// The client said bye.
    Bye,
    /// The line ended by itself.
    Cut,
    /// We close it.
    Close(Closing),
}

pub(super) async fn serve<R: Rooms, S: Sessions>(socket: WebSocket, actor: Actor, gate: Gate<R, S>) {
    let wire = Arc::new(Wire::new(socket));
    let (outlet, mut inbox) = Outlet::to(Arc::downgrade(&wire));
    // The welcome comes before anything the room may have to say.
    let welcoming = wire.hold();
    // In the hub before anything else: a session that ends during the hello is caught too.
    let _entry: Entry = gate.hub.enter(actor.session, outlet.closer().clone());
    let hello = tokio::select! {
        hello = timeout(DEAD_AFTER, first_frame(&wire)) => hello.unwrap_or(Err(Closing::Silent)),
        why = inbox.ending.closed() => Err(why),
    };
    let joined = match hello {
        Ok(hello) => gate.rooms.join(actor, hello, outlet).await,
        Err(why) => Err(why),
    };
    let mut seat = match joined {
        Ok(seat) => seat,
        Err(why) => return close(&wire, why).await,
    };
    let welcome = ServerFrame::Welcome {
        server_ms: now_ms(&gate),
    };
    let said = send(&wire, &mut inbox, [welcome.encode().into()]).await;
    drop(welcoming);
    let end = match said {
        Ok(()) => run(&gate, actor, &wire, &mut inbox, &mut seat).await,
        Err(end) => end,
    };
    let _ending = wire.hold();
    match end {
        End::Bye => seat.leave(Departure::Bye).await,
        End::Cut => seat.leave(Departure::Cut).await,
        End::Close(why) => {
            seat.leave(departure(why)).await;
            close(&wire, why).await;
        }
    }
}

/// Whoever lost the seat is not waited for.
const fn departure(why: Closing) -> Departure {
    match why {
        Closing::Removed | Closing::CalledOff => Departure::Bye,
        _ => Departure::Cut,
    }
}

async fn first_frame(wire: &Wire) -> Result<Hello, Closing> {
    match wire.next().await {
        Some(Ok(Message::Binary(bytes))) => match ClientFrame::decode(&bytes) {
            Ok(ClientFrame::Hello(hello)) => Ok(hello),
            Err(BadFrame::Version) => Err(Closing::OldPage),
            _ => Err(Closing::BadFrame),
        },
        _ => Err(Closing::BadFrame),
    }
}

async fn run<R: Rooms, S: Sessions>(
    gate: &Gate<R, S>,
    actor: Actor,
    wire: &Wire,
    inbox: &mut Inbox,
    seat: &mut R::Seat,
) -> End {
    let opened = Instant::now();
    let mut heard = opened;
    let mut checked = opened;
    let mut limit = Limit::new();
    let mut ticks = interval(Duration::from_secs(1));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            why = inbox.ending.closed() => {
                // What was queued before the close still goes out: the last event says why the visit ended.
                let mut last = Vec::new();
                while let Some(frame) = inbox.queue.ready() {
                    last.push(frame);
                }
                // The line may be gone already; then nobody is there to read it.
                let _sent = timeout(Duration::from_secs(1), flush(wire, last)).await;
                return End::Close(why);
            }
            frame = inbox.queue.next() => {
                let Some(first) = frame else { return End::Close(Closing::Restart) };
                let mut frames = vec![first];
                while let Some(more) = inbox.queue.ready() {
                    frames.push(more);
                }
                let count = frames.len();
                if let Err(end) = send(wire, inbox, frames).await {
                    return end;
                }
                wire.release(count);
            }
            message = wire.next() => {
                let now = Instant::now();
                heard = now;
                let bytes = match message {
                    Some(Ok(Message::Binary(bytes))) => bytes,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Text(_))) => return End::Close(Closing::BadFrame),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Cut,
                };
                if !limit.take(now - opened) {
                    return End::Close(Closing::TooMany);
                }
                if let Err(end) = hear(gate, &bytes, wire, inbox, seat).await {
                    return end;
                }
            }
            _ = ticks.tick() => {
                if heard.elapsed() > DEAD_AFTER {
                    return End::Close(Closing::Silent);
                }
                if checked.elapsed() >= gate.check_every {
                    checked = Instant::now();
                    if !gate.sessions.is_live(&actor).await {
                        return End::Close(Closing::SessionEnded);
                    }
                    if let Err(why) = seat.may_stay().await {
                        return End::Close(why);
                    }
                }
            }
        }
    }
}

async fn hear<R: Rooms, S: Sessions>(
    gate: &Gate<R, S>,
    bytes: &[u8],
    wire: &Wire,
    inbox: &mut Inbox,
    seat: &mut R::Seat,
) -> Result<(), End> {
    match ClientFrame::decode(bytes) {
        Ok(ClientFrame::Body(body)) => seat.hear(body).await.map_err(End::Close),
        Ok(ClientFrame::Ping { n, t0_us }) => {
            let pong = ServerFrame::Pong {
                n,
                t0_us,
                server_ms: now_ms(gate),
            };
            send(wire, inbox, [pong.encode().into()]).await
        }
        Ok(ClientFrame::Bye) => Err(End::Bye),
        Ok(ClientFrame::Hello(_)) | Err(BadFrame::Malformed) => Err(End::Close(Closing::BadFrame)),
        Err(BadFrame::Version) => Err(End::Close(Closing::OldPage)),
    }
}

/// Writes frames. A reader so slow that the line is full is given up after `DEAD_AFTER`, or when the socket is closed.
async fn send(wire: &Wire, inbox: &mut Inbox, frames: impl IntoIterator<Item = Bytes>) -> Result<(), End> {
    tokio::select! {
        biased;
        sent = timeout(DEAD_AFTER, flush(wire, frames)) => match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Cut),
            Err(_) => Err(End::Close(Closing::TooSlow)),
        },
        why = inbox.ending.closed() => Err(End::Close(why)),
    }
}

async fn flush(wire: &Wire, frames: impl IntoIterator<Item = Bytes>) -> Result<(), axum::Error> {
    wire.write(frames.into_iter().map(Message::Binary)).await
}

/// Says why, in a frame for our client and in the close code for everybody else.
async fn close(wire: &Wire, why: Closing) {
    let code = CloseFrame {
        code: why.code(),
        reason: "".into(),
    };
    let goodbye = wire.write([
        Message::Binary(ServerFrame::Closing(why).encode().into()),
        Message::Close(Some(code)),
    ]);
    // Best effort, and not for long: the line may be the very reason.
    let _said = timeout(Duration::from_secs(1), goodbye).await;
}

fn now_ms<R, S>(gate: &Gate<R, S>) -> u64 {
    u64::try_from(gate.clock.now().timestamp_millis()).unwrap_or(0)
}
