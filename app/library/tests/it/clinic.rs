//! A small clinic for these tests: two therapists, two patients, a visit of each pair that matters, and browsers that call
//! the routes as one of them.

use axum::{
    Extension, Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use chrono::{DateTime, Duration, Utc};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::{
    AccountId, Actor, Ctx, PatientId, Role, SessionId, TherapistId, VisitId, outbox::Worker, testing::TestHouse,
};
use library::{
    http,
    model::{CHUNK, ItemId, UploadAsk, UploadStarted},
    raster::Rasteriser,
    service::{
        ObjectsForgotten, UploadArrived,
        check::{Checker, Sweeper},
    },
};
use std::{io::Cursor, sync::Arc};
use tower::ServiceExt;
use uuid::Uuid;

pub const TESS: u128 = 1;
pub const THEO: u128 = 2;
pub const ANA: u128 = 11;
pub const NOAH: u128 = 12;
pub const LIA: u128 = 21;

pub struct Clinic {
    pub test: TestHouse,
}

/// What a route answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    pub fn code(&self) -> String {
        serde_json::from_slice::<serde_json::Value>(&self.body).unwrap()["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

pub fn rasteriser() -> Rasteriser {
    Rasteriser::program(env!("CARGO_BIN_EXE_rasterise").into())
}

pub fn actor(n: u128) -> Actor {
    Actor {
        account: AccountId::new(Uuid::from_u128(n)),
        role: match n {
            TESS | THEO => Role::Therapist,
            LIA => Role::Liaison,
            _ => Role::Patient,
        },
        session: SessionId::new(Uuid::from_u128(n + 1000)),
    }
}

pub fn therapist(n: u128) -> TherapistId {
    TherapistId::new(Uuid::from_u128(n))
}

/// A patient's id, which is not the account's.
pub fn patient(n: u128) -> PatientId {
    PatientId::new(Uuid::from_u128(n + 100))
}

impl Clinic {
    pub async fn start() -> Self {
        let clinic = Self {
            test: TestHouse::start().await,
        };
        for (n, role, name) in [
            (TESS, "therapist", "Tess"),
            (THEO, "therapist", "Theo"),
            (ANA, "patient", "Ana"),
            (NOAH, "patient", "Noah"),
            (LIA, "liaison", "Lia"),
        ] {
            clinic.account(n, role, name).await;
        }
        for n in [TESS, THEO] {
            clinic.therapist(n).await;
        }
        for (n, name) in [(ANA, "Ana"), (NOAH, "Noah")] {
            clinic.patient(n, name).await;
            clinic.relate(n, n, "self").await;
        }
        for (who, whom) in [(TESS, ANA), (THEO, NOAH)] {
            clinic.relate(who, whom, "care_team").await;
        }
        clinic
    }

    async fn run(&self, query: sqlx::query::Query<'_, sqlx::Postgres, sqlx::postgres::PgArguments>) {
        query.execute(&self.test.owner).await.unwrap();
    }

    async fn account(&self, n: u128, role: &str, name: &str) {
        let query = sqlx::query(
            "INSERT INTO identity.account (id, email, email_key, role, display_name, zone, state, created_at)
             VALUES ($1, $2, $2, $3, $4, 'America/New_York', 'active', now())",
        );
        self.run(
            query
                .bind(Uuid::from_u128(n))
                .bind(format!("{name}@x.example"))
                .bind(role)
                .bind(name),
        )
        .await;
    }

    async fn therapist(&self, n: u128) {
        let query = sqlx::query(
            "INSERT INTO people.therapist (id, name, title, about, approach, zone, languages, specialties, accepts_new, created_at)
             VALUES ($1, 'T', 'LCSW', '', '', 'America/New_York', '{en}', '{anxiety}', true, now())",
        );
        self.run(query.bind(Uuid::from_u128(n))).await;
        let query = sqlx::query(
            "INSERT INTO scheduling.service (id, line, name, minutes, step, buffer_before, buffer_after, price_cents)
             VALUES ($1, 'mental_health', 'Therapy', 45, 60, 0, 10, 8600)",
        );
        self.run(query.bind(Uuid::from_u128(n))).await;
    }

    async fn patient(&self, n: u128, name: &str) {
        let query = sqlx::query(
            "INSERT INTO people.patient (id, account_id, kind, given_name, family_name, zone, state_code, created_at, created_by)
             VALUES ($1, $2, 'adult', $3, 'Example', 'America/Chicago', 'IL', now(), $2)",
        );
        self.run(query.bind(patient(n).uuid()).bind(Uuid::from_u128(n)).bind(name))
            .await;
    }

    async fn relate(&self, who: u128, whom: u128, kind: &str) {
        let query = sqlx::query(
            "INSERT INTO people.relation (id, account_id, patient_id, kind, scope, starts_at, created_by)
             VALUES (gen_random_uuid(), $1, $2, $3, '{book,attend,materials}', now() - interval '3 years', $1)",
        );
        self.run(query.bind(Uuid::from_u128(who)).bind(patient(whom).uuid()).bind(kind))
            .await;
    }

    /// A visit so many hours from now.
    pub async fn visit(&self, who: u128, whom: u128, hours: i64, state: &str) -> VisitId {
        let visit = Uuid::now_v7();
        let starts: DateTime<Utc> = self.test.house.clock.now() + Duration::hours(hours);
        let query = sqlx::query(
            "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
             VALUES ($1, $2, $3, $3, tstzrange($4, $4 + interval '45 minutes'), $5, now())",
        );
        self.run(
            query
                .bind(visit)
                .bind(patient(whom).uuid())
                .bind(Uuid::from_u128(who))
                .bind(starts)
                .bind(state),
        )
        .await;
        VisitId::new(visit)
    }

    pub fn ctx(&self, n: u128) -> Ctx {
        Ctx {
            actor: actor(n),
            house: self.test.house.clone(),
        }
    }

    /// The routes, as a server started just now would offer them: it remembers nothing of the one before.
    pub fn router(&self) -> Router {
        http::router::<()>().layer(Extension(self.test.house.clone()))
    }

    pub async fn call(&self, who: Option<u128>, mut request: Request<Body>) -> Answer {
        if let Some(who) = who {
            request.extensions_mut().insert(actor(who));
        }
        let response = self.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap_or_default(),
        }
    }

    pub async fn get(&self, who: u128, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.call(Some(who), request.body(Body::empty()).unwrap()).await
    }

    pub async fn ask(&self, who: u128, name: &str, mime: &str, bytes: u64) -> Answer {
        let ask = UploadAsk {
            name: name.to_owned(),
            bytes,
            mime: mime.to_owned(),
            duration_ms: 0,
        };
        let request = Request::post("/uploads")
            .header("content-type", "application/json")
            .body(Body::from(serde_json::to_vec(&ask).unwrap()))
            .unwrap();
        self.call(Some(who), request).await
    }

    pub async fn begin(&self, who: u128, name: &str, bytes: u64) -> ItemId {
        let answer = self.ask(who, name, "", bytes).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        serde_json::from_slice::<UploadStarted>(&answer.body).unwrap().item
    }

    pub async fn patch(&self, who: u128, item: ItemId, offset: u64, piece: impl Into<Body>) -> Answer {
        let request = Request::patch(format!("/uploads/{item}"))
            .header("upload-offset", offset.to_string())
            .body(piece.into())
            .unwrap();
        self.call(Some(who), request).await
    }

    /// Sends a whole file, without the check.
    pub async fn send(&self, who: u128, name: &str, bytes: &[u8]) -> ItemId {
        let item = self.begin(who, name, bytes.len() as u64).await;
        for (piece, at) in bytes.chunks(usize::try_from(CHUNK).unwrap()).zip(0..) {
            let answer = self.patch(who, item, at * CHUNK, piece.to_vec()).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
        }
        item
    }

    /// Runs everything that waits in the outbox.
    pub async fn work(&self) {
        let house = &self.test.house;
        let checker = Checker {
            house: house.clone(),
            rasteriser: rasteriser(),
        };
        let sweeper = Sweeper { house: house.clone() };
        let worker = Worker::new(house.db.clone(), house.clock.clone())
            .on::<UploadArrived>(Arc::new(checker))
            .on::<ObjectsForgotten>(Arc::new(sweeper));
        while worker.step().await.unwrap() {}
    }

    /// A file that is checked and on the shelf.
    pub async fn shelve(&self, who: u128, name: &str, bytes: &[u8]) -> ItemId {
        let item = self.send(who, name, bytes).await;
        self.work().await;
        item
    }

    /// How many sealed objects lie in the store.
    pub fn objects(&self) -> usize {
        fn count(folder: &std::path::Path) -> usize {
            std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .map(|path| if path.is_dir() { count(&path) } else { 1 })
                .sum()
        }
        count(self.test.blobs_folder.path())
    }
}

/// A picture that does not compress away, so that it takes a few segments.
pub fn noisy_png(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 7_u32;
    let image: DynamicImage = RgbImage::from_fn(width, height, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = seed.to_be_bytes();
        Rgb([a, b, c])
    })
    .into();
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}
