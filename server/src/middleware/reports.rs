//! Where browsers report what the policy stopped. Anybody can send such a report, so the sink believes little, keeps nothing,
//! and takes only so many: past that a flood is turned away before its body is read.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::StatusCode,
    routing::post,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

pub const REPORT_PATH: &str = "/csp-report";

/// A page that breaks the policy sends a handful at once.
const BURST: f64 = 30.0;
const PER_MINUTE: f64 = 30.0;
/// A report holds three addresses and a few codes.
const LONGEST: usize = 16 * 1024;

pub fn routes() -> Router {
    let sink = Sink(Arc::new(Mutex::new(Allowance::full(Instant::now()))));
    Router::new().route(REPORT_PATH, post(report)).with_state(sink)
}

#[derive(Debug, Clone)]
struct Sink(Arc<Mutex<Allowance>>);

/// Counts in the log. Reports hold addresses, so not even those are written down.
async fn report(State(sink): State<Sink>, body: Body) -> StatusCode {
    let allowed = sink
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take(Instant::now());
    if !allowed {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    match to_bytes(body, LONGEST).await {
        Ok(body) => {
            tracing::warn!(
                bytes = body.len(),
                "a browser reports that the policy stopped something"
            );
            StatusCode::NO_CONTENT
        }
        Err(_) => StatusCode::PAYLOAD_TOO_LARGE,
    }
}

/// How many reports may still come: a bucket that fills steadily.
#[derive(Debug)]
struct Allowance {
    left: f64,
    at: Instant,
}

impl Allowance {
    const fn full(at: Instant) -> Self {
        Self { left: BURST, at }
    }

    fn take(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at);
        self.left = (self.left + passed.as_secs_f64() / 60.0 * PER_MINUTE).min(BURST);
        self.at = now;
        if self.left < 1.0 {
            return false;
        }
        self.left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, LONGEST, REPORT_PATH, routes};
    use axum::{Router, body::Body, http::Request, http::StatusCode};
    use std::time::{Duration, Instant};
    use tower::ServiceExt;

    async fn send(app: &Router, bytes: usize) -> StatusCode {
        let request = Request::post(REPORT_PATH).body(Body::from(vec![b'x'; bytes])).unwrap();
        app.clone().oneshot(request).await.unwrap().status()
    }

    #[test]
    fn a_burst_passes_then_one_every_two_seconds() {
        let start = Instant::now();
        let mut allowance = Allowance::full(start);
        assert_eq!((0..1_000).filter(|_| allowance.take(start)).count(), 30);
        let later = start + Duration::from_secs(2);
        assert!(allowance.take(later) && !allowance.take(later));
        let next_day = start + Duration::from_hours(24);
        assert_eq!((0..1_000).filter(|_| allowance.take(next_day)).count(), 30);
    }

    #[tokio::test]
    async fn a_flood_is_turned_away() {
        let app = routes();
        assert_eq!(send(&app, 100).await, StatusCode::NO_CONTENT);
        for _ in 0..100 {
            send(&app, 100).await;
        }
        assert_eq!(send(&app, 100).await, StatusCode::TOO_MANY_REQUESTS);
    }

    #[tokio::test]
    async fn nobody_reports_a_book() {
        assert_eq!(send(&routes(), LONGEST + 1).await, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
