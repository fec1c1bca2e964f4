//! The demo library: drawn pictures, a hand-made worksheet and a short calm film, checked like any upload.

mod drawings;
mod worksheet;

use super::{
    check::{CheckError, Checker},
    object_id, shelf_key,
};
use crate::{
    model::{ItemId, ItemKind},
    raster::Rasteriser,
    store::{self, item::NewItem, upload::Part},
};
use kernel::{AccountId, House, PatientId, Task, TherapistId, VisitId};

/// Eight seconds of waves, drawn on a canvas and recorded by a browser: see `assets/README.md`.
const CALM_SEA: &[u8] = include_bytes!("../../../assets/calm-sea.mp4");

/// A visit that gets a kit.
#[derive(Debug, Clone, Copy)]
pub struct SeedVisit {
    pub visit: VisitId,
    pub patient: PatientId,
}

/// Fills the library of `therapist` and gives each of the visits a kit with everything in it.
///
/// # Errors
/// `CheckError` when the database or the blob store does not keep it, or a demo file is not taken.
pub async fn seed(
    house: &House,
    rasteriser: &Rasteriser,
    therapist: TherapistId,
    visits: &[SeedVisit],
) -> Result<(), CheckError> {
    let owner = AccountId::from(therapist);
    let checker = Checker {
        house: house.clone(),
        rasteriser: rasteriser.clone(),
    };
    let files: [(&str, ItemKind, Vec<u8>); 5] = [
        ("Colours", ItemKind::Picture, drawings::colours()?),
        ("How do you feel", ItemKind::Picture, drawings::feelings()?),
        ("Shapes", ItemKind::Picture, drawings::shapes()?),
        ("My week", ItemKind::Document, worksheet::pdf()),
        ("Calm sea", ItemKind::Video, CALM_SEA.to_vec()),
    ];
    let mut items = Vec::with_capacity(files.len());
    for (name, kind, bytes) in files {
        items.push(plant(&checker, owner, name, kind, &bytes).await?);
    }
    let mut tx = house.db.begin_task(Task::Seed).await?;
    let (film, shown) = (items.last().copied(), items.get(..4).unwrap_or_default());
    for seed in visits {
        store::kit::lock(&mut tx, seed.visit, therapist, seed.patient, house.clock.now()).await?;
        store::kit::set_order(&mut tx, seed.visit, shown).await?;
        store::kit::set_waiting(&mut tx, seed.visit, film).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn plant(
    checker: &Checker,
    owner: AccountId,
    name: &str,
    kind: ItemKind,
    bytes: &[u8],
) -> Result<ItemId, CheckError> {
    let house = &checker.house;
    let now = house.clock.now();
    let id: ItemId = house.ids.next();
    let mut tx = house.db.begin_task(Task::Seed).await?;
    let item = NewItem {
        id,
        owner,
        name: name.to_owned(),
        kind,
        bytes: bytes.len() as u64,
        duration_ms: 0,
    };
    store::item::insert(&mut tx, &item, now).await?;
    let key = shelf_key(house, &mut tx, owner).await?;
    let part = Part {
        object: object_id(id, "upload 0"),
        starts_at: 0,
        bytes: item.bytes,
    };
    house.blobs.put(part.object, &key, bytes).await?;
    store::upload::add(&mut tx, id, part, now).await?;
    store::item::begin_check(&mut tx, id).await?;
    tx.commit().await?;
    checker.check(id).await?;
    Ok(id)
}
