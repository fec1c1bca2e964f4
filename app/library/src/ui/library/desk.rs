//! What the page holds: the shelf as the server last told it, and the files of this page that are on their way.

use super::{
    send::Sender,
    tray::{Line, Local, lines},
};
use crate::{
    api,
    api::view::ItemView,
    model::{ItemId, ItemState},
};
use kernel::ApiError;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// While a file is checked, the page asks for its progress this often.
const ASK_EVERY: Duration = Duration::from_millis(1200);

#[derive(Clone, Copy)]
pub struct Desk {
    pub items: RwSignal<Vec<ItemView>>,
    pub uploads: RwSignal<Vec<Local>>,
    /// In the browser only: what belongs to one thread must not be left behind on a server, where another one drops it.
    sender: Option<StoredValue<Sender, LocalStorage>>,
    /// Counts answers, good or bad: each one may call for the next question.
    asked: RwSignal<u32>,
}

impl Desk {
    pub fn new(items: Vec<ItemView>) -> Self {
        Self {
            items: RwSignal::new(items),
            uploads: RwSignal::new(Vec::new()),
            sender: cfg!(target_arch = "wasm32").then(|| StoredValue::new_local(Sender::default())),
            asked: RwSignal::new(0),
        }
    }

    pub fn with_sender<R: Default>(self, act: impl FnOnce(&Sender) -> R) -> R {
        self.sender.map(|sender| sender.with_value(act)).unwrap_or_default()
    }

    /// Everything that is not ready yet, and what became of it.
    pub fn lines(self) -> Vec<Line> {
        self.uploads
            .with(|uploads| self.items.with(|items| lines(uploads, items)))
    }

    pub fn ready(self) -> Vec<ItemView> {
        self.items.with(|items| {
            items
                .iter()
                .filter(|item| item.state == ItemState::Ready)
                .cloned()
                .collect()
        })
    }

    /// Asks the server for the shelf. A question without an answer changes nothing: the next one follows.
    pub fn refresh(self) {
        spawn_local(async move {
            if let Ok(items) = api::list_items().await
                && self.items.with_untracked(|old| *old != items)
            {
                self.items.set(items);
            }
            self.asked.update(|asked| *asked = asked.wrapping_add(1));
        });
    }

    pub fn ask_while_something_moves(self) {
        Effect::new(move |_| {
            self.asked.track();
            if self.items.with(|items| items.iter().any(|item| item.state.is_moving())) {
                set_timeout(move || self.refresh(), ASK_EVERY);
            }
        });
    }

    /// Takes an item off the list of this page at once; the server already did.
    pub fn forget(self, item: ItemId) {
        self.items.update(|items| items.retain(|other| other.id != item));
    }

    /// Takes a refused or unfinished file off the tray, here and on the server.
    pub fn dismiss(self, line: &Line) {
        if let Some(key) = line.local {
            self.with_sender(|sender| sender.forget(key));
            self.uploads
                .update(|uploads| uploads.retain(|upload| upload.key != key));
        }
        let Some(item) = line.item.filter(|_| line.on_server) else {
            return;
        };
        self.forget(item);
        spawn_local(async move {
            // Whatever came of it, the next list tells.
            let _answer: Result<_, ApiError> = api::remove_item(item, true).await;
            self.refresh();
        });
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::Desk;
    use leptos::prelude::Owner;

    #[test]
    fn a_page_rendered_on_one_thread_may_be_dropped_on_another() {
        let owner = Owner::new();
        owner.with(|| Desk::new(Vec::new()));
        assert!(std::thread::spawn(move || drop(owner)).join().is_ok());
    }
}
