//! Fetches the kit into memory while the waiting video plays, with progress to the byte, and hands out addresses of what
//! is here. A film from memory starts at once and seeks without the network.

use super::{
    dom::{Ticker, field, now_ms, object},
    preload_plan::{Plan, Tally},
};
use js_sys::{Array, Uint8Array};
use library::model::Asset;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ReadableStreamDefaultReader, Response, Url};

/// How often a failed file is looked at again.
const RETRY_TICK_MS: i32 = 1_000;

/// The files of this visit on this device. They live as long as this does: nothing stays behind after the visit.
pub struct Preload {
    store: Rc<Store>,
    _retry: Ticker,
}

struct Store {
    plan: RefCell<Plan>,
    here: RefCell<HashMap<String, String>>,
    changed: Box<dyn Fn(Tally)>,
}

#[derive(Debug)]
struct NotLoaded;

impl From<JsValue> for NotLoaded {
    fn from(_: JsValue) -> Self {
        Self
    }
}

impl Preload {
    /// Starts at once. `changed` is called after every chunk.
    pub fn start(assets: impl IntoIterator<Item = Asset>, changed: impl Fn(Tally) + 'static) -> Self {
        let store = Rc::new(Store {
            plan: RefCell::new(Plan::new(assets)),
            here: RefCell::default(),
            changed: Box::new(changed),
        });
        store.tell();
        store.fill();
        let again = Rc::downgrade(&store);
        let retry = Ticker::every(RETRY_TICK_MS, move || {
            if let Some(store) = again.upgrade() {
                store.fill();
            }
        });
        Self { store, _retry: retry }
    }

    /// Where to read a file from: memory when it is here, else its own address, so that what is missing loads on demand.
    pub fn address(&self, path: &str) -> String {
        self.store
            .here
            .borrow()
            .get(path)
            .cloned()
            .unwrap_or_else(|| path.to_owned())
    }

    pub fn tally(&self) -> Tally {
        self.store.plan.borrow().tally()
    }
}

impl Store {
    fn fill(self: &Rc<Self>) {
        loop {
            let next = self.plan.borrow_mut().next(now_ms());
            let Some(asset) = next else { return };
            let store = Rc::clone(self);
            spawn_local(async move {
                match store.load(&asset).await {
                    Ok(address) => {
                        store.here.borrow_mut().insert(asset.path.clone(), address);
                        store.plan.borrow_mut().arrived(&asset.path);
                    }
                    Err(NotLoaded) => store.plan.borrow_mut().failed(&asset.path, now_ms()),
                }
                store.tell();
                store.fill();
            });
        }
    }

    fn tell(&self) {
        let tally = self.plan.borrow().tally();
        (self.changed)(tally);
    }

    /// The chunks stay on the browser's side of the boundary: only their sizes cross it.
    async fn load(&self, asset: &Asset) -> Result<String, NotLoaded> {
        let window = web_sys::window().ok_or(NotLoaded)?;
        let response: Response = JsFuture::from(window.fetch_with_str(&asset.path)).await?.dyn_into()?;
        if !response.ok() {
            return Err(NotLoaded);
        }
        let reader: ReadableStreamDefaultReader = response
            .body()
            .ok_or(NotLoaded)?
            .get_reader()
            .dyn_into()
            .map_err(|_| NotLoaded)?;
        let (chunks, mut size) = (Array::new(), 0_u64);
        loop {
            let step = JsFuture::from(reader.read()).await?;
            if field(&step, "done").is_truthy() {
                break;
            }
            let chunk: Uint8Array = field(&step, "value").dyn_into()?;
            size += u64::from(chunk.length());
            chunks.push(&chunk);
            self.plan.borrow_mut().grew(&asset.path, size);
            self.tell();
        }
        // A connection cut in the middle may end without an error.
        if asset.bytes != 0 && size != asset.bytes {
            return Err(NotLoaded);
        }
        let kind = response.headers().get("content-type")?.unwrap_or_default();
        let options: BlobPropertyBag = object([("type", kind.into())]).unchecked_into();
        let blob = Blob::new_with_u8_array_sequence_and_options(&chunks, &options)?;
        Ok(Url::create_object_url_with_blob(&blob)?)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        for address in self.here.borrow().values() {
            let _ = Url::revoke_object_url(address);
        }
    }
}
