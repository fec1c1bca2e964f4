//! What a grid on the page knows: where the focus is, what is in hand, what is in view.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::{
    block::{GridBlock, GridColumn, GridMove, Hours},
    hand,
    walk::{self, At, Carried, Step, clock},
};
use crate::hook::is_hydrating;

/// Up to so many blocks all are in the page: then the browser's own search finds them.
const EVERYTHING: usize = 100;
const ALL_ROWS: (u16, u16) = (0, 96);
/// What a window may show before it was measured.
const FIRST_ROWS: (u16, u16) = (0, 56);

/// Where the pointer went down, before it is known whether this becomes a drag.
#[derive(Clone, Copy)]
pub struct Press {
    at: At,
    x: i32,
    y: i32,
    /// Minutes between the block's start and the pointer.
    grip: i32,
}

/// A hand that shakes is no drag.
const SHAKE: i32 = 5;

#[derive(Clone, Copy)]
pub struct Grid {
    pub columns: StoredValue<Arc<Vec<GridColumn>>>,
    pub hours: Hours,
    pub focused: RwSignal<Option<At>>,
    pub carried: RwSignal<Option<Carried>>,
    /// By pointer: letting go puts it down.
    pub dragging: RwSignal<bool>,
    pub previewed: RwSignal<Option<At>>,
    /// Rows of quarter hours whose blocks are in the page.
    pub shown: RwSignal<(u16, u16)>,
    pub said: RwSignal<String>,
    pub root: NodeRef<html::Div>,
    pub on_move: Option<Callback<GridMove>>,
    pub on_undo: Option<Callback<()>>,
    virtual_rows: bool,
    press: StoredValue<Option<Press>>,
    /// A click that only ends a drag.
    swallow: StoredValue<bool>,
    by_touch: StoredValue<bool>,
}

impl Grid {
    pub fn new(columns: Vec<GridColumn>, on_move: Option<Callback<GridMove>>, on_undo: Option<Callback<()>>) -> Self {
        let hours = Hours::of(&columns);
        let blocks: usize = columns.iter().map(|column| column.blocks.len()).sum();
        let virtual_rows = blocks > EVERYTHING;
        let built_here = cfg!(target_arch = "wasm32") && !is_hydrating();
        let shown = if virtual_rows && built_here {
            FIRST_ROWS
        } else {
            ALL_ROWS
        };
        Self {
            focused: RwSignal::new(walk::first(&columns)),
            columns: StoredValue::new(Arc::new(columns)),
            hours,
            carried: RwSignal::new(None),
            dragging: RwSignal::new(false),
            previewed: RwSignal::new(None),
            shown: RwSignal::new(shown),
            said: RwSignal::new(String::new()),
            root: NodeRef::new(),
            on_move,
            on_undo,
            virtual_rows,
            press: StoredValue::new(None),
            swallow: StoredValue::new(false),
            by_touch: StoredValue::new(false),
        }
    }

    pub fn all(self) -> Arc<Vec<GridColumn>> {
        self.columns.get_value()
    }

    pub fn block(self, at: At) -> Option<GridBlock> {
        self.all().get(at.column)?.blocks.get(at.block).cloned()
    }

    /// Where a block would stand: what is in hand, said in words.
    fn words(self, carried: Carried) -> String {
        let columns = self.all();
        let block = &columns[carried.at.column].blocks[carried.at.block];
        format!(
            "{}: {}, {}",
            block.title,
            columns[carried.column].title,
            clock(carried.from)
        )
    }

    pub fn carried_words(self) -> String {
        self.carried
            .get()
            .map(|carried| self.words(carried))
            .unwrap_or_default()
    }

    pub fn lift(self, at: At) -> bool {
        let carried = Carried::lift(&self.all(), at).filter(|_| self.on_move.is_some() && hand::is_wide());
        if let Some(carried) = carried {
            self.previewed.set(None);
            self.said.set(format!(
                "Moving {}. Arrows move it, Enter puts it down, Escape gives up.",
                self.words(carried)
            ));
            self.carried.set(Some(carried));
        }
        carried.is_some()
    }

    fn carry(self, carried: Carried) {
        if self.carried.get_untracked() != Some(carried) {
            self.said.set(self.words(carried));
            self.carried.set(Some(carried));
        }
    }

    pub fn give_up(self) {
        self.dragging.set(false);
        self.press.set_value(None);
        if self.carried.get_untracked().is_some() {
            self.carried.set(None);
            self.said.set("It stays where it was.".to_owned());
        }
    }

    pub fn put_down(self) {
        self.dragging.set(false);
        self.press.set_value(None);
        let Some(carried) = self.carried.get_untracked() else {
            return;
        };
        let columns = self.all();
        self.carried.set(None);
        if !carried.moved(&columns) {
            return;
        }
        if let (Some(on_move), Some(block)) = (self.on_move, self.block(carried.at)) {
            on_move.run(GridMove {
                id: block.id,
                column: columns[carried.column].key.clone(),
                minute: carried.from,
            });
        }
    }

