//! A therapist prepares a visit: the order of the session, the film in the waiting room, a message. Each change is saved
//! by itself; there is no button for it.

use super::{kit::message_place, message_for_room, visit};
use crate::{
    LibraryError,
    api::view::{PrepareView, RowView},
    model::{ItemId, ItemKind, ItemState, Order},
    store,
};
use kernel::{
    Ctx, PatientId, Tx, VisitId,
    audit::{self, Looked, Subject},
};
use scheduling::service::RoomVisit;

/// Letters of a message; a sentence or two in the waiting room.
pub const MESSAGE_LENGTH: usize = 300;

/// One change of a kit.
#[derive(Debug, Clone)]
pub enum Change {
    Add(ItemId),
    Remove(ItemId),
    /// To a place counted from 0.
    Move(ItemId, usize),
    WaitingVideo(Option<ItemId>),
    Message(String),
}

/// The page of a visit's kit.
///
/// # Errors
/// `NotFound` when the actor is not the therapist of the visit.
pub async fn open(ctx: &Ctx, visit: VisitId) -> Result<PrepareView, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = visit::hosted(ctx, &mut tx, visit).await?;
    audit::record(&mut tx, Looked::Read, subject(visit, found.patient));
    let view = view(ctx, &mut tx, found).await?;
    tx.commit().await?;
    Ok(view)
}

/// Carries out one change and answers the kit as it then is.
///
/// # Errors
/// `NotFound` when the actor is not the therapist of the visit, or the item not theirs; `Rule("visit_over")` when it is
/// over; `Rule` with `kit_full`, `not_a_video`, `too_long`.
pub async fn change(ctx: &Ctx, visit: VisitId, change: Change) -> Result<PrepareView, LibraryError> {
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let found = visit::hosted(ctx, &mut tx, visit).await?;
    if !found.state.is_open() {
        return Err(LibraryError::Rule("visit_over"));
    }
    store::kit::lock(&mut tx, visit, found.therapist, found.patient, ctx.clock.now()).await?;
    match change {
        Change::WaitingVideo(item) => set_waiting(&mut tx, visit, item).await?,
        Change::Message(text) => set_message(ctx, &mut tx, visit, found.patient, text.trim()).await?,
        change => set_order(&mut tx, visit, &change).await?,
    }
    audit::record(&mut tx, Looked::Changed, subject(visit, found.patient));
    let view = view(ctx, &mut tx, found).await?;
    tx.commit().await?;
    Ok(view)
}

const fn subject(visit: VisitId, patient: PatientId) -> Subject {
    Subject::new("kit", visit.uuid()).of(patient)
}

async fn set_order(tx: &mut Tx, visit: VisitId, change: &Change) -> Result<(), LibraryError> {
    let mut order = Order::new(store::kit::order(tx, visit).await?);
    match change {
        Change::Add(item) => {
            own_ready(tx, *item).await?;
            order.add(*item).map_err(|_| LibraryError::Rule("kit_full"))?;
        }
        Change::Remove(item) => order.remove(*item),
        Change::Move(item, place) => order.move_to(*item, *place),
        Change::WaitingVideo(_) | Change::Message(_) => return Ok(()),
    }
    Ok(store::kit::set_order(tx, visit, order.items()).await?)
}

async fn set_waiting(tx: &mut Tx, visit: VisitId, item: Option<ItemId>) -> Result<(), LibraryError> {
    if let Some(item) = item
        && own_ready(tx, item).await? != ItemKind::Video
    {
        return Err(LibraryError::Rule("not_a_video"));
    }
    Ok(store::kit::set_waiting(tx, visit, item).await?)
}

/// Only what is checked and one's own goes into a kit.
async fn own_ready(tx: &mut Tx, item: ItemId) -> Result<ItemKind, LibraryError> {
    store::item::lock(tx, item)
        .await?
        .filter(|item| item.state == ItemState::Ready)
        .map(|item| item.kind)
        .ok_or(LibraryError::NotFound)
}

async fn set_message(
    ctx: &Ctx,
    tx: &mut Tx,
    visit: VisitId,
    patient: PatientId,
    text: &str,
) -> Result<(), LibraryError> {
    if text.chars().count() > MESSAGE_LENGTH {
        return Err(LibraryError::Rule("too_long"));
    }
    if text.is_empty() {
        return Ok(store::kit::set_message(tx, visit, None).await?);
    }
    let now = ctx.clock.now();
    let sealed = ctx
        .vault
        .seal(tx, now, patient, message_place(visit), text.as_bytes())
        .await?;
    Ok(store::kit::set_message(tx, visit, Some(&sealed)).await?)
}

async fn view(ctx: &Ctx, tx: &mut Tx, visit: RoomVisit) -> Result<PrepareView, LibraryError> {
    let when = visit::times(tx, &visit).await?;
    let kit = store::kit::load(tx, visit.visit).await?;
    let removed = store::kit::removed(tx, visit.visit).await?;
    let order = store::kit::order(tx, visit.visit).await?;
    let rows = order
        .into_iter()
        .filter_map(|id| {
            let ready = kit.items.iter().find(|item| item.item == id).map(RowView::from);
            let gone = || {
                removed
                    .iter()
                    .find(|(item, _)| *item == id)
                    .map(|(item, name)| RowView::gone(*item, name))
            };
            ready.or_else(gone)
        })
        .collect();
    let message = message_for_room(&ctx.house, tx, visit.visit).await?;
    Ok(PrepareView {
        visit: visit.visit,
        when,
        is_open: visit.state.is_open(),
        patient_name: visit.patient_name,
        rows,
        waiting: kit.waiting_video.map(|item| item.item),
        message: message.map(kernel::Phi::into_inner).unwrap_or_default(),
    })
}
