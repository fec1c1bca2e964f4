//! The session becomes an actor on every route but three kinds that are the same for everybody: the site's own files, of which
//! a page brings a dozen, reports of the browser, and questions of other programs. None is worth a question to the database.

use super::reports::REPORT_PATH;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use identity::{Gate, http::resolve_session, service::Asking};
use kernel::House;

pub async fn resolve(parts: State<(House, Gate)>, mut request: Request, next: Next) -> Response {
    if is_everybodys(request.uri().path()) {
        next.run(request).await
    } else {
        let asking = asking(request.uri().path());
        request.extensions_mut().insert(asking);
        resolve_session(parts, request, next).await
    }
}

/// What pages ask every few seconds while nobody touches them. Without this list a desk that somebody has left would stay
/// signed in until the absolute limit.
const BY_ITSELF: [&str; 4] = [
    "/api/desk/new_items",
    "/api/room/open_door",
    "/api/room/who_waits",
    "/api/scheduling/today",
];

fn asking(path: &str) -> Asking {
    if BY_ITSELF.contains(&path) {
        Asking::PageItself
    } else {
        Asking::Person
    }
}

/// Scripts and styles under `/pkg`, the sprite, reports, and what programs ask with a token: a cookie means nothing there. Media belong to somebody and are none of these.
fn is_everybodys(path: &str) -> bool {
    path.starts_with("/pkg/")
        || path == "/icons.svg"
        || path == REPORT_PATH
        || path.starts_with(scheduling::http::PREFIX)
}

#[cfg(test)]
mod tests {
    use super::{Asking, asking, is_everybodys};

    #[test]
    fn only_the_questions_of_pages_themselves_keep_nobody_signed_in() {
        assert_eq!(asking("/api/desk/new_items"), Asking::PageItself);
        for path in ["/care", "/desk", "/api/desk/queue", "/room/7"] {
            assert_eq!(asking(path), Asking::Person, "{path}");
        }
    }

    #[test]
    fn only_what_is_everybodys_skips_the_question() {
        for path in ["/pkg/teletherapy.css", "/icons.svg", "/csp-report", "/api/v1/services"] {
            assert!(is_everybodys(path), "{path}");
        }
        for path in [
            "/",
            "/my",
            "/pkg",
            "/media/7/pkg/1",
            "/my/pkg/x",
            "/api/pkg/x",
            "/api/v1",
        ] {
            assert!(!is_everybodys(path), "{path}");
        }
    }
}