    pub fn focus(self, at: At) {
        self.focused.set(Some(at));
        if let Some(root) = self.root.get_untracked() {
            hand::focus(&root, at);
        }
    }

    /// Focuses the block with this id once it is in the page.
    pub fn focus_later(self, id: &str) {
        if let Some(at) = walk::find(&self.all(), id) {
            self.focused.set(Some(at));
            request_animation_frame(move || self.focus(at));
        }
    }

    pub fn on_key(self, event: &web_sys::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let used = match (self.carried.get_untracked(), Step::read(&key)) {
            (Some(carried), Some(step)) => {
                self.carry(carried.step(&self.all(), self.hours, step));
                true
            }
            (Some(_), None) => match key.as_str() {
                // On a button of the bar Enter presses it.
                "Enter" if hand::block_of(event).is_some() => {
                    self.put_down();
                    true
                }
                "Escape" => {
                    self.give_up();
                    true
                }
                _ => false,
            },
            (None, step) => hand::block_of(event).is_some_and(|at| self.on_block_key(at, step, &key)),
        };
        if used {
            event.prevent_default();
        }
    }

    fn on_block_key(self, at: At, step: Option<Step>, key: &str) -> bool {
        if let Some(step) = step {
            if let Some(next) = walk::walk(&self.all(), at, step) {
                self.focus(next);
            }
            return true;
        }
        match key {
            "m" => self.lift(at),
            "u" => self.on_undo.is_some_and(|undo| {
                undo.run(());
                true
            }),
            "Escape" => {
                self.previewed.set(None);
                true
            }
            _ => false,
        }
    }

    pub fn on_press(self, event: &web_sys::PointerEvent) {
        let by_touch = event.pointer_type() == "touch";
        self.by_touch.set_value(by_touch);
        self.swallow.set_value(false);
        // A finger scrolls; it moves a block through the preview.
        if by_touch || event.button() != 0 || self.on_move.is_none() || self.carried.get_untracked().is_some() {
            return;
        }
        let Some(at) = hand::block_of(event) else { return };
        let movable = self.block(at).filter(|block| block.movable);
        if let (Some(block), Some((_, minute))) = (movable, self.place(event.client_x(), event.client_y())) {
            self.press.set_value(Some(Press {
                at,
                x: event.client_x(),
                y: event.client_y(),
                grip: minute - i32::from(block.from),
            }));
        }
    }

    pub fn on_pull(self, event: &web_sys::PointerEvent) {
        let Some(press) = self.press.get_value() else { return };
        let (x, y) = (event.client_x(), event.client_y());
        if !self.dragging.get_untracked() {
            if (x - press.x).abs().max((y - press.y).abs()) < SHAKE || !self.lift(press.at) {
                return;
            }
            self.dragging.set(true);
            if let Some(root) = self.root.get_untracked() {
                // Without the capture a drag that leaves the window just stops following.
                let _ = root.set_pointer_capture(event.pointer_id());
            }
        }
        if let (Some(carried), Some((column, minute))) = (self.carried.get_untracked(), self.place(x, y)) {
            self.carry(carried.over(&self.all(), self.hours, column, minute - press.grip));
        }
    }

    pub fn on_let_go(self) {
        if self.dragging.get_untracked() {
            self.swallow.set_value(true);
            self.put_down();
        }
        self.press.set_value(None);
    }

    /// A press that is no drag: the end of one, the choice of a place, the first touch of a block.
    pub fn on_click(self, event: &web_sys::MouseEvent) {
        if self.swallow.get_value() {
            self.swallow.set_value(false);
            event.prevent_default();
            return;
        }
        if let Some(carried) = self.carried.get_untracked() {
            if let Some((column, minute)) = self.place(event.client_x(), event.client_y()) {
                self.carry(carried.over(&self.all(), self.hours, column, minute));
            }
            event.prevent_default();
            return;
        }
        let at = hand::block_of(event);
        if self.by_touch.get_value() && at.is_some() && self.previewed.get_untracked() != at {
            self.previewed.set(at);
            event.prevent_default();
        }
    }

    fn place(self, x: i32, y: i32) -> Option<(usize, i32)> {
        let root = self.root.get_untracked()?;
        hand::place_at(&root, self.hours, self.all().len(), x, y)
    }

    /// Keeps the blocks of the rows in view, when there are too many to keep all.
    pub fn measure(self, scroll: &web_sys::Element) {
        if !self.virtual_rows {
            return;
        }
        if let Some(rows) = hand::rows_in_view(scroll, self.hours)
            && self.shown.get_untracked() != rows
        {
            self.shown.set(rows);
        }
    }

    /// Is a block in the page? What has the focus stays, wherever it is scrolled to.
    pub fn has(self, at: At, from: u16, until: u16) -> bool {
        let top = self.hours.first * 4;
        let (first, last) = self.shown.get();
        let (start, end) = ((from / 15).saturating_sub(top), until.div_ceil(15).saturating_sub(top));
        (start < last && end > first) || self.focused.get() == Some(at)
    }
}
