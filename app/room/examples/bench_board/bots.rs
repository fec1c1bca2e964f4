//! The crowd: each bot holds a socket and a whole replica, draws at a steady pace and times what it sees of the others.

use super::{cpu, stage};
use futures::{SinkExt, StreamExt, stream::SplitSink, stream::SplitStream};
use live::{ClientFrame, Hello, ServerFrame};
use room::model::{
    Act, Change, ClientMsg, Color, Ink, Op, OpId, Point, Replica, RoomState, ServerMsg, Sheet, Tool, Width,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, sync::watch, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest},
};
use uuid::Uuid;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
/// When each operation was sent; shared by all bots of this process.
type Sent = Arc<Mutex<HashMap<OpId, Instant>>>;

/// One stroke: a begin, so many appends, an end.
const APPENDS: u32 = 18;

/// Said when everybody is inside, and when everybody has heard everything.
pub const DRAWING: &str = "drawing";
pub const DRAWN: &str = "drawn";

/// What the bots tell on their standard output.
pub struct Told {
    pub replicas: usize,
    pub delivered: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub cpu_percent: f64,
}

impl Told {
    pub fn read(output: &str) -> Self {
        let value = |name: &str| -> f64 {
            let line = output.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|value| value.trim().parse().ok())
                .unwrap_or_else(|| panic!("the bots told no {name}: {output}"))
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bots")]
        Self {
            replicas: value("replicas") as usize,
            delivered: value("delivered"),
            p50_ms: value("p50"),
            p99_ms: value("p99"),
            cpu_percent: value("cpu"),
        }
    }
}

pub fn main(args: &[String]) {
    let number = |n: usize| args[n].parse::<u64>().expect("not a number");
    tokio::runtime::Runtime::new()
        .expect("no runtime")
        .block_on(crowd(number(0), number(1), number(2), number(3)));
}

