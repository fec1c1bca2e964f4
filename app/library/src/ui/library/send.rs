//! Sends files piece by piece, one file after the other. A broken line is tried again with growing pauses; then the person
//! decides. Nothing is ever sent twice: the server says where the upload stands.

use super::{
    desk::Desk,
    line::{self, Answer, Broken, whole},
    measure::measure,
    tray::{Local, Stage},
};
use crate::model::{FileKind, ItemId, ItemKind, ItemState, UploadAsk, UploadStarted, declared, item_name};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen::JsValue;
use web_sys::{File, XmlHttpRequest};

/// Milliseconds before each new try of a piece.
const PAUSES: [u32; 5] = [500, 1_000, 2_000, 4_000, 8_000];
/// The files behind the lines of the tray. They live outside signals: a `File` belongs to the browser.
#[derive(Default)]
pub struct Sender {
    files: RefCell<HashMap<u32, File>>,
    next: RefCell<u32>,
    /// The request on its way, so that a pause need not wait for its end.
    request: Rc<RefCell<Option<XmlHttpRequest>>>,
}

impl Sender {
    pub fn forget(&self, key: u32) {
        self.files.borrow_mut().remove(&key);
    }

    fn keep(&self, file: File) -> u32 {
        let mut next = self.next.borrow_mut();
        *next += 1;
        self.files.borrow_mut().insert(*next, file);
        *next
    }

    fn abort(&self) {
        if let Some(request) = self.request.borrow_mut().take() {
            // Refused only for a request that is already over.
            let _over = request.abort();
        }
    }
}

impl Desk {
    /// Puts files on the tray and sends them. One that an earlier page left unfinished goes on where it stopped.
    pub fn add_files(self, files: Vec<File>) {
        for file in files {
            let (name, bytes) = (file.name(), size(&file));
            let kind = declared(&file.type_(), &name).map(FileKind::item);
            let left = self.left_unfinished(&name, bytes, kind);
            let key = self.with_sender(|sender| sender.keep(file));
            let local = Local {
                key,
                file: name,
                bytes,
                sent: 0,
                kind,
                item: left,
                stage: Stage::Queued,
            };
            self.uploads.update(|uploads| uploads.push(local));
        }
        self.send_next();
    }

    pub fn pause(self, key: u32) {
        self.set_stage(key, Stage::Paused);
        self.with_sender(Sender::abort);
    }

    pub fn go_on(self, key: u32) {
        self.set_stage(key, Stage::Queued);
        self.send_next();
    }

    fn left_unfinished(self, name: &str, bytes: u64, kind: Option<ItemKind>) -> Option<ItemId> {
        let name = item_name(name);
        let taken: Vec<_> = self
            .uploads
            .with_untracked(|uploads| uploads.iter().filter_map(|u| u.item).collect());
        self.items.with_untracked(|items| {
            items
                .iter()
                .find(|item| {
                    matches!(item.state, ItemState::Uploading { .. })
                        && item.name == name
                        && item.bytes == bytes
                        && Some(item.kind) == kind
                        && !taken.contains(&item.id)
                })
                .map(|item| item.id)
        })
    }

    fn find(self, key: u32) -> Option<Local> {
        self.uploads
            .with_untracked(|uploads| uploads.iter().find(|upload| upload.key == key).cloned())
    }

    fn change(self, key: u32, change: impl FnOnce(&mut Local)) {
        self.uploads.update(|uploads| {
            if let Some(upload) = uploads.iter_mut().find(|upload| upload.key == key) {
                change(upload);
            }
        });
    }

    fn set_stage(self, key: u32, stage: Stage) {
        self.change(key, |upload| upload.stage = stage);
    }

    fn is_sending(self, key: u32) -> bool {
        self.find(key).is_some_and(|upload| upload.stage == Stage::Sending)
    }

    fn send_next(self) {
        let next = self.uploads.with_untracked(|uploads| {
            let busy = uploads.iter().any(|upload| upload.stage == Stage::Sending);
            uploads
                .iter()
                .find(|upload| !busy && upload.stage == Stage::Queued)
                .map(|upload| upload.key)
        });
        let Some(key) = next else { return };
        let Some(file) = self.with_sender(|sender| sender.files.borrow().get(&key).cloned()) else {
            return;
        };
        self.set_stage(key, Stage::Sending);
        spawn_local(async move {
            let outcome = self.send(key, &file).await;
            // A pause or a removal that came meanwhile has the last word.
            if self.is_sending(key) {
                self.set_stage(key, outcome);
            }
            self.refresh();
            self.send_next();
        });
    }

