//! The colours of pens and pointers, read from the style sheet.

use super::tools::pen_name;
use crate::model::Color;
use std::collections::HashMap;
use web_sys::{Element, HtmlCanvasElement};

/// The style sheet gives the colours; without it the plain ones of CSS.
pub fn palette(canvas: &HtmlCanvasElement) -> HashMap<Color, String> {
    let Some(pen) = canvas
        .owner_document()
        .and_then(|document| document.create_element("span").ok())
    else {
        return HashMap::new();
    };
    // A pen that is on the page for a moment, because a style is computed only there.
    let placed = canvas
        .parent_element()
        .is_some_and(|page| page.append_child(&pen).is_ok());
    let palette = Color::ALL.into_iter().map(|color| {
        let _ = pen.set_attribute("data-pen", pen_name(color));
        (color, colour(&pen, "--pen", color.as_str()))
    });
    let palette = palette.collect();
    if placed {
        pen.remove();
    }
    palette
}

pub fn colour(element: &Element, property: &str, otherwise: &str) -> String {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let value = style
        .and_then(|style| style.get_property_value(property).ok())
        .unwrap_or_default();
    let value = value.trim();
    if value.is_empty() {
        otherwise.to_owned()
    } else {
        value.to_owned()
    }
}
