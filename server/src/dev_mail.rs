//! `/dev/mail`: what the house has written while no mail server is set (S32). For developers; a production start does not have
//! these addresses. Written without the app: a letter is shown exactly as its file holds it, and there is nothing to hydrate.

use crate::middleware::absent;
use adapters::mail::folder::{Folder, Sent};
use axum::{
    Router,
    extract::Path,
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use letters::model::html::escape;
use std::{fmt::Write as _, io, sync::Arc};
use uuid::Uuid;

/// A letter's own page may show text and follow a link, and nothing else: it is the work of a sender, not of this site.
const SANDBOX: &str = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub fn routes(folder: Folder, stylesheet: Arc<str>) -> Router {
    let (list_of, list_style) = (folder.clone(), stylesheet.clone());
    let (letter_of, letter_style) = (folder.clone(), stylesheet.clone());
    Router::new()
        .route("/dev/mail", get(move || list(list_of, list_style)))
        .route("/dev/mail/{letter}", get(move |id| show(letter_of, letter_style, id)))
        .route(
            "/dev/mail/{letter}/html",
            get(move |id| html_part(folder, stylesheet, id)),
        )
}

async fn list(folder: Folder, stylesheet: Arc<str>) -> Response {
    match folder.list().await {
        Ok(letters) => page(&stylesheet, "Mail", &rows(&letters)),
        Err(error) => unreadable(&error),
    }
}

async fn show(folder: Folder, stylesheet: Arc<str>, Path(id): Path<String>) -> Response {
    match read(&folder, &id).await {
        Ok(Some(letter)) => page(&stylesheet, &letter.subject, &parts(&letter)),
        Ok(None) => absent::not_found(&stylesheet),
        Err(error) => unreadable(&error),
    }
}

async fn html_part(folder: Folder, stylesheet: Arc<str>, Path(id): Path<String>) -> Response {
    match read(&folder, &id).await {
        Ok(Some(letter)) => {
            let mut response = Html(letter.html).into_response();
            response
                .headers_mut()
                .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
            response.headers_mut().insert(
                HeaderName::from_static("x-robots-tag"),
                HeaderValue::from_static("none"),
            );
            response
        }
        Ok(None) => absent::not_found(&stylesheet),
        Err(error) => unreadable(&error),
    }
}

async fn read(folder: &Folder, id: &str) -> io::Result<Option<Sent>> {
    match id.parse::<Uuid>() {
        Ok(letter) => folder.read(letter).await,
        Err(_) => Ok(None),
    }
}

fn unreadable(error: &io::Error) -> Response {
    tracing::error!(%error, "the mail folder cannot be read");
    absent::failed()
}

fn rows(letters: &[Sent]) -> String {
    if letters.is_empty() {
        return "<p>No mail yet. Ask for a visit.</p>".to_owned();
    }
    let mut out = String::from("<ul class=\"lines\">");
    for letter in letters {
        let at = letter
            .at
            .map(|at| at.format("%H:%M:%S").to_string())
            .unwrap_or_default();
        put(
            &mut out,
            format_args!(
                "<li><a href=\"/dev/mail/{}\">{}</a> <span class=\"fine\">{at} UTC, to {}</span></li>",
                letter.letter,
                escape(&letter.subject),
                escape(&letter.to)
            ),
        );
    }
    out.push_str("</ul>");
    out
}

fn parts(letter: &Sent) -> String {
    let at = letter.at.map(|at| at.to_rfc2822()).unwrap_or_default();
    let mut out = format!(
        "<p><a href=\"/dev/mail\">All mail</a></p><p class=\"fine\">{at}, to {}</p>\
         <section class=\"section\"><h2>Text</h2><pre class=\"letter-text\">{}</pre></section>\
         <section class=\"section\"><h2>HTML</h2><p><a href=\"/dev/mail/{}/html\">Open as its own page</a></p></section>",
        escape(&letter.to),
        escape(&letter.text),
        letter.letter
    );
    if let Some((method, text)) = &letter.calendar {
        put(
            &mut out,
            format_args!(
                "<section class=\"section\"><h2>Calendar: {}</h2><pre class=\"letter-text\">{}</pre></section>",
                escape(method),
                escape(text)
            ),
        );
    }
    out.push_str("<section class=\"section\"><h2>Links</h2><ul class=\"lines letter-links\">");
    for link in links(&letter.text) {
        let link = escape(link);
        put(&mut out, format_args!("<li><a href=\"{link}\">{link}</a></li>"));
    }
    out.push_str("</ul></section>");
    out
}

/// Writing to a string cannot fail.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _infallible = out.write_fmt(text);
}

/// The addresses of a text, each once.
fn links(text: &str) -> Vec<&str> {
    let mut links: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
        .collect();
    links.dedup();
    links
}

fn page(stylesheet: &str, title: &str, body: &str) -> Response {
    let title = escape(title);
    Html(format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="{stylesheet}"></head>
<body><main class="page stack" id="main"><h1>{title}</h1>{body}</main></body></html>
"#
    ))
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::{Sent, links, parts, rows};
    use uuid::Uuid;

    fn letter() -> Sent {
        Sent {
            letter: Uuid::from_u128(7),
            at: None,
            to: "ana@demo.example".to_owned(),
            subject: "<script>alert(1)</script>".to_owned(),
            text: "Open it:\r\nhttps://clinic.example/v/7\r\n<b>".to_owned(),
            html: String::new(),
            calendar: Some(("REQUEST".to_owned(), "SUMMARY:<i>".to_owned())),
        }
    }

    #[test]
    fn a_letter_is_shown_as_text_whatever_it_holds() {
        let html = rows(&[letter()]) + &parts(&letter());
        assert!(
            !html.contains("<script") && !html.contains("<b>") && !html.contains("<i>"),
            "{html}"
        );
        assert!(html.contains("&lt;script&gt;"));
    }

    #[test]
    fn links_are_found_in_the_text() {
        assert_eq!(links(&letter().text), ["https://clinic.example/v/7"]);
    }
}
