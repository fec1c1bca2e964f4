//! The sign-in page as it is rendered for a browser without script, after a refusal.

use super::clinic::{Clinic, PASSWORD};
use axum::{Router, body::Body, response::Response};
use http::{Request, header};
use identity::ui::SignInPage;
use leptos::{config::LeptosOptions, prelude::*};
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router as Pages, Routes},
    path,
};
use tower::ServiceExt;

#[component]
fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Pages>
            <Routes fallback=|| "absent">
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            </Routes>
        </Pages>
    }
}

fn shell() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en"><head></head><body><App/></body></html>
    }
}

/// Pages and server functions, registered as the server does it.
async fn send(clinic: &Clinic, request: Request<Body>) -> Response {
    let (house, gate) = (clinic.test.house.clone(), clinic.gate.clone());
    let context = move || {
        provide_context(house.clone());
        provide_context(gate.clone());
    };
    let options = LeptosOptions::builder().output_name("identity").build();
    Router::new()
        .leptos_routes_with_context(&options, generate_route_list(App), context, shell)
        .with_state(options)
        .oneshot(request)
        .await
        .unwrap()
}

/// The page a browser gets back, with the cookies it was given, after posting this e-mail with a wrong password.
async fn refused(clinic: &Clinic, email: &str) -> String {
    let form = format!(
        "email={}&password=wrong&next=%2Fmy%2Fcalendar",
        email.replace('@', "%40")
    );
    let post = Request::post("/api/identity/sign_in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, "http://localhost/sign-in?next=/my/calendar")
        .body(Body::from(form))
        .unwrap();
    let answer = send(clinic, post).await;
    let text = |name: header::HeaderName| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let address = text(header::LOCATION).replace("http://localhost", "");
    let cookie = text(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    let page = Request::get(address)
        .header(header::COOKIE, cookie)
        .body(Body::empty())
        .unwrap();
    let bytes = axum::body::to_bytes(send(clinic, page).await.into_body(), 1 << 20)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn a_refusal_is_one_sentence_the_email_is_kept_and_so_is_the_way() {
    let clinic = Clinic::open().await;
    for email in ["ana@demo.example", "nobody@demo.example"] {
        let page = refused(&clinic, email).await;
        assert!(page.contains("E-mail or password is not right."), "{page}");
        assert!(page.contains(&format!("value=\"{email}\"")), "{page}");
        assert!(page.contains("value=\"/my/calendar\""), "{page}");
        assert!(!page.contains(" style=") && !page.contains("wrong\""), "{page}");
    }
}

#[tokio::test]
async fn what_was_typed_cannot_break_out_of_the_field() {
    let clinic = Clinic::open().await;
    let page = refused(&clinic, "\"><script>alert(1)</script>@demo.example").await;
    assert!(!page.contains("<script>alert(1)"), "{page}");
}

#[tokio::test]
async fn too_many_tries_say_when_to_come_back() {
    let clinic = Clinic::open().await;
    for _ in 0..6 {
        let _refused = clinic.try_sign_in("ana@demo.example", "wrong").await;
    }
    assert!(clinic.try_sign_in("ana@demo.example", PASSWORD).await.is_err());
    assert!(
        refused(&clinic, "ana@demo.example")
            .await
            .contains("Too many tries. Try again in 2 seconds.")
    );
}

#[tokio::test]
async fn a_made_up_link_shows_our_sentences_only() {
    let clinic = Clinic::open().await;
    let address = "/sign-in?__path=/api/identity/sign_in&__err=eyJSZWZ1c2VkIjoiPHNjcmlwdD4ifQ&ended=%3Cscript%3E&next=//evil.example";
    let page = send(&clinic, Request::get(address).body(Body::empty()).unwrap()).await;
    let bytes = axum::body::to_bytes(page.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains("Sign in") && !text.contains("ended=<script>"), "{text}");
}
