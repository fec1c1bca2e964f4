//! What the pointer is over. Blocks say where they are in `data-block` ("2:5"), columns in `data-column`.

use wasm_bindgen::JsCast;

use super::{block::Hours, walk::At};

/// Narrower windows show an agenda instead of a grid: there is nowhere to put a block down.
const GRID_FROM: f64 = 768.0;

pub fn is_wide() -> bool {
    leptos::prelude::window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .is_some_and(|width| width >= GRID_FROM)
}

/// The block an event happened on.
pub fn block_of(event: &web_sys::Event) -> Option<At> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let block = target
        .closest("[data-block]")
        .ok()
        .flatten()?
        .get_attribute("data-block")?;
    let (column, block) = block.split_once(':')?;
    Some(At {
        column: column.parse().ok()?,
        block: block.parse().ok()?,
    })
}

/// Puts the focus on a block that is in the page.
pub fn focus(root: &web_sys::Element, at: At) {
    let name = format!("[data-block=\"{}:{}\"]", at.column, at.block);
    if let Ok(Some(found)) = root.query_selector(&name)
        && let Ok(found) = found.dyn_into::<web_sys::HtmlElement>()
    {
        // A block that was scrolled out of the page meanwhile takes no focus, and nothing hangs on it.
        let _ = found.focus();
    }
}

/// The column under or next to a point, and the minute after midnight there.
pub fn place_at(root: &web_sys::Element, hours: Hours, columns: usize, x: i32, y: i32) -> Option<(usize, i32)> {
    let (x, y) = (f64::from(x), f64::from(y));
    let mut nearest: Option<(f64, usize, f64)> = None;
    for column in 0..columns {
        let Ok(Some(body)) = root.query_selector(&format!("[data-column=\"{column}\"]")) else {
            continue;
        };
        let place = body.get_bounding_client_rect();
        let apart = (place.left() - x).max(x - place.right()).max(0.0);
        if place.height() > 0.0 && nearest.is_none_or(|(least, ..)| apart < least) {
            let rows = (y - place.top()) / place.height() * f64::from(hours.rows());
            nearest = Some((apart, column, rows * 15.0 + f64::from(hours.first) * 60.0));
        }
    }
    nearest.map(|(_, column, minute)| (column, whole(minute)))
}

/// The rows of quarter hours that a scrolled window shows, with an hour more on both sides.
pub fn rows_in_view(scroll: &web_sys::Element, hours: Hours) -> Option<(u16, u16)> {
    let body = scroll.query_selector("[data-column]").ok().flatten()?;
    let row = body.get_bounding_client_rect().height() / f64::from(hours.rows());
    if row <= 0.0 {
        return None;
    }
    let (top, height) = (f64::from(scroll.scroll_top()), f64::from(scroll.client_height()));
    // Whole hours, so that most of scrolling changes nothing.
    let first = whole(top / row / 4.0) - 1;
    let last = whole((top + height) / row / 4.0) + 2;
    let row_of = |hour: i32| u16::try_from(hour.clamp(0, 24) * 4).unwrap_or_default();
    Some((row_of(first), row_of(last)))
}

#[expect(clippy::cast_possible_truncation, reason = "minutes of a day and places on a screen")]
const fn whole(value: f64) -> i32 {
    value as i32
}