async fn crowd(port: u64, people: u64, seconds: u64, pace: u64) {
    let sent = Sent::default();
    let (stop, stopped) = watch::channel(false);
    let mut host = Bot::join(port, 0).await;
    let mut guests = Vec::new();
    for n in 1..people {
        let guest = Bot::join(port, n).await;
        let who = guest.greeting.me;
        host.act(Act::Admit { who }).await;
        guests.push(guest);
    }
    for guest in &mut guests {
        guest.admitted().await;
    }
    println!("{DRAWING}");
    let (cpu_before, started) = (cpu::of_this_process(), Instant::now());
    let mut tasks = Vec::new();
    for (n, bot) in std::iter::once(host).chain(guests).enumerate() {
        tasks.push(tokio::spawn(bot.play(
            n as u64,
            pace,
            Arc::clone(&sent),
            stopped.clone(),
        )));
    }
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.send_replace(true);
    let mut seen = Vec::new();
    for task in tasks {
        seen.push(task.await.expect("a bot panicked"));
    }
    println!("{DRAWN}");
    let cpu_time = cpu::of_this_process().saturating_sub(cpu_before);
    let share = cpu_time.as_secs_f64() / started.elapsed().as_secs_f64() * 100.0;

    // The truth: what the server tells somebody who comes now.
    let truth = Bot::join(port, 0).await.greeting.state;
    for (n, bot) in seen.iter().enumerate() {
        assert!(bot.is_kept, "bot {n} was not answered");
        assert_eq!(bot.hash, truth.stage_hash(), "bot {n} ended different from the server");
    }
    let mut delays: Vec<Duration> = seen.iter().flat_map(|bot| bot.delays.iter().copied()).collect();
    delays.sort_unstable();
    let at = |share: usize| delays[(delays.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!("replicas {}", seen.len());
    println!("delivered {}", seen.iter().map(|bot| bot.delivered).sum::<u64>());
    println!("p50 {}", at(50));
    println!("p99 {}", at(99));
    println!("cpu {share}");
}

struct Bot {
    sink: SplitSink<Socket, Message>,
    stream: SplitStream<Socket>,
    greeting: room::model::Greeting,
    next_op: u32,
}

/// What a bot has seen when it is done.
struct Seen {
    delays: Vec<Duration>,
    delivered: u64,
    hash: u64,
    /// Everything it drew was told, and then acknowledged as kept.
    is_kept: bool,
}

impl Bot {
    async fn join(port: u64, number: u64) -> Self {
        let mut request = format!("ws://127.0.0.1:{port}/live")
            .into_client_request()
            .expect("not an address");
        let headers = request.headers_mut();
        headers.insert("origin", stage::ORIGIN.parse().expect("not an origin"));
        headers.insert("x-bot", number.to_string().parse().expect("not a number"));
        // Without Nagle's algorithm, as browsers do.
        let (socket, _) = tokio_tungstenite::connect_async_with_config(request, None, true)
            .await
            .expect("no socket");
        let (mut sink, mut stream) = socket.split();
        let hello = ClientFrame::Hello(Hello {
            room: stage::visit().uuid(),
            device: Uuid::from_u128(u128::from(number)),
            epoch: 0,
            last_seq: 0,
        });
        sink.send(Message::Binary(hello.encode().into()))
            .await
            .expect("no line");
        let greeting = snapshot(&mut stream).await;
        Self {
            sink,
            stream,
            next_op: greeting.last_op + 1,
            greeting,
        }
    }

    async fn act(&mut self, act: Act) -> OpId {
        let id = OpId {
            client: self.greeting.client,
            no: self.next_op,
        };
        self.next_op += 1;
        let body = ClientMsg::Act { op_no: id.no, act }.encode();
        let frame = ClientFrame::Body(body).encode();
        self.sink.send(Message::Binary(frame.into())).await.expect("no line");
        id
    }

    async fn admitted(&mut self) {
        self.greeting = snapshot(&mut self.stream).await;
    }

    async fn play(mut self, number: u64, pace: u64, sent: Sent, mut stopped: watch::Receiver<bool>) -> Seen {
        let state = std::mem::replace(&mut self.greeting.state, RoomState::new(0));
        let mut replica = Replica::new(self.greeting.me, state.board.clone());
        let mut seen = Seen {
            delays: Vec::new(),
            delivered: 0,
            hash: 0,
            is_kept: false,
        };
        let gap = Duration::from_micros(1_000_000 / pace);
        // Everybody at their own beat.
        let first = tokio::time::Instant::now() + gap * u32::try_from(number % 43).unwrap_or(0) / 43;
        let mut beat = tokio::time::interval_at(first, gap);
        let mut ping = tokio::time::interval(Duration::from_secs(2));
        let (mut stroke, mut turn) = (0, 0);
        loop {
            tokio::select! {
                () = until(&mut stopped) => break,
                _ = ping.tick() => {
                    let frame = ClientFrame::Ping { n: 0, t0_us: 0 }.encode();
                    self.sink.send(Message::Binary(frame.into())).await.expect("no line");
                }
                _ = beat.tick() => {
                    let op = next_op(turn, stroke);
                    turn = (turn + 1) % (APPENDS + 2);
                    let now = Instant::now();
                    let id = OpId { client: self.greeting.client, no: self.next_op };
                    sent.lock().expect("poisoned").insert(id, now);
                    if matches!(op, Op::Begin { .. }) {
                        stroke = id.no;
                    }
                    replica.act(id, op.clone());
                    self.act(Act::Board(op)).await;
                }
                message = self.stream.next() => {
                    let message = message.expect("cut").expect("cut");
                    hear(&message, &mut replica, &mut seen, &sent, self.greeting.client);
                }
            }
        }
        // What is still under way.
        while let Ok(Some(Ok(message))) = timeout(Duration::from_millis(700), self.stream.next()).await {
            hear(&message, &mut replica, &mut seen, &sent, self.greeting.client);
        }
        seen.is_kept = replica.is_kept();
        seen.hash = room::model::state::stage_hash(&state.stage, replica.confirmed());
        seen
    }
}

async fn until(stopped: &mut watch::Receiver<bool>) {
    // The sender lives as long as the crowd.
    let _stopped = stopped.wait_for(|stop| *stop).await.map(|_| ());
}

fn next_op(turn: u32, stroke: u32) -> Op {
    let at = |n: u32| Point::at(100.0 + f64::from(n) * 3.0, 200.0 + f64::from(n % 7), 0.5, 11.0);
    let points = vec![at(turn * 3), at(turn * 3 + 1), at(turn * 3 + 2)].into();
    match turn {
        0 => Op::Begin {
            sheet: Sheet::Blank(0),
            ink: Ink {
                tool: Tool::Pen,
                color: Color::Blue,
                width: Width::Normal,
            },
            points,
        },
        APPENDS.. if turn == APPENDS + 1 => Op::End {
            stroke,
            points: Vec::new().into(),
        },
        _ => Op::Append { stroke, points },
    }
}

fn hear(message: &Message, replica: &mut Replica, seen: &mut Seen, sent: &Sent, own: room::model::ClientId) {
    let Message::Binary(bytes) = message else { return };
    let Ok(ServerFrame::Body(body)) = ServerFrame::decode(bytes) else {
        return;
    };
    match ServerMsg::decode(&body).expect("not a message") {
        ServerMsg::Events(events) => {
            let now = Instant::now();
            let sent = sent.lock().expect("poisoned");
            for event in events {
                let (Change::Board(op), Some(id)) = (&event.change, event.cause) else {
                    continue;
                };
                replica.confirm(id, event.actor, op);
                seen.delivered += 1;
                if id.client != own
                    && let Some(at) = sent.get(&id)
                {
                    seen.delays.push(now - *at);
                }
            }
        }
        ServerMsg::Kept { last_op } => replica.kept(last_op),
        ServerMsg::Reject { op_no, why } => panic!("act {op_no} was refused: {why}"),
        _ => {}
    }
}

async fn snapshot(stream: &mut SplitStream<Socket>) -> room::model::Greeting {
    loop {
        let message = timeout(Duration::from_secs(10), stream.next())
            .await
            .expect("no greeting");
        let Message::Binary(bytes) = message.expect("cut").expect("cut") else {
            continue;
        };
        if let Ok(ServerFrame::Body(body)) = ServerFrame::decode(&bytes)
            && let Some(ServerMsg::Snapshot(greeting)) = ServerMsg::decode(&body)
        {
            return *greeting;
        }
    }
}
