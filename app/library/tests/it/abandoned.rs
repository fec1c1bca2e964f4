//! Uploads that stopped before their end leave the disk after a day.

use crate::clinic::{Clinic, TESS, noisy_png};
use axum::http::StatusCode;
use chrono::Duration;
use library::{
    model::{CHUNK, ItemState, Refusal},
    service::{give_up_abandoned, shelf},
};

#[tokio::test]
async fn what_nobody_goes_on_with_is_given_up_after_a_day() {
    let clinic = Clinic::start().await;
    let house = &clinic.test.house;
    let png = noisy_png(1500, 1200);
    let (first, rest) = png.split_at(usize::try_from(CHUNK).unwrap());
    let length = png.len() as u64;
    let stopped = clinic.begin(TESS, "stopped.png", length).await;
    clinic.patch(TESS, stopped, 0, first.to_vec()).await;
    let slow = clinic.begin(TESS, "slow.png", length).await;
    let never = clinic.begin(TESS, "never.png", length).await;
    clinic.test.clock.advance(Duration::hours(23));
    assert_eq!(
        give_up_abandoned(house).await.unwrap(),
        0,
        "within a day everything may go on"
    );
    // A page that was left open goes on.
    clinic.patch(TESS, slow, 0, first.to_vec()).await;
    clinic.test.clock.advance(Duration::hours(2));
    assert_eq!(give_up_abandoned(house).await.unwrap(), 2);
    assert_eq!(give_up_abandoned(house).await.unwrap(), 0, "once");
    clinic.work().await;
    assert_eq!(clinic.objects(), 1, "only the piece of the slow one is left");

    let shelf = shelf::list(&clinic.ctx(TESS)).await.unwrap();
    let state = |item| shelf.iter().find(|view| view.id == item).map(|view| view.state);
    assert_eq!(
        state(stopped),
        Some(ItemState::Refused(Refusal::Abandoned)),
        "and its line says so"
    );
    assert_eq!(state(never), Some(ItemState::Refused(Refusal::Abandoned)));
    let late = clinic.patch(TESS, stopped, CHUNK, rest.to_vec()).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    let done = clinic.patch(TESS, slow, CHUNK, rest.to_vec()).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    clinic.work().await;
    let shelf = shelf::list(&clinic.ctx(TESS)).await.unwrap();
    assert!(
        shelf
            .iter()
            .any(|view| view.id == slow && view.state == ItemState::Ready)
    );
}
