//! The canvas over the stage: mounts the painter, and the hand where one may draw.

use super::{hand::Hand, painter::Painter, tools::Pencil};
use crate::{
    client::{
        dom::Listener,
        room::{BoardNews, Room},
    },
    model::Rights,
};
use leptos::{html, prelude::*};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{PointerEvent, ResizeObserver};

#[component]
pub fn BoardCanvas() -> impl IntoView {
    let room = expect_context::<Room>();
    let pencil = expect_context::<Pencil>();
    let (below, above) = (NodeRef::<html::Canvas>::new(), NodeRef::<html::Canvas>::new());
    let board = StoredValue::new_local(None::<Board>);
    let sheet = Memo::new(move |_| room.stage.get().shown.sheet());
    Effect::new(move || {
        let (Some(below), Some(above)) = (below.get(), above.get()) else {
            return;
        };
        board.set_value(Board::mount(room, pencil, below, above));
        board.with_value(|board| board.as_ref().map(|board| board.turn_to(sheet.get_untracked())));
    });
    Effect::new(move || {
        let sheet = sheet.get();
        board.with_value(|board| board.as_ref().map(|board| board.turn_to(sheet)));
    });
    on_cleanup(move || {
        room.follow_board(None);
        board.set_value(None);
    });
    let drawable = move || room.rights.get() >= Rights::Point && sheet.get().is_some();
    view! {
        <canvas class="ink" node_ref=below aria-hidden="true"></canvas>
        <canvas
            class="ink ink-live"
            node_ref=above
            data-drawable=move || drawable().then_some("true")
            data-tool=move || pencil.name()
            aria-hidden="true"
        ></canvas>
    }
}

struct Board {
    painter: Rc<Painter>,
    hand: Rc<Hand>,
    _listeners: Vec<Listener>,
    _resize: Option<Resize>,
}

impl Board {
    fn mount(
        room: Room,
        pencil: Pencil,
        below: web_sys::HtmlCanvasElement,
        above: web_sys::HtmlCanvasElement,
    ) -> Option<Self> {
        let hand = Hand::new(room, pencil, above.clone().into());
        let listeners = pointer_listeners(&above, &hand, room);
        let painter = Painter::new(room, below, above.clone())?;
        let resize = Resize::watch(&above, &painter);
        let ear = Rc::clone(&painter);
        room.follow_board(Some(Rc::new(move |news: &BoardNews| match news {
            BoardNews::Everything => ear.everything(),
            BoardNews::Touched(touched) => ear.touched(touched),
            BoardNews::Pointer(who, what) => ear.pointer(*who, *what),
        })));
        Some(Self {
            painter,
            hand,
            _listeners: listeners,
            _resize: resize,
        })
    }

    fn turn_to(&self, sheet: Option<crate::model::Sheet>) {
        self.hand.turn_to(sheet);
        self.painter.turn_to(sheet);
    }
}

fn pointer_listeners(page: &web_sys::HtmlCanvasElement, hand: &Rc<Hand>, room: Room) -> Vec<Listener> {
    let on = |kind, act: fn(&Hand, &PointerEvent)| {
        let hand = Rc::clone(hand);
        Listener::new(page, kind, move |event| {
            let may = room
                .rights
                .try_get_untracked()
                .is_some_and(|rights| rights >= Rights::Point);
            if let (true, Some(event)) = (may, event.dyn_ref::<PointerEvent>()) {
                act(&hand, event);
            }
        })
    };
    vec![
        on("pointerdown", Hand::down),
        on("pointermove", Hand::moved),
        on("pointerup", Hand::up),
        on("pointercancel", Hand::up),
    ]
}

/// Follows the size of the page on this screen.
struct Resize {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Resize {
    fn watch(page: &web_sys::HtmlCanvasElement, painter: &Rc<Painter>) -> Option<Self> {
        let (watched, weak) = (page.clone(), Rc::downgrade(painter));
        let callback = Closure::<dyn FnMut()>::new(move || {
            if let Some(painter) = weak.upgrade() {
                painter.resize(watched.get_bounding_client_rect().width());
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(page);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for Resize {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
