//! The form as a browser without script sends it.

use super::clinic::Clinic;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
    routing::post,
};
use kernel::{Actor, ApiError};
use leptos::prelude::provide_context;
use tower::ServiceExt;

const FORM: &str = "kind=child&given_name=Robin&family_name=Reed&preferred_name=&birth_date=2020-05-31&gender=\
                    &email=&phone=%2B1+312+555+0142&zone=America%2FChicago&state_code=IL&diagnosis=F84.0&note=";

async fn send(clinic: &Clinic, actor: Option<Actor>, path: &str, form: &str, accept: &str) -> Response {
    let house = clinic.test.house.clone();
    let handle = move |request| {
        let house = house.clone();
        leptos_axum::handle_server_fns_with_context(move || provide_context(house.clone()), request)
    };
    let app = Router::new().route("/api/{*path}", post(handle));
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, accept)
        .header(header::REFERER, "http://localhost/care/patients/new")
        .body(Body::from(form.to_owned()))
        .unwrap();
    if let Some(actor) = actor {
        request.extensions_mut().insert(actor);
    }
    app.oneshot(request).await.unwrap()
}

fn location(response: &Response) -> &str {
    response
        .headers()
        .get(header::LOCATION)
        .map_or("", |value| value.to_str().unwrap())
}

async fn error(response: Response) -> ApiError {
    let bytes = to_bytes(response.into_body(), 4096).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn a_form_adds_a_patient_and_leads_to_the_record() {
    let clinic = Clinic::open().await;
    let response = send(
        &clinic,
        Some(clinic.tess()),
        "/api/people/add_patient",
        FORM,
        "text/html",
    )
    .await;
    assert_eq!(response.status(), StatusCode::FOUND);
    assert!(
        location(&response).starts_with("/care/patients/"),
        "{}",
        location(&response)
    );
}

#[tokio::test]
async fn a_wrong_form_goes_back_with_codes_and_nothing_that_was_typed() {
    let clinic = Clinic::open().await;
    let wrong = FORM.replace("2020-05-31", "2999-01-01");
    let response = send(
        &clinic,
        Some(clinic.tess()),
        "/api/people/add_patient",
        &wrong,
        "text/html",
    )
    .await;
    let address = location(&response).to_owned();
    assert!(address.starts_with("http://localhost/care/patients/new?"), "{address}");
    for typed in ["Robin", "Reed", "F84", "2999"] {
        assert!(!address.contains(typed), "{address}");
    }
    let data = send(
        &clinic,
        Some(clinic.tess()),
        "/api/people/add_patient",
        &wrong,
        "application/json",
    )
    .await;
    assert_eq!(error(data).await, ApiError::field("birth_date", "not_possible"));
}

#[tokio::test]
async fn a_stranger_is_told_to_sign_in_a_foreign_record_is_absent() {
    let clinic = Clinic::open().await;
    let json = "application/json";
    for (path, form) in [
        ("/api/people/add_patient", FORM),
        ("/api/people/my_patients", ""),
        (
            "/api/people/open_patient",
            "patient=01a1ffd7-dbd5-753a-91a6-ca59087cf4da",
        ),
    ] {
        assert_eq!(
            error(send(&clinic, None, path, form, json).await).await,
            ApiError::SignedOut,
            "{path}"
        );
    }
    let foreign = format!("patient={}", clinic.patient("Benjamin"));
    let absent = "patient=01a1ffd7-dbd5-753a-91a6-ca59087cf4da";
    for form in [foreign.as_str(), absent] {
        let response = send(&clinic, Some(clinic.tess()), "/api/people/open_patient", form, json).await;
        assert_eq!(error(response).await, ApiError::NotFound);
    }
}
