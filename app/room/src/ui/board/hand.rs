//! From pointer events to operations: a stroke begins at once, grows once per frame and ends simplified.

mod send;

use super::{
    hit::Target,
    pens::{Down, Pens, Pointer},
    tools::{Choice, Pencil},
};
use crate::{
    client::room::Room,
    model::{
        Op, OpId, Point, Sheet, StrokeId,
        stage::{PAGE_HEIGHT, PAGE_WIDTH},
        wire::Ephemeral,
    },
};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::{Rc, Weak},
};
use wasm_bindgen::prelude::*;
use web_sys::{Element, PointerEvent};

/// Others follow a pointer at 30 positions a second.
const POINT_EVERY_MS: f64 = 33.0;
/// What a device without pressure reports for all its points.
const NO_PRESSURE: f64 = 0.5;

pub struct Hand {
    room: Room,
    pencil: Pencil,
    page: Element,
    state: RefCell<State>,
    frame: RefCell<Option<Closure<dyn FnMut()>>>,
    flushed_at: Cell<f64>,
}

#[derive(Default)]
struct State {
    pens: Pens,
    sheet: Option<Sheet>,
    work: Work,
    pointed_at: f64,
}

#[derive(Default)]
enum Work {
    #[default]
    Idle,
    Drawing(Drawing),
    Erasing {
        targets: Vec<Target>,
        hit: BTreeSet<StrokeId>,
    },
    Pointing,
}

struct Drawing {
    stroke: OpId,
    all: Vec<Point>,
    fresh: Vec<Point>,
    last_ms: f64,
}

impl Hand {
    pub fn new(room: Room, pencil: Pencil, page: Element) -> Rc<Self> {
        let hand = Rc::new(Self {
            room,
            pencil,
            page,
            state: RefCell::default(),
            frame: RefCell::default(),
            flushed_at: Cell::new(0.0),
        });
        let weak: Weak<Self> = Rc::downgrade(&hand);
        let frame = Closure::<dyn FnMut()>::new(move || {
            if let Some(hand) = weak.upgrade() {
                hand.flush_in_time();
                hand.ask_for_frame();
            }
        });
        *hand.frame.borrow_mut() = Some(frame);
        hand
    }

    pub fn turn_to(&self, sheet: Option<Sheet>) {
        if self.state.borrow().sheet != sheet {
            self.lift();
            self.state.borrow_mut().sheet = sheet;
        }
    }

    pub fn down(&self, event: &PointerEvent) {
        let pointer = Pointer::from_name(&event.pointer_type());
        let down = self
            .state
            .borrow_mut()
            .pens
            .down(event.pointer_id(), pointer, event.time_stamp());
        match down {
            Down::Ignored => return,
            Down::TakesOver => self.drop_work(),
            Down::Draws => {}
        }
        event.prevent_default();
        // Without the capture a stroke ends at the edge of the page, nothing worse.
        let _ = self.page.set_pointer_capture(event.pointer_id());
        self.begin(event);
        self.ask_for_frame();
    }

    pub fn moved(&self, event: &PointerEvent) {
        if !self
            .state
            .borrow_mut()
            .pens
            .moves(event.pointer_id(), event.time_stamp())
        {
            return;
        }
        let events = event.get_coalesced_events();
        if events.length() == 0 {
            self.take(event);
        }
        for event in events {
            self.take(event.unchecked_ref());
        }
    }

    pub fn up(&self, event: &PointerEvent) {
        if self.state.borrow_mut().pens.up(event.pointer_id(), event.time_stamp()) {
            self.lift();
        }
    }

    fn begin(&self, event: &PointerEvent) {
        let Some(sheet) = self.state.borrow().sheet else { return };
        let work = match self.pencil.choice() {
            Choice::Draw(ink) => {
                let at = self.point(event, event.time_stamp());
                let begun = self.room.draw(Op::Begin {
                    sheet,
                    ink,
                    points: vec![at].into(),
                });
                begun.map_or(Work::Idle, |stroke| {
                    Work::Drawing(Drawing {
                        stroke,
                        all: vec![at],
                        fresh: Vec::new(),
                        last_ms: event.time_stamp(),
                    })
                })
            }
            Choice::Erase => Work::Erasing {
                targets: self.targets(sheet),
                hit: BTreeSet::new(),
            },
            Choice::Laser => Work::Pointing,
        };
        self.state.borrow_mut().work = work;
        self.take(event);
    }

    fn take(&self, event: &PointerEvent) {
        let mut state = self.state.borrow_mut();
        let State { work, pointed_at, .. } = &mut *state;
        match work {
            Work::Idle => {}
            Work::Drawing(drawing) => {
                let at = self.point(event, drawing.last_ms);
                let moved = drawing.all.last().is_none_or(|last| (last.x, last.y) != (at.x, at.y));
                if moved {
                    drawing.last_ms = event.time_stamp();
                    drawing.all.push(at);
                    drawing.fresh.push(at);
                }
            }
            Work::Erasing { targets, hit } => {
                let (x, y) = self.place(event);
                hit.extend(
                    targets
                        .extract_if(.., |target| target.is_hit(x, y))
                        .map(|target| target.id),
                );
            }
            Work::Pointing => {
                if event.time_stamp() - *pointed_at >= POINT_EVERY_MS {
                    *pointed_at = event.time_stamp();
                    let at = self.point(event, 0.0);
                    self.room.point(Ephemeral::Laser { x: at.x, y: at.y });
                }
            }
        }
    }

    fn targets(&self, sheet: Sheet) -> Vec<Target> {
        self.room.with_mirror(|mirror| {
            let strokes = mirror.erasable(sheet).into_iter();
            strokes
                .filter_map(|id| {
                    let stroke = mirror.replica().stroke(id)?;
                    Some(Target::new(id, &stroke.points, stroke.ink.width.units(stroke.ink.tool)))
                })
                .collect()
        })
    }

    fn point(&self, event: &PointerEvent, since_ms: f64) -> Point {
        let (x, y) = self.place(event);
        let pen = Pointer::from_name(&event.pointer_type()) == Pointer::Pen;
        let pressure = if pen { f64::from(event.pressure()) } else { NO_PRESSURE };
        Point::at(x, y, pressure, event.time_stamp() - since_ms)
    }

    /// In units of the page.
    fn place(&self, event: &PointerEvent) -> (f64, f64) {
        let page = self.page.get_bounding_client_rect();
        let x = (f64::from(event.client_x()) - page.left()) / page.width().max(1.0) * f64::from(PAGE_WIDTH);
        let y = (f64::from(event.client_y()) - page.top()) / page.height().max(1.0) * f64::from(PAGE_HEIGHT);
        (
            x.clamp(0.0, f64::from(PAGE_WIDTH)),
            y.clamp(0.0, f64::from(PAGE_HEIGHT)),
        )
    }

    fn ask_for_frame(&self) {
        if matches!(self.state.borrow().work, Work::Idle) {
            return;
        }
        if let (Some(window), Some(frame)) = (web_sys::window(), self.frame.borrow().as_ref()) {
            // A page that is being torn down flushes no more.
            let _ = window.request_animation_frame(frame.as_ref().unchecked_ref());
        }
    }
}
