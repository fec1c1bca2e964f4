//! What the therapist does with the stage: one place for buttons and keys.

use super::keys::{Command, command, typing};
use crate::{
    client::{dom::Listener, room::Room},
    model::{Act, ItemId, PlayState, Shown, board::MAX_SHEETS},
    ui::{
        board::toggle_board,
        call::{toggle_camera, toggle_microphone},
    },
};
use leptos::prelude::*;
use library::model::{ItemKind, KitItem};
use wasm_bindgen::JsCast;

/// What stands ready silently: the item that "Show" puts on the stage next.
#[derive(Clone, Copy)]
pub struct UpNext(pub RwSignal<Option<ItemId>>);

pub fn show(room: Room, next: UpNext, item: ItemId) {
    let known = room.door.with_untracked(|door| {
        let place = door.kit.items.iter().position(|known| known.item == item)?;
        let after = door.kit.items.get(place + 1).map(|after| after.item);
        Some((shown(&door.kit.items[place]), after))
    });
    if let Some((shown, after)) = known {
        room.act(Act::Show(shown));
        next.0.set(after);
    }
}

pub fn show_next(room: Room, next: UpNext) {
    if let Some(item) = next.0.get_untracked() {
        show(room, next, item);
    }
}

pub fn clear(room: Room) {
    room.act(Act::Show(Shown::Nothing));
}

/// Another page of the document or another sheet of the board; stays within what there is.
pub fn turn(room: Room, by: i32) {
    let shown = room.stage.get_untracked().shown;
    let turned = |at: u16, first: u16, last: u16| {
        u16::try_from((i32::from(at) + by).clamp(i32::from(first), i32::from(last.max(first)))).unwrap_or(at)
    };
    let next = match shown {
        Shown::Page { item, page } => Shown::Page {
            item,
            page: turned(page, 1, pages(room, item)),
        },
        Shown::Board { sheet } => Shown::Board {
            sheet: turned(sheet, 0, MAX_SHEETS - 1),
        },
        other => other,
    };
    if next != shown {
        room.act(Act::Show(next));
    }
}

pub fn pages(room: Room, item: ItemId) -> u16 {
    room.door.with_untracked(|door| {
        let known = door.kit.items.iter().find(|known| known.item == item);
        known.map_or(0, |known| u16::try_from(known.pages).unwrap_or(u16::MAX))
    })
}

pub fn play_or_pause(room: Room) {
    let Some(playback) = room.stage.get_untracked().playback else {
        return;
    };
    match playback.state {
        PlayState::Paused => {
            let at_end = playback.duration_ms > 0 && playback.pos_ms >= playback.duration_ms;
            room.act(Act::Play {
                pos_ms: if at_end { 0 } else { playback.pos_ms },
            });
        }
        PlayState::Preparing | PlayState::Playing => room.act(Act::Pause),
    }
}

/// `1-9`, `n`, `w`, `.`, `m`, `c`, `k`, `PageUp` and `PageDown`, and undo.
pub fn listen_for_keys(room: Room, next: UpNext) {
    let listener = Listener::new(&window(), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        if typing(event) || event.repeat() {
            return;
        }
        let Some(command) = command(&event.key(), event.ctrl_key() || event.meta_key(), event.shift_key()) else {
            return;
        };
        obey(room, next, command);
        event.prevent_default();
    });
    let _kept = StoredValue::new_local(listener);
}

fn obey(room: Room, next: UpNext, command: Command) {
    match command {
        Command::Show(place) => {
            let item = room
                .door
                .with_untracked(|door| door.kit.items.get(place).map(|known| known.item));
            if let Some(item) = item {
                show(room, next, item);
            }
        }
        Command::Next => show_next(room, next),
        Command::Clear => clear(room),
        Command::Board => toggle_board(room),
        Command::Microphone => toggle_microphone(room),
        Command::Camera => toggle_camera(room),
        Command::PlayPause => play_or_pause(room),
        Command::PageForward => turn(room, 1),
        Command::PageBack => turn(room, -1),
        Command::Undo => room.undo(),
        Command::Redo => room.redo(),
        Command::Hand => {}
    }
}

const fn shown(known: &KitItem) -> Shown {
    let item = known.item;
    match known.kind {
        ItemKind::Picture => Shown::Picture { item },
        ItemKind::Video => Shown::Video { item },
        ItemKind::Document => Shown::Page { item, page: 1 },
    }
}
