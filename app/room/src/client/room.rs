//! The room as the pages see it: signals that follow the server, and the few things a page may ask for.

mod hear;
mod speak;

use super::{
    call::{Call, Flow},
    dom::Ticker,
    media::Sense,
    mirror::Mirror,
    players::Players,
    preload::Preload,
    preload_plan::Tally,
    sound::Sound,
    studio::Studio,
};
use crate::{
    api::{RoomDoor, open_door},
    model::{
        ParticipantId, Person, Phase, Presence, Refusal, Rights, Seat, Stage,
        board::Touched,
        wire::{Ephemeral, RenderAck},
    },
};
use leptos::{prelude::*, task::spawn_local};
use live::client::{Line, Socket, tab_id};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// The hash of a large board is not free; tests do not need it at every point of a stroke.
const HASH_TICK_MS: i32 = 300;

/// What the canvas is told.
pub enum BoardNews<'a> {
    Everything,
    Touched(&'a Touched),
    Pointer(ParticipantId, Ephemeral),
}

type BoardEar = Rc<dyn Fn(&BoardNews)>;

/// A handle; every page and component of the room holds a copy.
#[derive(Clone, Copy)]
pub struct Room {
    pub door: RwSignal<RoomDoor>,
    pub line: RwSignal<Line>,
    pub me: RwSignal<Option<Person>>,
    pub people: RwSignal<Vec<Person>>,
    pub phase: RwSignal<Phase>,
    pub note: RwSignal<String>,
    pub stage: RwSignal<Stage>,
    /// What I may do on the board at this moment.
    pub rights: RwSignal<Rights>,
    pub can_undo: RwSignal<bool>,
    pub can_redo: RwSignal<bool>,
    pub hash: RwSignal<u64>,
    pub tally: RwSignal<Tally>,
    /// What arrives here, in kbit a second: of the preload, then of the call; 0 while not known.
    pub kbps: RwSignal<u32>,
    /// The newest proof of the patient's device, for the host.
    pub receipt: RwSignal<Option<RenderAck>>,
    /// The last act that was refused; the number tells two equal refusals apart.
    pub refused: RwSignal<Option<(u32, Refusal)>>,
    pub flow: RwSignal<Flow>,
    /// The other side's picture and voice, when they arrive.
    pub remote: RwSignal<Option<web_sys::MediaStream>, LocalStorage>,
    pub sound_blocked: RwSignal<bool>,
    studio: StoredValue<Studio>,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

struct Core {
    mirror: RefCell<Mirror>,
    socket: RefCell<Option<Socket>>,
    preload: RefCell<Option<Preload>>,
    call: RefCell<Option<Call>>,
    board_ear: RefCell<Option<BoardEar>>,
    ack: Cell<Option<RenderAck>>,
    players: Option<Players>,
    hash_stale: Cell<bool>,
    hash_tick: RefCell<Option<Ticker>>,
}

impl Room {
    /// Opens the line at once: the therapist sees who is at the door from the first second.
    pub fn open(door: RoomDoor) -> Self {
        let core = Core {
            mirror: RefCell::default(),
            socket: RefCell::default(),
            preload: RefCell::default(),
            call: RefCell::default(),
            board_ear: RefCell::default(),
            ack: Cell::new(None),
            players: Players::new(),
            hash_stale: Cell::new(true),
            hash_tick: RefCell::default(),
        };
        let room = Self {
            door: RwSignal::new(door.clone()),
            line: RwSignal::new(Line::Connecting),
            me: RwSignal::new(None),
            people: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Waiting),
            note: RwSignal::new(String::new()),
            stage: RwSignal::new(Stage::default()),
            rights: RwSignal::new(Rights::View),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
            hash: RwSignal::new(0),
            tally: RwSignal::new(Tally::default()),
            kbps: RwSignal::new(0),
            receipt: RwSignal::new(None),
            refused: RwSignal::new(None),
            flow: RwSignal::new(Flow::Quiet),
            remote: RwSignal::new_local(None),
            sound_blocked: RwSignal::new(false),
            studio: StoredValue::new(Studio::remembered()),
            core: StoredValue::new_local(Rc::new(core)),
        };
        room.preload(&door);
        let socket = Socket::open("/live", door.visit.uuid(), tab_id(), room.ears());
        room.core().socket.replace(Some(socket));
        room.core()
            .hash_tick
            .replace(Some(Ticker::every(HASH_TICK_MS, move || room.hash_anew())));
        on_cleanup(move || room.shut());
        crate::client::reports::keep_sending(room);
        room
    }

