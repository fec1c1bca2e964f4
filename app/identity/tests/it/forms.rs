//! Sign-in as a browser without script does it: a form, a redirect, a cookie.

use super::clinic::{Clinic, PASSWORD};
use axum::{Router, body::Body, extract::Extension, middleware, response::Response, routing};
use http::{Request, StatusCode, header};
use identity::http::resolve_session;
use kernel::Actor;
use leptos::prelude::provide_context;
use tower::ServiceExt;

const PAGE: &str = "text/html,application/xhtml+xml";

/// Server functions as the server serves them, and one page that says who is signed in.
fn site(clinic: &Clinic) -> Router {
    let (house, gate) = (clinic.test.house.clone(), clinic.gate.clone());
    let context = {
        let (house, gate) = (house.clone(), gate.clone());
        move || {
            provide_context(house.clone());
            provide_context(gate.clone());
        }
    };
    let handle = move |request| leptos_axum::handle_server_fns_with_context(context.clone(), request);
    let who = async |actor: Option<Extension<Actor>>| {
        actor.map_or_else(String::new, |Extension(actor)| actor.role.to_string())
    };
    Router::new()
        .route("/api/{*path}", routing::post(handle))
        .route("/who", routing::get(who))
        .layer(middleware::from_fn_with_state((house, gate), resolve_session))
}

async fn post(clinic: &Clinic, path: &str, form: &str, accept: &str, cookie: &str) -> Response {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, accept)
        .header(header::REFERER, "http://localhost/sign-in?next=/my/calendar")
        .header(header::COOKIE, cookie)
        .body(Body::from(form.to_owned()))
        .unwrap();
    site(clinic).oneshot(request).await.unwrap()
}

async fn sign_in(clinic: &Clinic, password: &str, next: &str, accept: &str) -> Response {
    let form = format!(
        "email=ana%40demo.example&password={}&next={next}",
        password.replace(' ', "+")
    );
    post(clinic, "/api/identity/sign_in", &form, accept, "").await
}

fn location(response: &Response) -> &str {
    response
        .headers()
        .get(header::LOCATION)
        .map_or("", |value| value.to_str().unwrap())
}

/// `name=value` of the cookie that is set.
fn cookie(response: &Response, name: &str) -> Option<String> {
    let set = response.headers().get_all(header::SET_COOKIE).iter();
    set.filter_map(|value| value.to_str().ok()?.split(';').next())
        .find(|pair| pair.starts_with(&format!("{name}=")))
        .map(ToOwned::to_owned)
}

async fn who(clinic: &Clinic, cookie: &str) -> String {
    let request = Request::get("/who")
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap();
    let response = site(clinic).oneshot(request).await.unwrap();
    let bytes = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_form_signs_in_and_leads_to_the_wanted_page() {
    let clinic = Clinic::open().await;
    let response = sign_in(&clinic, PASSWORD, "/my/calendar", PAGE).await;
    assert_eq!(
        (response.status(), location(&response)),
        (StatusCode::FOUND, "/my/calendar")
    );
    assert_eq!(who(&clinic, &cookie(&response, "sid").unwrap()).await, "patient");
}

#[tokio::test]
async fn a_wish_that_leads_elsewhere_leads_home() {
    let clinic = Clinic::open().await;
    for next in ["https://evil.example", "//evil.example", ""] {
        let response = sign_in(&clinic, PASSWORD, next, PAGE).await;
        assert_eq!(location(&response), "/my", "{next}");
    }
}

#[tokio::test]
async fn a_script_gets_the_path_as_data() {
    let clinic = Clinic::open().await;
    let response = sign_in(&clinic, PASSWORD, "/my/calendar", "application/json").await;
    assert_eq!((response.status(), location(&response)), (StatusCode::OK, ""));
    assert!(cookie(&response, "sid").is_some());
    let body = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
    assert_eq!(&body[..], br#""/my/calendar""#);
}

#[tokio::test]
async fn a_refused_form_keeps_the_email_out_of_the_address_and_in_the_field() {
    let clinic = Clinic::open().await;
    let response = sign_in(&clinic, "not the password", "/my/calendar", PAGE).await;
    assert_eq!(response.status(), StatusCode::FOUND);
    let address = location(&response);
    assert!(address.starts_with("http://localhost/sign-in?next="), "{address}");
    assert!(!address.contains("ana") && !address.contains("password"), "{address}");
    assert_eq!(cookie(&response, "sid"), None);
    let typed = cookie(&response, "sign-in-typed").unwrap();
    let answer = post(&clinic, "/api/identity/typed_email", "", "application/json", &typed).await;
    let body = axum::body::to_bytes(answer.into_body(), 1024).await.unwrap();
    assert_eq!(&body[..], br#""ana@demo.example""#);
}

#[tokio::test]
async fn a_browser_is_known_by_what_its_last_sign_in_left_there() {
    let clinic = Clinic::open().await;
    let known = cookie(&sign_in(&clinic, PASSWORD, "", PAGE).await, "known-here").unwrap();
    for stranger in 0..7 {
        let from = format!("198.51.100.{stranger}");
        let _refused = clinic.try_from(&from, "ana@demo.example", "wrong").await;
    }
    let strange = sign_in(&clinic, PASSWORD, "", "application/json").await;
    assert_eq!(cookie(&strange, "sid"), None, "the account has to wait");
    assert_eq!(
        cookie(&strange, "known-here"),
        None,
        "and nobody becomes known by a refusal"
    );
    let form = format!("email=ana%40demo.example&password={}", PASSWORD.replace(' ', "+"));
    let hers = post(&clinic, "/api/identity/sign_in", &form, "application/json", &known).await;
    assert!(cookie(&hers, "sid").is_some(), "she does not");
    assert_eq!(cookie(&hers, "known-here"), Some(known));
}

#[tokio::test]
async fn signing_out_takes_everything_back() {
    let clinic = Clinic::open().await;
    let sid = cookie(&sign_in(&clinic, PASSWORD, "", PAGE).await, "sid").unwrap();
    let response = post(&clinic, "/api/identity/sign_out", "", PAGE, &sid).await;
    assert_eq!(
        (response.status(), location(&response)),
        (StatusCode::FOUND, "/sign-in")
    );
    assert_eq!(response.headers()["clear-site-data"], r#""cache", "storage""#);
    assert_eq!(cookie(&response, "sid").as_deref(), Some("sid="));
    assert_eq!(who(&clinic, &sid).await, "");
}

#[tokio::test]
async fn what_needs_an_account_says_so_to_a_stranger() {
    let clinic = Clinic::open().await;
    for path in ["me", "my_sessions", "end_other_sessions"] {
        let response = post(&clinic, &format!("/api/identity/{path}"), "", "application/json", "").await;
        let body = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
        assert_eq!(&body[..], br#""SignedOut""#, "{path}");
    }
}
