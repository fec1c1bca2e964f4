//! The session becomes an actor on every route but the site's own files, which are the same for everybody: a page brings a
//! dozen of them, and none is worth a question to the database.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use identity::{Gate, http::resolve_session};
use kernel::House;

pub async fn resolve(parts: State<(House, Gate)>, request: Request, next: Next) -> Response {
    if is_site_file(request.uri().path()) {
        next.run(request).await
    } else {
        resolve_session(parts, request, next).await
    }
}

/// Scripts and styles under `/pkg`, and the sprite. Media belong to somebody and are none of these.
fn is_site_file(path: &str) -> bool {
    path.starts_with("/pkg/") || path == "/icons.svg"
}

#[cfg(test)]
mod tests {
    use super::is_site_file;

    #[test]
    fn only_files_that_are_everybodys_skip_the_question() {
        assert!(is_site_file("/pkg/teletherapy.css") && is_site_file("/icons.svg"));
        for path in ["/", "/my", "/pkg", "/media/7/pkg/1", "/my/pkg/x", "/api/pkg/x"] {
            assert!(!is_site_file(path), "{path}");
        }
    }
}
