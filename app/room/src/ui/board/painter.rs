//! Two canvases over the material: finished strokes below, what is being drawn right now above. A finished stroke is
//! painted once; while a pen moves only the upper one is cleared.

use super::{
    layer::Layer,
    palette::{colour, palette},
    path::svg_path,
    trail::Trails,
};
use crate::{
    client::{dom::now_ms, room::Room},
    model::{Color, ParticipantId, Sheet, Stroke, StrokeId, Tool, board::Touched, ink::outline_of, wire::Ephemeral},
};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, Path2d};

/// Sharper than this costs memory and shows nothing (room.md section 7).
const MOST_PIXELS_PER_UNIT: f64 = 2.0;
const MARKER_STRENGTH: f64 = 0.4;
const LASER_RADIUS: f64 = 9.0;
/// Steps of a coordinate on the wire per unit.
const STEPS: f64 = 8.0;

pub struct Painter {
    room: Room,
    below: Layer,
    above: Layer,
    palette: HashMap<Color, String>,
    laser: String,
    sheet: Cell<Option<Sheet>>,
    /// What the lower canvas holds, in painting order, each with its number of points.
    painted: RefCell<Vec<(StrokeId, usize)>>,
    paths: RefCell<HashMap<StrokeId, (usize, Path2d)>>,
    /// Strokes whose pen is down, own and others'.
    open: RefCell<BTreeSet<StrokeId>>,
    trails: RefCell<Trails>,
    below_stale: Cell<bool>,
    frame: RefCell<Option<Closure<dyn FnMut()>>>,
    frame_asked: Cell<bool>,
}

impl Painter {
    pub fn new(room: Room, below: HtmlCanvasElement, above: HtmlCanvasElement) -> Option<Rc<Self>> {
        let painter = Rc::new(Self {
            room,
            palette: palette(&below),
            laser: colour(&below, "--accent-line", "orange"),
            below: Layer::new(below, false)?,
            above: Layer::new(above, true)?,
            sheet: Cell::new(None),
            painted: RefCell::default(),
            paths: RefCell::default(),
            open: RefCell::default(),
            trails: RefCell::default(),
            below_stale: Cell::new(true),
            frame: RefCell::default(),
            frame_asked: Cell::new(false),
        });
        let weak = Rc::downgrade(&painter);
        let frame = Closure::<dyn FnMut()>::new(move || {
            if let Some(painter) = weak.upgrade() {
                painter.frame_asked.set(false);
                painter.paint();
            }
        });
        *painter.frame.borrow_mut() = Some(frame);
        Some(painter)
    }

    /// The page has another size on this screen.
    pub fn resize(&self, width: f64) {
        let density = web_sys::window()
            .map_or(1.0, |window| window.device_pixel_ratio())
            .min(MOST_PIXELS_PER_UNIT);
        for layer in [&self.below, &self.above] {
            layer.resize(width * density);
        }
        self.repaint();
    }

    /// Another sheet is up: its strokes, all of them.
    pub fn turn_to(&self, sheet: Option<Sheet>) {
        if self.sheet.replace(sheet) != sheet {
            self.everything();
        }
    }

    /// The board is another one altogether, or a stroke was refused.
    pub fn everything(&self) {
        self.paths.borrow_mut().clear();
        let open = self.room.with_mirror(|mirror| match self.sheet.get() {
            Some(sheet) => mirror
                .replica()
                .visible(sheet)
                .filter(|(_, stroke)| !stroke.ended)
                .map(|(id, _)| id)
                .collect(),
            None => BTreeSet::new(),
        });
        *self.open.borrow_mut() = open;
        self.repaint();
    }

    pub fn touched(&self, touched: &Touched) {
        match touched {
            Touched::Nothing => return,
            Touched::Stroke(id) => {
                let ended = self
                    .room
                    .with_mirror(|mirror| mirror.replica().stroke(*id).is_none_or(|stroke| stroke.ended));
                if ended {
                    self.open.borrow_mut().remove(id);
                    self.below_stale.set(true);
                } else {
                    self.open.borrow_mut().insert(*id);
                }
            }
            Touched::Strokes(_) => self.below_stale.set(true),
        }
        self.ask_for_frame();
    }

