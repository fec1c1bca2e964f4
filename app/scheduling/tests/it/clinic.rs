//! The demo clinic with a clock that stands still, and one way to act per role.

#![expect(clippy::expect_used, reason = "a set-up that fails must stop the test")]

use chrono::{DateTime, Duration, Utc};
use identity::service::hasher::Hasher;
use kernel::{
    AccountId, Actor, ApiError, Ctx, IdempotencyKey, PatientId, RequestId, Role, SessionId, TherapistId, VisitId,
    testing::TestHouse,
};
use people::service::Demo;
use scheduling::{
    Error,
    api::view::{HoldView, SlotView, TimesView},
    model::{HoldId, ServiceId},
    service::{self, TimesWish},
};
use uuid::Uuid;

pub struct Clinic {
    pub test: TestHouse,
    pub demo: Demo,
}

impl Clinic {
    /// Early March 2027, 09:00 of a working day in New York.
    pub async fn start() -> Self {
        Self::in_house(TestHouse::start().await).await
    }

    /// With more connections than a test needs that acts alone.
    pub async fn start_with(connections: u32) -> Self {
        Self::in_house(TestHouse::start_with(connections).await).await
    }

    async fn in_house(test: TestHouse) -> Self {
        let hasher = Hasher::new().await.expect("a hasher");
        let demo = people::service::seed(&test.house, &hasher)
            .await
            .expect("people")
            .expect("an empty database");
        service::seed::seed(&test.house, &demo).await.expect("bookings");
        Self { test, demo }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.test.house.clock.now()
    }

    pub fn advance(&self, by: Duration) {
        self.test.clock.advance(by);
    }

    pub fn key(&self) -> IdempotencyKey {
        self.test.house.ids.next()
    }

    pub fn act(&self, account: AccountId, role: Role) -> Ctx {
        Ctx {
            actor: Actor {
                account,
                role,
                session: SessionId::new(Uuid::now_v7()),
            },
            house: self.test.house.clone(),
        }
    }

    fn known(&self, name: &str, role: Role) -> Ctx {
        self.act(
            self.demo
                .account(&format!("{name}@demo.example"))
                .expect("a demo account"),
            role,
        )
    }

    pub fn ana(&self) -> Ctx {
        self.known("ana", Role::Patient)
    }
    pub fn noah(&self) -> Ctx {
        self.known("noah", Role::Patient)
    }
    pub fn gus(&self) -> Ctx {
        self.known("gus", Role::Guardian)
    }
    pub fn tess_acts(&self) -> Ctx {
        self.known("tess", Role::Therapist)
    }
    pub fn theo_acts(&self) -> Ctx {
        self.known("theo", Role::Therapist)
    }
    pub fn ada(&self) -> Ctx {
        self.known("ada", Role::Admin)
    }
    pub fn lia(&self) -> Ctx {
        self.known("lia", Role::Liaison)
    }

    pub fn patient(&self, given_name: &str) -> PatientId {
        self.demo.patient(given_name).expect("a demo patient")
    }

    pub fn therapist(&self, name: &str) -> TherapistId {
        self.demo
            .therapist(&format!("{name}@demo.example"))
            .expect("a demo therapist")
    }

    /// A therapist's times for a patient, as the patient's page gets them.
    pub async fn times(&self, ctx: &Ctx, therapist: &str, patient: &str) -> TimesView {
        self.times_wanted(ctx, therapist, patient, None).await
    }

    /// The same for one of the therapist's services.
    pub async fn times_of(&self, ctx: &Ctx, therapist: &str, patient: &str, service: ServiceId) -> TimesView {
        self.times_wanted(ctx, therapist, patient, Some(service)).await
    }

    async fn times_wanted(&self, ctx: &Ctx, therapist: &str, patient: &str, service: Option<ServiceId>) -> TimesView {
        let wish = TimesWish {
            therapist: self.therapist(therapist),
            for_patient: Some(self.patient(patient)),
            service,
            month: String::new(),
            around: String::new(),
        };
        service::therapist_times(ctx, &wish).await.expect("times")
    }

    /// A free slot some days ahead: far from the cut-off and the notice.
    pub async fn slot(&self, ctx: &Ctx, therapist: &str, patient: &str) -> (ServiceId, SlotView) {
        let times = self.times(ctx, therapist, patient).await;
        let later = self.now() + Duration::days(3);
        let slot = times
            .days
            .iter()
            .flat_map(|day| &day.slots)
            .find(|slot| slot.starts > later)
            .expect("a free time")
            .clone();
        (times.service.expect("a service").service, slot)
    }

    pub async fn hold(&self, ctx: &Ctx, therapist: &str, patient: &str) -> Result<HoldId, Error> {
        let (service, slot) = self.slot(ctx, therapist, patient).await;
        service::take_hold(
            ctx,
            self.therapist(therapist),
            service,
            slot.starts,
            self.patient(patient),
        )
        .await
    }

    pub async fn hold_view(&self, ctx: &Ctx, hold: HoldId) -> HoldView {
        service::get_hold(ctx, hold).await.expect("the hold")
    }

    /// Hold and request in one go.
    pub async fn request(&self, ctx: &Ctx, therapist: &str, patient: &str, reason: &str) -> RequestId {
        let hold = self.hold(ctx, therapist, patient).await.expect("a hold");
        service::request_visit(ctx, hold, reason, None, self.key())
            .await
            .expect("a request")
    }

    /// Hold, request and approval in one go.
    pub async fn visit(&self, ctx: &Ctx, therapist: &str, patient: &str) -> VisitId {
        let request = self.request(ctx, therapist, patient, "Sleep").await;
        service::approve_request(&self.lia(), request, self.key())
            .await
            .expect("a visit")
    }

    /// How many rows of the outbox have this topic.
    pub async fn events(&self, topic: &str) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM kernel.outbox WHERE topic = $1")
            .bind(topic)
            .fetch_one(&self.test.owner)
            .await
            .expect("the outbox")
    }

    /// Plants an adult in Illinois with an account of their own.
    pub async fn newcomer(&self, number: usize) -> (Ctx, PatientId) {
        let (account, patient) = (Uuid::now_v7(), Uuid::now_v7());
        let email = format!("newcomer{number}@test.example");
        sqlx::query(
            "INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
             VALUES ($1, $2, $2, 'patient', 'Newcomer', 'America/Chicago', 'active', now())",
        )
        .bind(account)
        .bind(&email)
        .execute(&self.test.owner)
        .await
        .expect("an account");
        sqlx::query(
            "INSERT INTO people.patient (id, account_id, kind, given_name, family_name, zone, state_code, created_at, created_by)
             VALUES ($1, $2, 'adult', 'New', 'Comer', 'America/Chicago', 'IL', now(), $2)",
        )
        .bind(patient)
        .bind(account)
        .execute(&self.test.owner)
        .await
        .expect("a patient");
        sqlx::query(
            "INSERT INTO people.relation (id, account_id, patient_id, kind, starts_at, created_by)
             VALUES ($1, $2, $3, 'self', '2026-01-01', $2)",
        )
        .bind(Uuid::now_v7())
        .bind(account)
        .bind(patient)
        .execute(&self.test.owner)
        .await
        .expect("a relation");
        (self.act(account.into(), Role::Patient), patient.into())
    }
}

/// The code that travels.
pub fn code<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    ApiError::from(answer.expect_err("a refusal")).code().to_owned()
}
