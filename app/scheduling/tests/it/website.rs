//! The interface for other programs answers as its description says, to living tokens alone, and knows no patient.

#![expect(clippy::panic, reason = "helpers of tests: what fails must stop the test")]
#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use crate::clinic::{Clinic, code};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use scheduling::{http, service::connections};
use serde_json::Value;
use tower::ServiceExt;

const PAGE: &str = "https://www.clinic.example";

struct Website {
    clinic: Clinic,
    router: Router,
    secret: String,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Website {
    async fn start() -> Self {
        let clinic = Clinic::start().await;
        let ada = clinic.ada();
        let secret = connections::connections(&ada).await.unwrap().secret;
        connections::connect(&ada, "Website", PAGE, &secret).await.unwrap();
        let router = http::router(clinic.test.house.clone(), "https://house.example".to_owned());
        Self { clinic, router, secret }
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body.to_owned())).unwrap())
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.secret);
        self.send("GET", path, &[("authorization", &bearer)], "").await
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send("POST", path, &headers, body).await
    }

    /// The answer must be what the description says of this path and method.
    async fn as_described(&self, method: &str, path: &str, answer: &Answer) {
        let description = self.send("GET", "/api/v1/openapi.json", &[], "").await.body;
        let plain = path.split('?').next().unwrap();
        let responses = &description["paths"][plain][method]["responses"];
        let mut response = &responses[answer.status.as_str()];
        assert!(
            response.is_object(),
            "{method} {path}: {} is not described",
            answer.status
        );
        if let Some(name) = response["$ref"].as_str() {
            response = at(&description, name);
        }
        let (kind, content) = response["content"].as_object().unwrap().iter().next().unwrap();
        assert_eq!(
            answer.headers["content-type"].to_str().unwrap(),
            kind,
            "{method} {path}"
        );
        fits(&description, &content["schema"], &answer.body, path);
    }
}

/// "#/components/schemas/Service"
fn at<'a>(description: &'a Value, name: &str) -> &'a Value {
    let found = description
        .pointer(name.strip_prefix('#').unwrap())
        .unwrap_or(&Value::Null);
    assert!(found.is_object(), "{name} leads nowhere");
    found
}

/// As much of JSON Schema as the description uses. What is not described must not be answered.
fn fits(description: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(description, at(description, name), value, place);
    }
    let right = match schema["type"].as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        other => panic!("{other} is not known here"),
    };
    assert!(right, "{place}: {value} is no {}", schema["type"]);
    match schema["format"].as_str() {
        Some("uuid") => assert!(value.as_str().unwrap().parse::<uuid::Uuid>().is_ok(), "{place}"),
        Some("date-time") => assert!(
            chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap()).is_ok(),
            "{place}"
        ),
        Some("date") => assert!(value.as_str().unwrap().parse::<chrono::NaiveDate>().is_ok(), "{place}"),
        _ => {}
    }
    if let Some(listed) = schema["enum"].as_array() {
        assert!(listed.contains(value), "{place}: {value}");
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(name.as_str().unwrap()).is_some(),
            "{place}: {name} is missing"
        );
    }
    if let (Some(properties), Some(fields)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, value) in fields {
            let schema = properties
                .get(name)
                .unwrap_or_else(|| panic!("{place}: {name} is not described"));
            fits(description, schema, value, &format!("{place}/{name}"));
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(description, &schema["items"], item, &format!("{place}/{index}"));
    }
}

/// Every reference of the document leads somewhere.
fn references(description: &Value, value: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                at(description, name);
            }
            fields.values().for_each(|value| references(description, value));
        }
        Value::Array(items) => items.iter().for_each(|value| references(description, value)),
        _ => {}
    }
}

