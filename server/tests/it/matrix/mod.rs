//! The access matrix (T1): every server function and every route, asked by every kind of actor for their own, a foreign
//! and an absent object. A path that is not in the table fails; a foreign and an absent object answer byte for byte alike.

pub mod table;
mod world;

use axum::body::Bytes;
use http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;
use table::{Ask, ROUTES, Row, SERVER_FUNCTIONS};
use world::{Who, World};

/// Was the actor let in? Refused by a rule of the clinic (409, 422) still counts as let in: the rule answered, not the door.
fn let_in(status: StatusCode) -> bool {
    !matches!(
        status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::SEE_OTHER
    )
}

#[tokio::test]
async fn every_server_function_is_in_the_matrix() {
    let _world = World::start().await;
    let known: BTreeSet<String> = SERVER_FUNCTIONS
        .iter()
        .map(|row| format!("/api/{}", row.path))
        .collect();
    let served: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let unlisted: Vec<_> = served.difference(&known).collect();
    let gone: Vec<_> = known.difference(&served).collect();
    assert!(
        unlisted.is_empty(),
        "server functions without a row in the access matrix: {unlisted:?}"
    );
    assert!(
        gone.is_empty(),
        "rows of the access matrix without a server function: {gone:?}"
    );
}

#[tokio::test]
async fn no_cell_of_the_matrix_is_wrong() {
    let world = World::start().await;
    let mut wrong = Vec::new();
    let mut cells = 0_usize;
    // Pages first: the last functions of the table sign everybody out.
    for row in ROUTES.iter().chain(SERVER_FUNCTIONS) {
        // Who may not goes first: they change nothing. Who may goes last and may change the object.
        for who in Who::ALL.into_iter().filter(|who| !row.may.contains(who)) {
            let (foreign, absent) = (
                world.ask(row, who, Ask::Real).await,
                world.ask(row, who, Ask::Absent).await,
            );
            cells += 2;
            check_closed(row, who, &foreign, &absent, &mut wrong);
        }
        for who in Who::ALL.into_iter().filter(|who| row.may.contains(who)) {
            let (status, body) = world.ask(row, who, Ask::Real).await;
            cells += 1;
            if !let_in(status) || status.is_server_error() {
                wrong.push(format!("{} as {who:?}: {status} {}", row.path, text(&body)));
            }
            if row.has_object() {
                let (status, body) = world.ask(row, who, Ask::Absent).await;
                cells += 1;
                if let_in(status) && !row.absent_is_fine {
                    wrong.push(format!(
                        "{} as {who:?}, absent object: {status} {}",
                        row.path,
                        text(&body)
                    ));
                }
            }
        }
    }
    println!("access matrix: {cells} cells, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

type Answer = (StatusCode, Bytes);

fn check_closed(row: &Row, who: Who, foreign: &Answer, absent: &Answer, wrong: &mut Vec<String>) {
    if let_in(foreign.0) {
        wrong.push(format!(
            "{} lets {who:?} in: {} {}",
            row.path,
            foreign.0,
            text(&foreign.1)
        ));
    }
    if foreign != absent {
        wrong.push(format!(
            "{} tells {who:?} foreign from absent: {} {} / {} {}",
            row.path,
            foreign.0,
            text(&foreign.1),
            absent.0,
            text(&absent.1)
        ));
    }
}

fn text(body: &Bytes) -> String {
    String::from_utf8_lossy(body).chars().take(200).collect()
}
