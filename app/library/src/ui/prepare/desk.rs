//! The kit on the page. A change shows at once and is sent in its turn: one after the other, so that two quick moves arrive
//! in the order in which they were made.

use super::model::{Change, apply, step};
use crate::{
    api::{
        self,
        view::{ItemView, PrepareView},
    },
    model::{ItemId, ItemState},
    ui::words::kit_error,
};
use kernel::{ApiError, VisitId};
use leptos::{prelude::*, task::spawn_local};
use std::collections::VecDeque;

#[derive(Clone, Copy)]
pub struct KitDesk {
    pub kit: RwSignal<PrepareView>,
    pub shelf: StoredValue<Vec<ItemView>>,
    pub error: RwSignal<Option<String>>,
    waiting: RwSignal<VecDeque<Change>>,
    saved: RwSignal<bool>,
}

impl KitDesk {
    pub fn new(kit: PrepareView, items: Vec<ItemView>) -> Self {
        let shelf = items
            .into_iter()
            .filter(|item| item.state == ItemState::Ready)
            .collect();
        Self {
            kit: RwSignal::new(kit),
            shelf: StoredValue::new(shelf),
            error: RwSignal::new(None),
            waiting: RwSignal::new(VecDeque::new()),
            saved: RwSignal::new(false),
        }
    }

    pub fn is_open(self) -> bool {
        self.kit.with_untracked(|kit| kit.is_open)
    }

    pub fn state_words(self) -> &'static str {
        match (self.waiting.with(VecDeque::is_empty), self.saved.get()) {
            (false, _) => "Saving",
            (true, true) => "Saved",
            (true, false) => "",
        }
    }

    /// Shows a change and puts it in line.
    pub fn change(self, change: Change) {
        if !self.is_open() {
            return;
        }
        self.error.set(None);
        self.kit
            .update(|kit| self.shelf.with_value(|shelf| apply(kit, &change, shelf)));
        let was_idle = self.waiting.with_untracked(VecDeque::is_empty);
        self.waiting.update(|waiting| waiting.push_back(change));
        if was_idle {
            spawn_local(self.send());
        }
    }

    /// One place up or down; nothing at the end of the way.
    pub fn step(self, item: ItemId, down: bool) {
        if let Some(place) = self.kit.with_untracked(|kit| step(kit, item, down)) {
            self.change(Change::Move(item, place));
        }
    }

    async fn send(self) {
        let visit = self.kit.with_untracked(|kit| kit.visit);
        while let Some(change) = self.waiting.with_untracked(|waiting| waiting.front().cloned()) {
            let answer = carry_out(visit, change).await;
            self.waiting.update(|waiting| drop(waiting.pop_front()));
            match answer {
                Ok(kit) => self.settle(kit),
                Err(error) => return self.fail(visit, &error).await,
            }
        }
    }

    /// The last answer of a row of changes is the truth; those before it would only flicker.
    fn settle(self, mut kit: PrepareView) {
        if self.waiting.with_untracked(VecDeque::is_empty) {
            // What is being typed is newer than any answer.
            kit.message = self.kit.with_untracked(|kit| kit.message.clone());
            self.saved.set(true);
            if self.kit.with_untracked(|old| *old != kit) {
                self.kit.set(kit);
            }
        }
    }

    /// Later changes may rest on the failed one: they are dropped, and the page shows what is saved.
    async fn fail(self, visit: VisitId, error: &ApiError) {
        self.waiting.update(VecDeque::clear);
        self.saved.set(false);
        self.error.set(Some(kit_error(error.code()).to_owned()));
        if let Ok(kit) = api::open_kit(visit).await {
            self.kit.set(kit);
        }
    }
}

async fn carry_out(visit: VisitId, change: Change) -> Result<PrepareView, ApiError> {
    match change {
        Change::Add(item) => api::add_to_kit(visit, item).await,
        Change::Take(item) => api::take_from_kit(visit, item).await,
        Change::Move(item, place) => api::move_in_kit(visit, item, place).await,
        Change::Waiting(item) => api::choose_waiting_video(visit, item).await,
        Change::Message(text) => api::write_message(visit, text).await,
    }
}
