//! One request to the upload routes, with its progress.

use super::tray::Stage;
use js_sys::Promise;
use serde::Deserialize;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, XmlHttpRequest};

/// A piece of 4 MiB that takes longer than this travels on a dead line.
const PATIENCE_MS: u32 = 180_000;

/// The line broke, or the request was aborted.
pub struct Broken;

pub struct Answer {
    pub status: u16,
    pub offset: Option<u64>,
    pub text: String,
}

impl Answer {
    /// What a refusal means for the line on the tray.
    pub fn stage(&self) -> Stage {
        #[derive(Deserialize)]
        struct Code {
            code: String,
        }
        // Our side does not answer now; what was sent is kept, and the rest can follow.
        if self.status >= 500 {
            return Stage::Broken;
        }
        let code = serde_json::from_str::<Code>(&self.text)
            .map(|code| code.code)
            .unwrap_or_default();
        code.parse().map_or(Stage::Failed, Stage::Refused)
    }
}

/// One request. `fetch` cannot tell how much of a body is sent; this older interface can.
pub async fn send(
    on_its_way: &RefCell<Option<XmlHttpRequest>>,
    method: &str,
    address: &str,
    headers: &[(&str, String)],
    body: Option<&JsValue>,
    on_progress: impl Fn(u64) + 'static,
) -> Result<Answer, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open(method, address)?;
    request.set_timeout(PATIENCE_MS);
    for (name, value) in headers {
        request.set_request_header(name, value)?;
    }
    let progress =
        Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| on_progress(whole(event.loaded())));
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let over = Promise::new(&mut |resolve, reject| {
        request.set_onload(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onabort(Some(&reject));
        request.set_ontimeout(Some(&reject));
    });
    match body {
        Some(body) => request.send_blob_or_text(body)?,
        None => request.send()?,
    }
    on_its_way.replace(Some(request.clone()));
    JsFuture::from(over).await?;
    on_its_way.replace(None);
    Ok(Answer {
        status: request.status()?,
        offset: request
            .get_response_header("Upload-Offset")?
            .and_then(|offset| offset.parse().ok()),
        text: request.response_text()?.unwrap_or_default(),
    })
}

trait SendBody {
    fn send_blob_or_text(&self, body: &JsValue) -> Result<(), JsValue>;
}

impl SendBody for XmlHttpRequest {
    fn send_blob_or_text(&self, body: &JsValue) -> Result<(), JsValue> {
        match (body.dyn_ref::<web_sys::Blob>(), body.as_string()) {
            (Some(blob), _) => self.send_with_opt_blob(Some(blob)),
            (None, text) => self.send_with_opt_str(text.as_deref()),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes and lengths: whole, positive and far below 2^53"
)]
pub const fn whole(number: f64) -> u64 {
    number as u64
}
