//! One canvas over the page.

use crate::{client::dom::object, model::stage::PAGE_WIDTH};
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

pub struct Layer {
    canvas: HtmlCanvasElement,
    pub context: CanvasRenderingContext2d,
}

impl Layer {
    pub fn new(canvas: HtmlCanvasElement, live: bool) -> Option<Self> {
        // Past the compositor's queue: a pen feels the frame it saves.
        let options = object([("desynchronized", live.into())]);
        let context = canvas.get_context_with_context_options("2d", &options).ok()??;
        Some(Self {
            canvas,
            context: context.dyn_into().ok()?,
        })
    }

    /// `width` in device pixels; the page is 16 to 9.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a width in pixels"
    )]
    pub fn resize(&self, width: f64) {
        let (width, height) = (width.round() as u32, (width * 9.0 / 16.0).round() as u32);
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let scale = f64::from(width) / f64::from(PAGE_WIDTH);
        // A page of no size (a hidden pane) has nothing to paint; the scale of the next size counts.
        let _ = self.context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    }

    pub fn clear(&self) {
        let (width, height) = (f64::from(self.canvas.width()), f64::from(self.canvas.height()));
        self.context.save();
        let _ = self.context.reset_transform();
        self.context.clear_rect(0.0, 0.0, width, height);
        self.context.restore();
    }
}
