//! The server's side: the real router on a free port, the real log, seats for a crowd.

use super::cpu;
use async_trait::async_trait;
use axum::{Extension, extract::Request, middleware::Next, serve::ListenerExt as _};
use kernel::{
    AccountId, Actor, House, PatientId, Role, SessionId, StoreError, Task, TherapistId, VisitId, testing::TestHouse,
};
use library::model::Kit;
use live::Closing;
use room::{
    Hub,
    model::Seat,
    service::Log,
    session::{Backstage, Batch, Kept, Ticket},
};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

pub const ORIGIN: &str = "http://127.0.0.1";

pub struct Stage {
    pub port: u16,
    test: TestHouse,
}

#[derive(Debug, Clone)]
struct Always;

impl live::Sessions for Always {
    async fn is_live(&self, _actor: &Actor) -> bool {
        true
    }
}

pub fn visit() -> VisitId {
    VisitId::new(Uuid::from_u128(7))
}

/// Seats by the number in the request; everything else is real.
#[derive(Debug)]
struct Crowd(House);

#[async_trait]
impl Backstage for Crowd {
    fn now_ms(&self) -> u64 {
        u64::try_from(self.0.clock.now().timestamp_millis()).unwrap_or(0)
    }
    async fn ticket(&self, actor: &Actor, visit: VisitId) -> Result<Option<Ticket>, StoreError> {
        let host = actor.role == Role::Therapist;
        Ok(Some(Ticket {
            visit,
            patient: PatientId::new(Uuid::from_u128(50)),
            therapist: TherapistId::new(Uuid::from_u128(1)),
            account: actor.account,
            seat: if host { Seat::Host } else { Seat::Guardian },
            name: String::new(),
            open: true,
            closes_at_ms: self.now_ms() + 3_600_000,
        }))
    }
    async fn has_to_go(&self, _actor: &Actor, _visit: VisitId, _seat: Seat) -> Result<Option<Closing>, StoreError> {
        Ok(None)
    }
    async fn open(&self, _first: &Actor, ticket: &Ticket) -> Result<Kept, StoreError> {
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        let kept = self.log(ticket).open(&mut tx).await?;
        tx.commit().await?;
        Ok(kept)
    }
    async fn kit(&self, _ticket: &Ticket) -> Result<Kit, StoreError> {
        Ok(Kit::default())
    }
    async fn keep(&self, ticket: &Ticket, batch: &Batch) -> Result<Option<Uuid>, StoreError> {
        if let Some(entry) = self.log(ticket).append_alone(batch).await? {
            return Ok(Some(entry));
        }
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        let entry = self.log(ticket).append(&mut tx, batch).await?;
        tx.commit().await?;
        Ok(Some(entry))
    }
    async fn holds(&self, ticket: &Ticket, entry: Uuid) -> Result<bool, StoreError> {
        let mut tx = self.0.db.begin_task(Task::Worker).await?;
        self.log(ticket).holds(&mut tx, entry).await
    }
}

impl Crowd {
    fn log(&self, ticket: &Ticket) -> Log<'_> {
        Log {
            house: &self.0,
            visit: ticket.visit,
            patient: ticket.patient,
        }
    }
}

/// Signs in whoever the bot says it is: number 0 is the host.
async fn sign_in(mut request: Request, next: Next) -> axum::response::Response {
    let number = request
        .headers()
        .get("x-bot")
        .and_then(|number| number.to_str().ok()?.parse::<u128>().ok())
        .expect("a bot without a number");
    request.extensions_mut().insert(Actor {
        account: AccountId::new(Uuid::from_u128(number + 1)),
        role: if number == 0 { Role::Therapist } else { Role::Guardian },
        session: SessionId::new(Uuid::from_u128(number + 1)),
    });
    next.run(request).await
}

impl Stage {
    pub async fn set(people: usize) -> Self {
        let test = TestHouse::start().await;
        sqlx::query("ALTER TABLE room.session DROP CONSTRAINT session_visit_id_fkey")
            .execute(&test.owner)
            .await
            .expect("no room.session");
        let mut house = test.house.clone();
        house.clock = Arc::new(kernel::SystemClock);
        let clock = Arc::clone(&house.clock);
        let hub = Hub::new(Arc::new(Crowd(house)));
        let router = room::router(hub, live::Hub::default(), Always, clock, [ORIGIN.to_owned()])
            .layer(axum::middleware::from_fn(sign_in))
            .layer(Extension(people));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("no port");
        let port = listener.local_addr().expect("no address").port();
        // As the server does.
        let listener = listener.tap_io(|stream| stream.set_nodelay(true).expect("no line"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, test }
    }

    /// How many batches the log holds.
    pub async fn batches(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM room.batch")
            .fetch_one(&self.test.owner)
            .await
            .expect("no database")
    }

    /// Of the database's processes that serve us.
    pub async fn database_cpu(&self) -> Duration {
        let pids: Vec<i32> = sqlx::query_scalar(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .fetch_all(&self.test.owner)
        .await
        .expect("no database");
        pids.into_iter().filter_map(|pid| cpu::of(&pid.to_string())).sum()
    }
}