    pub fn pointer(&self, who: ParticipantId, what: Ephemeral) {
        if let Ephemeral::Laser { x, y } = what {
            self.trails
                .borrow_mut()
                .add(who, f64::from(x) / STEPS, f64::from(y) / STEPS, now_ms());
            self.ask_for_frame();
        }
    }

    fn repaint(&self) {
        self.painted.borrow_mut().clear();
        self.below.clear();
        self.below_stale.set(true);
        self.ask_for_frame();
    }

    fn ask_for_frame(&self) {
        if self.frame_asked.replace(true) {
            return;
        }
        let asked = self.frame.borrow().as_ref().and_then(|frame| {
            let window = web_sys::window()?;
            window.request_animation_frame(frame.as_ref().unchecked_ref()).ok()
        });
        self.frame_asked.set(asked.is_some());
    }

    fn paint(&self) {
        self.room.with_mirror(|mirror| {
            let replica = mirror.replica();
            if self.below_stale.take() {
                let finished: Vec<(StrokeId, &Stroke)> = match self.sheet.get() {
                    Some(sheet) => replica.visible(sheet).filter(|(_, stroke)| stroke.ended).collect(),
                    None => Vec::new(),
                };
                self.paint_finished(&finished);
            }
            self.above.clear();
            let sheet = self.sheet.get();
            for id in self.open.borrow().iter() {
                if let Some(stroke) = replica.stroke(*id).filter(|s| Some(s.sheet) == sheet && s.is_visible()) {
                    self.ink(&self.above, *id, stroke);
                }
            }
        });
        self.paint_trails();
    }

    /// New strokes go on top; anything else (an erase, an undo, another order) paints the sheet anew.
    fn paint_finished(&self, finished: &[(StrokeId, &Stroke)]) {
        let mut painted = self.painted.borrow_mut();
        let goes_on = painted.len() <= finished.len()
            && painted
                .iter()
                .zip(finished)
                .all(|((id, points), (now, stroke))| id == now && *points == stroke.points.len());
        if !goes_on {
            self.below.clear();
            painted.clear();
        }
        for (id, stroke) in &finished[painted.len()..] {
            self.ink(&self.below, *id, stroke);
            painted.push((*id, stroke.points.len()));
        }
    }

    fn ink(&self, layer: &Layer, id: StrokeId, stroke: &Stroke) {
        let mut paths = self.paths.borrow_mut();
        let points = stroke.points.len();
        let known = paths.get(&id).is_some_and(|(of, _)| *of == points && stroke.ended);
        if !known {
            let Ok(path) = Path2d::new_with_path_string(&svg_path(&outline_of(stroke))) else {
                return;
            };
            // An open stroke changes with the next frame; only its finished shape is worth keeping.
            paths.insert(id, (if stroke.ended { points } else { usize::MAX }, path));
        }
        if let Some((_, path)) = paths.get(&id) {
            let colour = self.palette.get(&stroke.ink.color).map_or("black", String::as_str);
            let strength = if stroke.ink.tool == Tool::Marker {
                MARKER_STRENGTH
            } else {
                1.0
            };
            layer.context.set_global_alpha(strength);
            layer.context.set_fill_style_str(colour);
            layer.context.fill_with_path_2d(path);
        }
    }

    fn paint_trails(&self) {
        let now = now_ms();
        let left = self.trails.borrow_mut().fade(now);
        let context = &self.above.context;
        context.set_fill_style_str(&self.laser);
        for (spot, strength) in self.trails.borrow().spots(now) {
            context.set_global_alpha(strength);
            context.begin_path();
            // Refused only for a negative radius.
            let _ = context.arc(
                spot.x,
                spot.y,
                LASER_RADIUS * strength.max(0.3),
                0.0,
                std::f64::consts::TAU,
            );
            context.fill();
        }
        if left {
            self.ask_for_frame();
        }
    }
}
