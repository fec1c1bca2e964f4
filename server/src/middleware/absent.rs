//! Pages that the app does not render: an absent page and a failed one. No script, so nothing to hydrate: in the browser the
//! app would read the address and draw the very page that was refused.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// Absent, or the area of another role: the two answer alike.
pub fn not_found(stylesheet: &str) -> Response {
    let text = "The address may be old, or it belongs to somebody else. Nothing was changed.";
    (
        StatusCode::NOT_FOUND,
        Html(page(stylesheet, "This page is not here", text)),
    )
        .into_response()
}

/// More was sent than any form of ours holds.
pub fn too_large(stylesheet: &str) -> Response {
    let text = "What you sent is too long, so nothing was saved. Go back: your browser still has it. Shorten it, then send it again.";
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        Html(page(stylesheet, "This is too long", text)),
    )
        .into_response()
}

/// A fault of ours, without a word about its cause.
pub fn failed() -> Response {
    let text = "This page could not be made. The fault is ours and it was noted. Try again in a minute.";
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Html(page("", "Something failed", text)),
    )
        .into_response()
}

/// Both texts are ours: nothing of the request gets in.
fn page(stylesheet: &str, title: &str, text: &str) -> String {
    let style = if stylesheet.is_empty() {
        String::new()
    } else {
        format!(r#"<link rel="stylesheet" href="{stylesheet}">"#)
    };
    format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{style}</head>
<body><main class="page" id="main"><section class="not-found"><h1>{title}</h1><p>{text}</p>
<p><a class="button" href="/">Go to the first page</a></p></section></main></body></html>
"#
    )
}
