//! The middleware: from a cookie to an actor, and from nothing to nobody.

use super::clinic::Clinic;
use axum::{Router, body::Body, extract::Extension, middleware, response::Response, routing::get};
use http::{
    Request, StatusCode,
    header::{ACCEPT, COOKIE},
};
use identity::http::resolve_session;
use kernel::{Actor, ApiError};
use tower::ServiceExt;

async fn who(actor: Option<Extension<Actor>>) -> StatusCode {
    if actor.is_some() {
        StatusCode::OK
    } else {
        StatusCode::UNAUTHORIZED
    }
}

async fn status(clinic: &Clinic, cookie: &str) -> StatusCode {
    ask(clinic, cookie, "*/*").await.status()
}

async fn ask(clinic: &Clinic, cookie: &str, accept: &str) -> Response {
    let state = (clinic.test.house.clone(), clinic.gate.clone());
    let app = Router::new()
        .route("/", get(who))
        .layer(middleware::from_fn_with_state(state, resolve_session));
    let request = Request::get("/").header(COOKIE, cookie).header(ACCEPT, accept);
    app.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_cookie_of_a_living_session_is_somebody() {
    let clinic = Clinic::open().await;
    let ana = clinic.sign_in("ana@demo.example").await;
    let hex = sqlx::query_scalar::<_, String>("SELECT encode(token_hash, 'hex') FROM identity.session")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(
        status(&clinic, &format!("sid={hex}")).await,
        StatusCode::UNAUTHORIZED,
        "the hash is no token"
    );
    assert_eq!(
        status(&clinic, &format!("sid={}", "0".repeat(64))).await,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(status(&clinic, "sid=").await, StatusCode::UNAUTHORIZED);
    assert!(clinic.is_signed_in(&ana.token).await);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_not_a_sign_out() {
    let clinic = Clinic::open().await;
    clinic.test.house.db.pool().close().await;
    let cookie = format!("sid={}", "0".repeat(64));
    let page = ask(&clinic, &cookie, "text/html,*/*;q=0.8").await;
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    // A form's script must learn that nothing was saved: it says so, and keeps what was typed.
    let script = ask(&clinic, &cookie, "application/json").await;
    assert_eq!(script.status(), StatusCode::SERVICE_UNAVAILABLE);
    let body = axum::body::to_bytes(script.into_body(), 1 << 10).await.unwrap();
    assert_eq!(
        serde_json::from_slice::<ApiError>(&body).unwrap(),
        ApiError::Unavailable
    );
}
