//! Who may ask: a living token, from a registered page or from no page at all, not too often.

use super::answers::Problem;
use crate::{
    model::ConnectionId,
    service::connections::{self, Program},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::House;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Questions of one token in one minute, counted by this server. Our own choice: a page that shows a month asks once.
pub const A_MINUTE: u32 = 120;

/// What the routes share.
#[derive(Debug, Clone)]
pub struct Guarded {
    pub house: House,
    pub origin: Arc<str>,
    asked: Arc<Mutex<HashMap<ConnectionId, (i64, u32)>>>,
}

impl Guarded {
    pub fn new(house: House, origin: String) -> Self {
        Self {
            house,
            origin: origin.into(),
            asked: Arc::default(),
        }
    }

    /// Counts a question; `false` when there were too many in this minute.
    fn count(&self, program: ConnectionId) -> bool {
        let minute = self.house.clock.now().timestamp().div_euclid(60);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, (of, _)| *of == minute);
        let (_, count) = asked.entry(program).or_insert((minute, 0));
        *count = count.saturating_add(1);
        *count <= A_MINUTE
    }
}

/// The description is everybody's; everything else needs a token. A browser's question beforehand carries none.
pub async fn guard(State(guarded): State<Guarded>, request: Request, next: Next) -> Response {
    let origin = text(request.headers(), header::ORIGIN);
    if request.method() == Method::OPTIONS {
        return beforehand(&guarded, origin.as_deref()).await;
    }
    if request.uri().path() == "/api/v1/openapi.json" {
        return next.run(request).await;
    }
    let program = match program(&guarded, request.headers()).await {
        Ok(program) => program,
        Err(problem) => return problem,
    };
    let allowed = match origin {
        None => None,
        Some(origin) if program.origins.contains(&origin) => Some(origin),
        Some(_) => {
            return Problem::new(
                StatusCode::FORBIDDEN,
                "This token may not be used from that page.",
                "origin",
            )
            .into_response();
        }
    };
    let mut response = if guarded.count(program.id) {
        next.run(request).await
    } else {
        let problem = Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many questions in one minute.",
            "too_many",
        );
        ([(header::RETRY_AFTER, "60")], problem).into_response()
    };
    share(response.headers_mut(), allowed.as_deref());
    response
}

async fn program(guarded: &Guarded, headers: &HeaderMap) -> Result<Program, Response> {
    let secret = text(headers, header::AUTHORIZATION);
    let secret = secret.as_deref().and_then(|text| text.strip_prefix("Bearer "));
    let found = match secret {
        Some(secret) => connections::authenticate(&guarded.house, secret.trim())
            .await
            .map_err(|error| Problem::from(error).into_response())?,
        None => None,
    };
    found.ok_or_else(|| {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "A living token is needed.", "token");
        ([(header::WWW_AUTHENTICATE, "Bearer")], problem).into_response()
    })
}

/// Answers a browser that asks whether a page may ask.
async fn beforehand(guarded: &Guarded, origin: Option<&str>) -> Response {
    let known = match origin {
        Some(origin) => connections::knows_origin(&guarded.house, origin).await,
        None => Ok(false),
    };
    match known {
        Ok(true) => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            let headers = response.headers_mut();
            share(headers, origin);
            for (name, value) in [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
                (header::ACCESS_CONTROL_MAX_AGE, "600"),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }
        Ok(false) => Problem::new(StatusCode::FORBIDDEN, "Pages of this origin may not ask.", "origin").into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Lets the page of this origin read the answer. Never with cookies.
fn share(headers: &mut HeaderMap, origin: Option<&str>) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(Ok(origin)) = origin.map(HeaderValue::from_str) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
