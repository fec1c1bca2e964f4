//! The pages as the server renders them: complete, and readable before any script runs.

use crate::clinic::{ANA, Clinic, TESS, actor, noisy_png};
use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use kernel::VisitId;
use kit::prelude::provide_toasts;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};
use library::{
    service::{
        prepare::{self, Change},
        shelf,
    },
    ui::{LibraryPage, PreparePage},
};

const FILM: &[u8] = include_bytes!("../../assets/calm-sea.mp4");

#[component]
fn Site() -> impl IntoView {
    provide_meta_context();
    provide_toasts();
    view! {
        <Router>
            <Routes fallback=|| "nowhere">
                <Route path=path!("/care/library") view=LibraryPage/>
                <Route path=path!("/care/visits/:visit/prepare") view=PreparePage/>
            </Routes>
        </Router>
    }
}

fn shell() -> impl IntoView {
    view! {
        <html lang="en">
            <head><MetaTags/></head>
            <body><main class="page"><Site/></main></body>
        </html>
    }
}

async fn page(clinic: &Clinic, who: u128, address: &str) -> String {
    // Sets the runtime up, as at the server's start: the routes are walked without any request.
    assert_eq!(leptos_axum::generate_route_list(Site).len(), 2);
    let mut request = Request::get(address).body(Body::empty()).unwrap();
    request.extensions_mut().insert(actor(who));
    let house = clinic.test.house.clone();
    let render = leptos_axum::render_app_async_with_context(move || provide_context(house.clone()), shell);
    let response = render(request).await;
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(body.to_vec())
        .unwrap()
        .replace("<!>", "")
        .replace("<!---->", "")
}

/// Two pictures and a film on the shelf; all of them in the kit of a visit.
async fn furnished() -> (Clinic, VisitId) {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let tess = clinic.ctx(TESS);
    for (name, bytes) in [
        ("Colours.png", noisy_png(60, 40)),
        ("Shapes.png", noisy_png(50, 40)),
        ("Sea.mp4", FILM.to_vec()),
    ] {
        let item = clinic.shelve(TESS, name, &bytes).await;
        prepare::change(&tess, visit, Change::Add(item)).await.unwrap();
    }
    (clinic, visit)
}

#[tokio::test]
async fn the_shelf_is_there_without_script() {
    let (clinic, _) = furnished().await;
    let all = page(&clinic, TESS, "/care/library").await;
    for word in ["Colours", "Sea", "Video, 0:09", "Uploading needs JavaScript"] {
        assert!(all.contains(word), "{word}");
    }
    let videos = page(&clinic, TESS, "/care/library?kind=video").await;
    // The data for the script holds the whole shelf; the tiles are what is shown.
    let tile = |name: &str| videos.contains(&format!(r#"class="tile-name">{name}<"#));
    assert!(tile("Sea") && !tile("Colours"));

    let shelf = shelf::list(&clinic.ctx(TESS)).await.unwrap();
    let item = shelf.into_iter().find(|item| item.name == "Shapes").unwrap();
    let looked_at = page(&clinic, TESS, &format!("/care/library?item={}", item.id)).await;
    assert!(looked_at.contains(&format!("/media/{}/full", item.id)) && looked_at.contains("50 x 40"));
}

#[tokio::test]
async fn an_empty_shelf_says_what_to_do() {
    let clinic = Clinic::start().await;
    let empty = page(&clinic, TESS, "/care/library").await;
    assert!(empty.contains("Nothing here yet. Drop pictures, videos or PDF files."));
}

#[tokio::test]
async fn a_prepared_visit_shows_its_order_and_film() {
    let (clinic, visit) = furnished().await;
    let own = page(&clinic, TESS, &format!("/care/visits/{visit}/prepare")).await;
    for word in [
        "Prepare the visit of Ana Example",
        "In the order",
        "No video",
        "Open room",
        "Move Shapes up",
    ] {
        assert!(own.contains(word), "{word}");
    }
    let place = |name: &str| own.find(&format!("Remove {name}")).unwrap();
    assert!(place("Colours") < place("Shapes") && place("Shapes") < place("Sea"));
}

#[tokio::test]
async fn a_strangers_visit_is_no_visit() {
    let (clinic, visit) = furnished().await;
    for (who, address) in [
        (ANA, format!("/care/visits/{visit}/prepare")),
        (TESS, "/care/visits/nonsense/prepare".to_owned()),
    ] {
        let text = page(&clinic, who, &address).await;
        assert!(
            text.contains("There is no such visit.") && !text.contains("Ana Example"),
            "{who}"
        );
    }
}