#[tokio::test]
async fn every_path_answers_as_described() {
    let website = Website::start().await;
    let description = website.send("GET", "/api/v1/openapi.json", &[], "").await.body;
    assert_eq!(description["openapi"], "3.1.0");
    references(&description, &description);

    let services = website.get("/api/v1/services").await;
    website.as_described("get", "/api/v1/services", &services).await;
    let service = services.body["services"][0]["id"].as_str().unwrap().to_owned();
    let therapists = format!("/api/v1/therapists?service={service}&state=IL");
    let answer = website.get(&therapists).await;
    website.as_described("get", &therapists, &answer).await;
    let free = format!("/api/v1/free-times?service={service}&state=IL&days=14&zone=America/Chicago");
    let answer = website.get(&free).await;
    website.as_described("get", &free, &answer).await;
    let times = answer.body["times"].as_array().unwrap();
    assert!(
        times.len() > 10
            && times
                .windows(2)
                .all(|pair| pair[0]["starts"].as_str() <= pair[1]["starts"].as_str())
    );

    let (starts, therapist) = (
        times[5]["starts"].as_str().unwrap(),
        times[5]["therapist"].as_str().unwrap(),
    );
    let chosen = format!(r#"{{"service":"{service}","therapist":"{therapist}","starts":"{starts}"}}"#);
    let answer = website.post("/api/v1/requests", &chosen).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    website.as_described("post", "/api/v1/requests", &answer).await;
    let leads_to = answer.body["continue_at"].as_str().unwrap();
    assert!(leads_to.starts_with(&format!(
        "https://house.example/my/find/{therapist}?service={service}&on="
    )));

    // Refusals are described, too.
    for (method, path, body, status) in [
        ("get", "/api/v1/free-times", "", 422),
        ("get", "/api/v1/free-times?service=1", "", 422),
        ("get", &format!("/api/v1/free-times?service={service}&days=32"), "", 422),
        (
            "get",
            "/api/v1/free-times?service=0199a000-0000-7000-8000-000000000000",
            "",
            404,
        ),
        ("get", "/api/v1/therapists?state=Illinois", "", 422),
        ("post", "/api/v1/requests", "{", 422),
        (
            "post",
            "/api/v1/requests",
            &chosen.replace(starts, "2027-03-06T03:07:00Z"),
            409,
        ),
    ] {
        let answer = if method == "get" {
            website.get(path).await
        } else {
            website.post(path, body).await
        };
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        website.as_described(method, path, &answer).await;
    }
    // Nothing of the description is left unasked.
    let described: Vec<&String> = description["paths"].as_object().unwrap().keys().collect();
    assert_eq!(described.len(), 5, "{described:?}");
}

#[tokio::test]
async fn the_free_times_are_those_of_the_pages_and_go_by_the_same_rules() {
    let website = Website::start().await;
    let clinic = &website.clinic;
    let ana = clinic.ana();
    let times = clinic.times(&ana, "tess", "Ana").await;
    let (service, tess) = (times.service.unwrap().service, clinic.therapist("tess"));
    let path =
        format!("/api/v1/free-times?service={service}&therapist={tess}&days=31&from=2027-03-02&zone=America/Chicago");
    let offered = async || -> Vec<String> {
        let answer = website.get(&path).await;
        let times = answer.body["times"].as_array().unwrap();
        times
            .iter()
            .map(|time| time["starts"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = offered().await;
    clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let second = offered().await;
    assert_eq!(first.len(), second.len() + 1, "a kept time is offered to nobody else");
}

/// What a therapist offers otherwise than the catalog holds for visitors too: length, limits, and whom they take.
#[tokio::test]
async fn own_terms_and_limits_hold_for_visitors() {
    let website = Website::start().await;
    let clinic = &website.clinic;
    let ana = clinic.ana();
    let service = clinic.times(&ana, "tess", "Ana").await.service.unwrap().service;
    let tess = clinic.therapist("tess");
    let on = async |terms: &str| -> Vec<(String, String)> {
        let change = format!("UPDATE scheduling.offer SET {terms} WHERE therapist_id = '{tess}'");
        sqlx::raw_sql(sqlx::AssertSqlSafe(change))
            .execute(&clinic.test.owner)
            .await
            .unwrap();
        let path = format!("/api/v1/free-times?service={service}&therapist={tess}&days=1&from=2027-03-10");
        let answer = website.get(&path).await;
        let text = |time: &serde_json::Value, key: &str| time[key].as_str().unwrap().to_owned();
        let times = answer.body["times"].as_array().unwrap();
        times
            .iter()
            .map(|time| (text(time, "starts"), text(time, "ends")))
            .collect()
    };
    // 9:00 to 12:00 and 13:00 to 18:00 in New York hold two and three visits of 90 minutes.
    let long = on("minutes = 90, step = 90").await;
    assert_eq!(long.len(), 5, "{long:?}");
    assert_eq!(
        long[0],
        ("2027-03-10T14:00:00Z".to_owned(), "2027-03-10T15:30:00Z".to_owned())
    );
    // A notice of their own does not reach back before the first day that is asked for.
    let soon = on("notice_min = 0").await;
    assert_eq!(soon, long);
    assert!(
        on("day_minutes = 60").await.is_empty(),
        "a visit is longer than a day may hold"
    );
    let known_only = on("day_minutes = NULL, booker = 'known'").await;
    assert!(known_only.is_empty(), "a visitor is somebody new: {known_only:?}");
}

#[tokio::test]
async fn only_a_living_token_opens_anything() {
    let website = Website::start().await;
    let path = "/api/v1/services";
    for headers in [
        [].as_slice(),
        &[("authorization", "Bearer tt_00")],
        &[("authorization", "Basic YTpi")],
        &[(
            "cookie",
            "session=0000000000000000000000000000000000000000000000000000000000000000",
        )],
    ] {
        let answer = website.send("GET", path, headers, "").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{headers:?}");
        website.as_described("get", path, &answer).await;
    }
    assert_eq!(website.get(path).await.status, StatusCode::OK);
    let ada = website.clinic.ada();
    let row = connections::connections(&ada).await.unwrap().rows.remove(0);
    assert!(row.last_used.is_some());
    connections::connect(&ada, "Website", PAGE, &website.secret)
        .await
        .unwrap();
    assert_eq!(
        connections::connections(&ada).await.unwrap().rows.len(),
        1,
        "a form that is sent twice acts once"
    );
    connections::disconnect(&ada, row.connection).await.unwrap();
    assert_eq!(website.get(path).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(code(connections::disconnect(&ada, row.connection).await), "not_found");
    let stored: Vec<u8> = sqlx::query_scalar("SELECT hash FROM scheduling.api_token")
        .fetch_one(&website.clinic.test.owner)
        .await
        .unwrap();
    assert!(
        !website.secret.contains(
            &stored
                .iter()
                .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
        )
    );
}

#[tokio::test]
async fn a_browser_may_ask_from_registered_pages_only() {
    let website = Website::start().await;
    let path = "/api/v1/services";
    let bearer = format!("Bearer {}", website.secret);
    let before = [("origin", PAGE), ("access-control-request-method", "GET")];
    let asked = website.send("OPTIONS", path, &before, "").await;
    assert_eq!(asked.status, StatusCode::NO_CONTENT);
    assert_eq!(asked.headers["access-control-allow-origin"], PAGE);
    assert!(!asked.headers.contains_key("access-control-allow-credentials"));
    let own = website
        .send("GET", path, &[("origin", PAGE), ("authorization", &bearer)], "")
        .await;
    assert_eq!(
        (own.status, &own.headers["access-control-allow-origin"]),
        (StatusCode::OK, &PAGE.parse().unwrap())
    );
    for origin in [
        "https://evil.example",
        "null",
        "https://www.clinic.example.evil.example",
    ] {
        let asked = website.send("OPTIONS", path, &[("origin", origin)], "").await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN, "{origin}");
        let foreign = website
            .send("GET", path, &[("origin", origin), ("authorization", &bearer)], "")
            .await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{origin}");
        assert!(!foreign.headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn too_many_questions_wait_for_the_next_minute() {
    let website = Website::start().await;
    for _ in 0..120 {
        assert_eq!(website.get("/api/v1/services").await.status, StatusCode::OK);
    }
    let answer = website.get("/api/v1/services").await;
    assert_eq!(
        (answer.status, &answer.headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"60".parse().unwrap())
    );
    website.as_described("get", "/api/v1/services", &answer).await;
    website.clinic.advance(chrono::Duration::minutes(1));
    assert_eq!(website.get("/api/v1/services").await.status, StatusCode::OK);
}

#[tokio::test]
async fn connections_are_the_admins_and_a_program_sees_no_patient() {
    let website = Website::start().await;
    let clinic = &website.clinic;
    for ctx in [clinic.ana(), clinic.tess_acts(), clinic.lia()] {
        assert_eq!(code(connections::connections(&ctx).await), "not_found");
        assert_eq!(
            code(connections::connect(&ctx, "x", "", &website.secret).await),
            "not_found"
        );
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.api_token")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(seen, 0, "{}", ctx.actor.role);
    }
    let mut tx = clinic.test.house.db.begin_task(kernel::Task::Website).await.unwrap();
    for table in [
        "people.patient",
        "people.relation",
        "people.clinical",
        "identity.account",
        "scheduling.visit",
        "scheduling.booking_request",
        "scheduling.slot_hold",
        "scheduling.calendar_claim",
        "scheduling.visit_history",
        "scheduling.time_off",
        "scheduling.rules_version",
    ] {
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}
