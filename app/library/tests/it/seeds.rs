//! The demo library passes the same checks as any upload.

use crate::clinic::{ANA, Clinic, TESS, patient, rasteriser, therapist};
use library::{
    model::{ItemKind, ItemState},
    service::{
        kit_for_room,
        seed::{SeedVisit, seed},
        shelf,
    },
};

#[tokio::test]
async fn the_demo_library_is_ready_and_in_the_kit() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let visits = [SeedVisit {
        visit,
        patient: patient(ANA),
    }];
    seed(&clinic.test.house, &rasteriser(), therapist(TESS), &visits)
        .await
        .unwrap();

    let shelf = shelf::list(&clinic.ctx(TESS)).await.unwrap();
    assert_eq!(shelf.len(), 5);
    assert!(shelf.iter().all(|item| item.state == ItemState::Ready), "{shelf:?}");
    let ctx = clinic.ctx(ANA);
    let mut tx = ctx.db.begin(&ctx.actor).await.unwrap();
    let kit = kit_for_room(&mut tx, visit).await.unwrap();
    assert_eq!(
        kit.waiting_video.as_ref().map(|film| film.name.as_str()),
        Some("Calm sea")
    );
    let kinds: Vec<_> = kit.items.iter().map(|item| (item.kind, item.assets.len())).collect();
    let picture = (ItemKind::Picture, 1);
    assert_eq!(kinds, [picture, picture, picture, (ItemKind::Document, 3)]);
    let bytes: u64 = kit
        .items
        .iter()
        .flat_map(|item| &item.assets)
        .map(|asset| asset.bytes)
        .sum();
    assert!(bytes < 1_000_000, "a demo kit loads fast: {bytes} bytes");
}
