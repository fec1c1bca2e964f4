//! The whole house in a test: the demo clinic on a database of its own, behind the real router.

use crate::matrix::row::Request;
use adapters::mail::folder::Folder;
use axum::{
    Router,
    body::{Body, Bytes},
};
use http::{HeaderMap, StatusCode, header};
use kernel::testing::TestHouse;
use letters::ports::{Letter, Post, Sender};
use library::raster::Rasteriser;
use server::{pkg::Site, seed, web};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tower::ServiceExt;

pub const ORIGIN: &str = "http://127.0.0.1:3000";

pub struct Clinic {
    pub house: TestHouse,
    router: Router,
    _site: tempfile::TempDir,
    _mail: tempfile::TempDir,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// What stamps the scripts of a page, new in each.
    pub fn nonce(&self) -> Option<&str> {
        let policy = self.headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
        policy.split_once("'nonce-")?.1.split('\'').next()
    }

    /// Where a redirect leads; empty for every other answer.
    pub fn leads_to(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .unwrap_or_default()
    }
}

impl Clinic {
    pub async fn start() -> Self {
        let house = TestHouse::start().await;
        seed::seed_if_empty(&house.house, &Rasteriser::program(env!("CARGO_BIN_EXE_server").into()))
            .await
            .expect("the demo clinic is planted");
        let origin = ORIGIN.parse().expect("an origin");
        let mail = mail().await;
        let parts = web::Parts::new(house.house.clone(), origin, None, true)
            .await
            .map(|parts| web::Parts {
                mail: Folder::new(mail.path().to_owned()),
                ..parts
            })
            .expect("the house is wired");
        let folder = site();
        let site = Site::load(folder.path()).expect("a site");
        let router = web::router(&parts, ([127, 0, 0, 1], 3000).into(), Some(site));
        Self {
            house,
            router,
            _site: folder,
            _mail: mail,
        }
    }

    pub const fn router(&self) -> &Router {
        &self.router
    }

    /// Serves on a port of its own for as long as the test runs.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        at
    }

    /// Sends one request as a browser of our own pages would.
    pub async fn send(&self, asked: &Request, cookie: Option<&str>) -> Answer {
        let mut request = http::Request::builder()
            .method(asked.method)
            .uri(&asked.address)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, ORIGIN)
            .header(header::ACCEPT, "application/json");
        for (name, value) in asked.headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(asked.body.clone())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (head, body) = response.into_parts();
        Answer {
            status: head.status,
            headers: head.headers,
            body: axum::body::to_bytes(body, 64 << 20).await.expect("the body ends"),
        }
    }

    /// Signs in with the demo password and gives back the cookie.
    pub async fn sign_in(&self, email: &str) -> String {
        let request = Request {
            method: "POST",
            address: "/api/identity/sign_in".to_owned(),
            headers: &[("content-type", "application/x-www-form-urlencoded")],
            body: format!("email={email}&password=demo+clinic+2026"),
        };
        let answer = self.send(&request, None).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{email} cannot sign in: {:?}",
            answer.body
        );
        answer
            .headers
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
}

/// The one letter of the mail folder.
pub const LETTER: &str = "01990000-0000-7000-8000-00000000000a";

async fn mail() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    let letter = Letter {
        id: LETTER.parse().expect("an id"),
        at: kernel::testing::tuesday(),
        from: Sender {
            name: "Visits".to_owned(),
            address: "visits@clinic.example".to_owned(),
        },
        to: "ana@demo.example".to_owned(),
        subject: "Requested".to_owned(),
        text: "Requested.".to_owned(),
        html: "<p>Requested.</p>".to_owned(),
        calendar: None,
    };
    Folder::new(place.path().to_owned())
        .send(&letter)
        .await
        .expect("a letter");
    place
}

/// A site as a build leaves it: everything of `public`, and a stylesheet.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let public: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    for file in fs::read_dir(public).expect("the public files").flatten() {
        fs::copy(file.path(), site.path().join(file.file_name())).expect("a copy");
    }
    fs::create_dir(site.path().join("pkg")).expect("a folder");
    fs::write(site.path().join("pkg/teletherapy.css"), "").expect("a file");
    site
}
