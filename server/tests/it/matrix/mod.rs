//! The access matrix (T1): every path of the house, asked by every kind of actor for their own, a foreign and an absent
//! object. What the router serves without a row here fails; a foreign and an absent object answer byte for byte alike.
//! The messages inside a room's socket have a table of their own beside the room (`app/room/tests/it/rights.rs`).

mod audience;
mod cast;
mod functions;
mod objects;
mod routes;
pub mod row;
mod served;
mod socket;
mod world;

use functions::SERVER_FUNCTIONS;
use http::StatusCode;
use routes::ROUTES;
use row::{Ask, Kind, Row};
use std::collections::BTreeSet;
use world::{Concerns, Plain, Who, World};

/// Every row, pages first: the last functions change what the pages show and sign everybody out.
fn rows() -> impl Iterator<Item = &'static Row> {
    ROUTES.iter().chain(SERVER_FUNCTIONS)
}

/// What an answer says about the door.
#[derive(Debug, PartialEq, Eq)]
enum Door {
    In,
    Out,
    /// What was asked made no sense (400) or was filled in wrongly (422): whoever asks, the door may not have been reached.
    Unasked,
}

/// Refused by a rule of the clinic (409) counts as let in: the rule answered, not the door. Being led on counts for a link,
/// unless it leads to the sign-in.
fn door(row: &Row, answer: &Plain) -> Door {
    match answer.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND => Door::Out,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Door::Unasked,
        StatusCode::SEE_OTHER if !row.leads || answer.leads_to.starts_with("/sign-in") => Door::Out,
        _ => Door::In,
    }
}

#[tokio::test]
async fn every_path_is_in_the_matrix() {
    let clinic = crate::clinic::Clinic::start().await;
    let known: BTreeSet<String> = rows().map(|row| format!("{} {}", row.method(), row.served())).collect();
    let served = served::served(clinic.router());
    let unlisted: Vec<_> = served.difference(&known).collect();
    let gone: Vec<_> = known.difference(&served).collect();
    assert!(
        unlisted.is_empty(),
        "served without a row in the access matrix: {unlisted:#?}"
    );
    assert!(
        gone.is_empty(),
        "rows of the access matrix that nothing serves: {gone:#?}"
    );
}

#[tokio::test]
async fn a_production_start_has_no_pages_for_developers() {
    let house = kernel::testing::TestHouse::start().await;
    let for_developers = async |development| {
        let origin = crate::clinic::ORIGIN.parse().expect("an origin");
        let parts = server::web::Parts::new(house.house.clone(), origin, None, development)
            .await
            .expect("the house is wired");
        let router = server::web::router(&parts, ([127, 0, 0, 1], 3000).into(), None);
        let mut paths = served::served(&router);
        paths.retain(|path| path.contains("/kit") || path.contains("/dev/"));
        paths.len()
    };
    assert_eq!(for_developers(true).await, 4);
    assert_eq!(for_developers(false).await, 0);
}

#[tokio::test]
async fn no_cell_is_wrong_for_a_patient() {
    check_every_cell(Concerns::PatientA).await;
}

#[tokio::test]
async fn no_cell_is_wrong_for_a_guardians_child() {
    check_every_cell(Concerns::ChildOfGuardian).await;
}

async fn check_every_cell(concerns: Concerns) {
    let world = World::start(concerns).await;
    let mut wrong = Vec::new();
    let mut cells = 0_usize;
    for row in rows().filter(|row| !matches!(row.kind, Kind::Socket)) {
        // Who may not goes first: they change nothing. Who may goes last and may change the object.
        for who in Who::ALL.into_iter().filter(|who| !concerns.lets(row, *who)) {
            let (foreign, absent) = (
                world.ask(row, who, Ask::Real).await,
                world.ask(row, who, Ask::Absent).await,
            );
            cells += 2;
            check_closed(row, who, &foreign, &absent, &mut wrong);
        }
        for who in Who::ALL.into_iter().filter(|who| concerns.lets(row, *who)) {
            let own = world.ask(row, who, Ask::Real).await;
            cells += 1;
            if door(row, &own) != Door::In || own.status.is_server_error() {
                wrong.push(format!("{} as {who:?}: {}", row.path, line(&own)));
            }
            if row.has_object() {
                let absent = world.ask(row, who, Ask::Absent).await;
                cells += 1;
                if door(row, &absent) != Door::Out && !row.absent_is_fine {
                    wrong.push(format!("{} as {who:?}, absent object: {}", row.path, line(&absent)));
                }
            }
        }
    }
    println!("access matrix, {concerns:?}: {cells} cells, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn check_closed(row: &Row, who: Who, foreign: &Plain, absent: &Plain, wrong: &mut Vec<String>) {
    if door(row, foreign) != Door::Out {
        wrong.push(format!("{} does not keep {who:?} out: {}", row.path, line(foreign)));
    }
    if foreign != absent {
        let (foreign, absent) = apart(foreign, absent);
        wrong.push(format!(
            "{} tells {who:?} foreign from absent: {foreign} / {absent}",
            row.path
        ));
    }
}

/// Both answers from a little before the first letter in which they differ.
fn apart(one: &Plain, other: &Plain) -> (String, String) {
    let same = one
        .text
        .chars()
        .zip(other.text.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |answer: &Plain| {
        let text: String = answer.text.chars().skip(same.saturating_sub(40)).take(120).collect();
        format!("{} {text}", answer.status)
    };
    (around(one), around(other))
}

fn line(answer: &Plain) -> String {
    format!(
        "{} {}",
        answer.status,
        answer.text.chars().take(200).collect::<String>()
    )
}
