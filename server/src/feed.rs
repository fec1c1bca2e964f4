//! `/calendar/feed/{secret}.ics`: other calendars follow the visits of an account. No session, no cookie: the secret is the key,
//! and a wrong one looks like any absent page.

use crate::middleware::absent;
use axum::{
    Extension, Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use identity::http::{ClientAddress, Token};
use kernel::{ApiError, House};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// A program asks every quarter of an hour or so; a clinic's address may have some dozens of them.
const MOST_ASKS: u32 = 120;
const WINDOW_SECONDS: i64 = 600;
/// More addresses than these at once are an attack, and are forgotten together.
const MOST_ADDRESSES: usize = 10_000;

/// How often each address asked in the running window.
#[derive(Debug, Default)]
struct Throttle {
    window: i64,
    asks: HashMap<[u8; 32], u32>,
}

impl Throttle {
    /// Counts one more; `false` when it is too many.
    fn lets(&mut self, address: [u8; 32], now: i64) -> bool {
        let window = now / WINDOW_SECONDS;
        if window != self.window || self.asks.len() >= MOST_ADDRESSES {
            self.asks.clear();
            self.window = window;
        }
        let asks = self.asks.entry(address).or_default();
        *asks += 1;
        *asks <= MOST_ASKS
    }
}

#[derive(Debug)]
struct Feeds {
    origin: String,
    stylesheet: Arc<str>,
    throttle: Mutex<Throttle>,
}

/// `origin` begins the links inside, `stylesheet` is for the absent page.
pub fn routes(origin: String, stylesheet: Arc<str>) -> Router {
    let feeds = Arc::new(Feeds {
        origin,
        stylesheet,
        throttle: Mutex::default(),
    });
    Router::new().route(
        "/calendar/feed/{file}",
        get(move |house, address, file| answer(feeds, house, address, file)),
    )
}

async fn answer(
    feeds: Arc<Feeds>,
    Extension(house): Extension<House>,
    address: Option<Extension<ClientAddress>>,
    Path(file): Path<String>,
) -> Response {
    if let Some(Extension(address)) = address {
        let now = house.clock.now().timestamp();
        let mut throttle = feeds.throttle.lock().unwrap_or_else(PoisonError::into_inner);
        if !throttle.lets(address.throttle_key(), now) {
            let wait = WINDOW_SECONDS - now % WINDOW_SECONDS;
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, wait.to_string())]).into_response();
        }
    }
    let Some(token) = file.strip_suffix(".ics").and_then(Token::parse) else {
        return absent::not_found(&feeds.stylesheet);
    };
    match letters::service::read_feed(&house, &token, &feeds.origin).await {
        Ok(Some(text)) => (
            [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CACHE_CONTROL, "private, max-age=300"),
            ],
            text,
        )
            .into_response(),
        Ok(None) => absent::not_found(&feeds.stylesheet),
        Err(error) => {
            // Logged by the conversion, which tells an absent database from a fault.
            let _logged = ApiError::from(error);
            absent::failed()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ASKS, Throttle, WINDOW_SECONDS};

    #[test]
    fn an_address_that_asks_too_often_waits_for_the_next_window_and_no_other_does() {
        let mut throttle = Throttle::default();
        let (busy, other) = ([1; 32], [2; 32]);
        assert!((0..MOST_ASKS).all(|_| throttle.lets(busy, 1_000)));
        assert!(!throttle.lets(busy, 1_001));
        assert!(throttle.lets(other, 1_001));
        assert!(throttle.lets(busy, 1_000 + WINDOW_SECONDS));
    }
}