    pub fn seat(self) -> Seat {
        self.door.with_untracked(|door| door.seat)
    }

    pub fn is_host(self) -> bool {
        self.seat() == Seat::Host
    }

    /// A child's page: pictures instead of words, never an error text (G35).
    pub fn is_child_page(self) -> bool {
        self.door
            .with_untracked(|door| door.is_child && door.seat != Seat::Host)
    }

    /// The one on the other end: for the host the patient's seat, for everybody else the host.
    pub fn other(self) -> Option<Person> {
        let wanted = |person: &&Person| (person.seat == Seat::Host) != self.is_host();
        self.people.with(|people| {
            let here = people
                .iter()
                .filter(wanted)
                .find(|person| person.presence == Presence::InRoom);
            here.or_else(|| people.iter().find(wanted)).cloned()
        })
    }

    pub fn host_here(self) -> bool {
        self.people.with(|people| {
            people
                .iter()
                .any(|p| p.seat == Seat::Host && p.presence == Presence::InRoom)
        })
    }

    pub fn in_room(self) -> bool {
        self.me
            .with(|me| me.as_ref().is_some_and(|me| me.presence == Presence::InRoom))
    }

    /// This side's camera and microphone.
    pub fn studio(self) -> Studio {
        self.studio.get_value()
    }

    pub fn players(self) -> Option<Players> {
        self.core().players.clone()
    }

    pub fn with_mirror<T>(self, look: impl FnOnce(&Mirror) -> T) -> T {
        look(&self.core().mirror.borrow())
    }

    /// The server's clock in milliseconds since 1970.
    pub fn server_ms(self) -> f64 {
        self.core().socket.borrow().as_ref().map_or(0.0, Socket::server_ms)
    }

    pub fn rtt_ms(self) -> Option<f64> {
        self.core().socket.borrow().as_ref().and_then(Socket::rtt_ms)
    }

    /// Where to read a file of the kit from.
    pub fn address(self, path: &str) -> String {
        self.core()
            .preload
            .borrow()
            .as_ref()
            .map_or_else(|| path.to_owned(), |preload| preload.address(path))
    }

    /// The canvas that follows the board from now on.
    pub fn follow_board(self, ear: Option<BoardEar>) {
        *self.core().board_ear.borrow_mut() = ear;
    }

    /// Must run inside a click: from now on this page may sound.
    pub fn unlock_sound(self) {
        let core = self.core();
        self.studio().with_sound(Sound::unlock);
        if let Some(players) = &core.players {
            players.unlock();
            players.remote.set_muted(false);
            // The host's copy stays silent: the child's microphone would hear the child's copy twice.
            players.film.set_muted(self.is_host());
        }
        self.sound_blocked.set(false);
        self.send_ack();
    }

    /// Leaves; the others do not wait for a return.
    pub fn leave(self) {
        if let Some(socket) = self.core().socket.borrow().as_ref() {
            socket.leave();
        }
        self.shut();
    }

    /// "Use this tab", after another one took the place.
    pub fn reopen(self) {
        let socket = self.core().socket.borrow().clone();
        if let Some(socket) = socket {
            socket.reopen();
        }
    }

    pub fn send_track(self, sense: Sense, track: Option<web_sys::MediaStreamTrack>) {
        if let Some(call) = self.core().call.borrow().as_ref() {
            call.send_track(sense, track);
        }
    }

    /// The door again: the host may have added to the kit, and the relay's credentials grow old.
    pub fn renew_door(self) {
        let visit = self.door.with_untracked(|door| door.visit);
        spawn_local(async move {
            // Without an answer the kit at hand stays good; the next need asks again.
            let Ok(door) = open_door(visit).await else { return };
            if let Some(call) = self.core().call.borrow().as_ref() {
                call.renew(&door);
            }
            if self.door.with_untracked(|old| old.kit != door.kit) {
                self.preload(&door);
            }
            self.door.set(door);
        });
    }

    fn core(self) -> Rc<Core> {
        self.core.get_value()
    }

    fn preload(self, door: &RoomDoor) {
        let assets: Vec<_> = door
            .kit
            .items
            .iter()
            .flat_map(|item| item.assets.iter().cloned())
            .collect();
        let preload = Preload::start(assets, move |tally| self.tally.set(tally));
        self.core().preload.replace(Some(preload));
    }

    fn shut(self) {
        if let Some(core) = self.core.try_get_value() {
            core.call.replace(None);
            core.preload.replace(None);
            core.hash_tick.replace(None);
            core.board_ear.replace(None);
        }
        self.studio().close();
    }
}