    /// Sends one file to its end, or to where it stops.
    async fn send(self, key: u32, file: &File) -> Stage {
        let Some(local) = self.find(key) else {
            return Stage::Paused;
        };
        let (item, chunk) = match local.item {
            Some(item) => (item, crate::model::CHUNK),
            None => match self.begin(key, file, local.kind).await {
                Ok(started) => (started.item, started.chunk),
                Err(stage) => return stage,
            },
        };
        let address = format!("/uploads/{item}");
        let whole = size(file);
        // Where the server stands: 0 for a new file, more for one that goes on.
        let mut offset = match self.ask(&address, local.item.is_some()).await {
            Ok(offset) => offset,
            Err(stage) => return stage,
        };
        let mut tries = PAUSES.iter();
        while offset < whole {
            if !self.is_sending(key) {
                return Stage::Paused;
            }
            match self.send_piece(key, &address, file, offset, chunk).await {
                Ok(next) => {
                    offset = next;
                    self.change(key, |upload| upload.sent = next);
                    tries = PAUSES.iter();
                }
                Err(Trouble::Final(stage)) => return stage,
                Err(Trouble::Line) => {
                    let Some(pause) = tries.next() else {
                        return Stage::Broken;
                    };
                    TimeoutFuture::new(*pause).await;
                    if let Ok(standing) = self.ask(&address, true).await {
                        offset = standing;
                        self.change(key, |upload| upload.sent = standing);
                    }
                }
            }
        }
        Stage::Sent
    }

    async fn begin(self, key: u32, file: &File, kind: Option<ItemKind>) -> Result<UploadStarted, Stage> {
        let duration_ms = if kind == Some(ItemKind::Video) {
            measure(file).await.unwrap_or(0)
        } else {
            0
        };
        let ask = UploadAsk {
            name: file.name(),
            bytes: size(file),
            mime: file.type_(),
            duration_ms,
        };
        let body = serde_json::to_string(&ask).map_err(|_| Stage::Failed)?;
        let headers = [("Content-Type", "application/json".to_owned())];
        let answer = self
            .request("POST", "/uploads", &headers, Some(&JsValue::from(body)), |_| {})
            .await
            .map_err(|Broken| Stage::Broken)?;
        if answer.status != 201 {
            return Err(answer.stage());
        }
        let started: UploadStarted = serde_json::from_str(&answer.text).map_err(|_| Stage::Failed)?;
        self.change(key, |upload| upload.item = Some(started.item));
        Ok(started)
    }

    async fn ask(self, address: &str, began_before: bool) -> Result<u64, Stage> {
        if !began_before {
            return Ok(0);
        }
        let answer = self
            .request("HEAD", address, &[], None, |_| {})
            .await
            .map_err(|Broken| Stage::Broken)?;
        answer.offset.ok_or_else(|| answer.stage())
    }

    async fn send_piece(self, key: u32, address: &str, file: &File, offset: u64, chunk: u64) -> Result<u64, Trouble> {
        let end = (offset + chunk).min(size(file));
        let piece = file
            .slice_with_f64_and_f64(number(offset), number(end))
            .map_err(|_| Trouble::Line)?;
        let headers = [
            ("Content-Type", "application/offset+octet-stream".to_owned()),
            ("Upload-Offset", offset.to_string()),
        ];
        let progress = move |sent: u64| self.change(key, |upload| upload.sent = (offset + sent).min(end));
        let answer = self
            .request("PATCH", address, &headers, Some(piece.as_ref()), progress)
            .await
            .map_err(|Broken| Trouble::Line)?;
        match (answer.status, answer.offset) {
            // 409 with an offset: the server stands elsewhere; go on from there.
            (204 | 409, Some(offset)) => Ok(offset),
            (500.., _) => Err(Trouble::Line),
            _ => Err(Trouble::Final(answer.stage())),
        }
    }

    async fn request(
        self,
        method: &str,
        address: &str,
        headers: &[(&str, String)],
        body: Option<&JsValue>,
        on_progress: impl Fn(u64) + 'static,
    ) -> Result<Answer, Broken> {
        let request = self.with_sender(|sender| Rc::clone(&sender.request));
        line::send(&request, method, address, headers, body, on_progress)
            .await
            .map_err(|_| Broken)
    }
}

enum Trouble {
    Line,
    Final(Stage),
}

fn size(file: &File) -> u64 {
    whole(file.size())
}

#[expect(clippy::cast_precision_loss, reason = "a place in a file of at most 500 MB")]
const fn number(place: u64) -> f64 {
    place as f64
}
