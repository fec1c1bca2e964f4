//! The whole house in a test: the demo clinic on a database of its own, behind the real router.

use crate::matrix::table::Object;
use axum::{
    Router,
    body::{Body, Bytes},
};
use chrono::Duration;
use http::{Method, Request, StatusCode, header};
use kernel::testing::TestHouse;
use library::raster::Rasteriser;
use server::{seed, web};
use tower::ServiceExt;
use uuid::Uuid;

const ORIGIN: &str = "http://127.0.0.1:3000";

pub struct Clinic {
    pub house: TestHouse,
    router: Router,
}

impl Clinic {
    pub async fn start() -> Self {
        let house = TestHouse::start().await;
        seed::seed_if_empty(&house.house, &Rasteriser::program(env!("CARGO_BIN_EXE_server").into()))
            .await
            .expect("the demo clinic is planted");
        let origin = ORIGIN.parse().expect("an origin");
        let parts = web::Parts::new(house.house.clone(), origin, None, true)
            .await
            .expect("the house is wired");
        let router = web::router(&parts, ([127, 0, 0, 1], 3000).into(), None);
        Self { house, router }
    }

    /// Sends one request as a browser of our own pages would.
    pub async fn send(&self, method: Method, address: &str, form: &str, cookie: Option<&str>) -> (StatusCode, Bytes) {
        let (status, _, body) = self.request(method, address, form, cookie).await;
        (status, body)
    }

    async fn request(
        &self,
        method: Method,
        address: &str,
        form: &str,
        cookie: Option<&str>,
    ) -> (StatusCode, http::HeaderMap, Bytes) {
        let mut request = Request::builder()
            .method(method)
            .uri(address)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, ORIGIN)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (head, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 64 << 20).await.expect("the body ends");
        (head.status, head.headers, body)
    }

    /// Signs in with the demo password and gives back the cookie.
    pub async fn sign_in(&self, email: &str) -> String {
        let form = format!("email={email}&password=demo+clinic+2026");
        let (status, headers, body) = self.request(Method::POST, "/api/identity/sign_in", &form, None).await;
        assert_eq!(status, StatusCode::OK, "{email} cannot sign in: {body:?}");
        headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok())
            .find(|cookie| cookie.starts_with("sid="))
            .and_then(|cookie| cookie.split(';').next())
            .unwrap_or_else(|| panic!("{email} got no session cookie"))
            .to_owned()
    }

    /// Puts a session back to where only the password was right.
    pub async fn leave_halfway(&self, cookie: &str) {
        let token = cookie.trim_start_matches("sid=");
        let hash = identity::http::Token::parse(token).expect("a token").hash();
        let changed = sqlx::query("UPDATE identity.session SET state = 'mfa_pending' WHERE token_hash = $1")
            .bind(hash.as_slice())
            .execute(&self.house.owner)
            .await
            .expect("the owner may");
        assert_eq!(changed.rows_affected(), 1);
    }

    async fn id(&self, sql: &'static str) -> Uuid {
        sqlx::query_scalar(sql)
            .fetch_one(&self.house.owner)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The object of this kind that belongs to patient A (Ana) or therapist A (Tess).
    pub async fn object(&self, object: Object, ana: &str) -> Uuid {
        match object {
            Object::Hold => self.hold(ana).await,
            Object::Item => {
                self.id(
                    "SELECT i.item_id FROM library.kit_item i JOIN library.item f ON f.id = i.item_id AND f.kind = 'picture'
                         JOIN scheduling.visit v ON v.id = i.visit_id
                         JOIN people.patient p ON p.id = v.patient_id WHERE p.given_name = 'Ana' LIMIT 1",
                )
                .await
            }
            Object::Override => {
                self.id(
                    "INSERT INTO scheduling.availability_override (id, therapist_id, on_date)
                         SELECT gen_random_uuid(), id, '2027-06-01' FROM identity.account
                         WHERE email = 'tess@demo.example' RETURNING id",
                )
                .await
            }
            Object::TimeOff => {
                self.id("INSERT INTO scheduling.time_off (id, therapist_id, during, reason)
                         SELECT gen_random_uuid(), id, tstzrange('2027-06-02', '2027-06-03'), 'leave'
                         FROM identity.account WHERE email = 'tess@demo.example' RETURNING id")
                    .await
            }
            Object::Patient => self.id("SELECT id FROM people.patient WHERE given_name = 'Ana'").await,
            Object::Request => {
                self.id(
                    "SELECT r.id FROM scheduling.booking_request r JOIN people.patient p ON p.id = r.patient_id
                         WHERE p.given_name = 'Ana' AND r.state = 'pending' LIMIT 1",
                )
                .await
            }
            Object::Service => {
                self.id(
                    "SELECT o.service_id FROM scheduling.offer o JOIN identity.account a ON a.id = o.therapist_id
                         WHERE a.email = 'tess@demo.example' LIMIT 1",
                )
                .await
            }
            Object::Session => {
                let _second_device = self.sign_in("ana@demo.example").await;
                self.id(
                    "SELECT s.id FROM identity.session s JOIN identity.account a ON a.id = s.account_id
                         WHERE a.email = 'ana@demo.example' AND s.state = 'active' ORDER BY s.id DESC LIMIT 1",
                )
                .await
            }
            Object::Therapist => {
                self.id("SELECT id FROM identity.account WHERE email = 'tess@demo.example'")
                    .await
            }
            Object::Visit => {
                self.id(
                    "SELECT v.id FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
                         JOIN identity.account a ON a.id = v.therapist_id
                         WHERE p.given_name = 'Ana' AND a.email = 'tess@demo.example' AND v.state = 'scheduled'
                         ORDER BY lower(v.during) LIMIT 1",
                )
                .await
            }
        }
    }

    /// Ana keeps the first free time of Tess.
    async fn hold(&self, ana: &str) -> Uuid {
        let (tess, service, patient) = (
            Box::pin(self.object(Object::Therapist, ana)).await,
            Box::pin(self.object(Object::Service, ana)).await,
            Box::pin(self.object(Object::Patient, ana)).await,
        );
        let start = self.house.house.clock.now() + Duration::days(1);
        for quarter in 0..(4 * 24 * 7) {
            let starts = (start + Duration::minutes(15 * quarter)).format("%Y-%m-%dT%H:%M:00Z");
            let form = format!("therapist={tess}&service={service}&starts={starts}&for_patient={patient}");
            let (status, body) = self
                .send(Method::POST, "/api/scheduling/take_hold", &form, Some(ana))
                .await;
            if status.is_success() {
                return serde_json::from_slice(&body).expect("an id");
            }
        }
        panic!("Tess has no free time in a week");
    }
}
