//! This side's camera, microphone and sound: opened once, kept for the visit, muted and switched here. Everything that
//! sends or shows them reads these signals.

use super::{
    devices::Remembered,
    media::{self, MediaFault, Opened, Sense},
    sound::Sound,
};
use crate::model::Device;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::MediaStreamTrack;

/// One device of this side.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Gear {
    #[default]
    Unasked,
    /// The browser is asking the person.
    Asking,
    On(MediaStreamTrack),
    Fault(MediaFault),
    /// The person goes on without it.
    Skipped,
}

impl Gear {
    pub fn track(&self) -> Option<&MediaStreamTrack> {
        match self {
            Self::On(track) => Some(track),
            _ => None,
        }
    }

    /// In the words of the room.
    pub const fn device(&self) -> Device {
        match self {
            Self::Unasked | Self::Asking => Device::Unknown,
            Self::On(_) => Device::Works,
            Self::Skipped => Device::Skipped,
            Self::Fault(MediaFault::NoDevice) => Device::Missing,
            Self::Fault(_) => Device::Denied,
        }
    }
}

impl From<Opened> for Gear {
    fn from(opened: Opened) -> Self {
        opened.map_or_else(Self::Fault, Self::On)
    }
}

#[derive(Clone, Copy)]
pub struct Studio {
    pub camera: RwSignal<Gear, LocalStorage>,
    pub microphone: RwSignal<Gear, LocalStorage>,
    pub camera_off: RwSignal<bool>,
    pub muted: RwSignal<bool>,
    pub speaker: RwSignal<Device>,
    remembered: StoredValue<Remembered>,
    /// `None` where the browser has no way to make a sound.
    sound: StoredValue<Option<Rc<Sound>>, LocalStorage>,
}

impl Studio {
    /// With what this device remembers of the last time; nothing is opened yet.
    pub fn remembered() -> Self {
        let remembered = Remembered::load();
        // The sound was heard when this device was checked; a reload must not make it unknown again.
        let speaker = if remembered.checked {
            Device::Works
        } else {
            Device::Unknown
        };
        let studio = Self {
            camera: RwSignal::new_local(Gear::Unasked),
            microphone: RwSignal::new_local(Gear::Unasked),
            camera_off: RwSignal::new(false),
            muted: RwSignal::new(false),
            speaker: RwSignal::new(speaker),
            remembered: StoredValue::new(remembered),
            sound: StoredValue::new_local(Sound::new().map(Rc::new)),
        };
        // A muted track goes on sending silence, so that unmuting takes no negotiation.
        Effect::new(move || studio.enable(Sense::Camera, !studio.camera_off.get()));
        Effect::new(move || studio.enable(Sense::Microphone, !studio.muted.get()));
        studio
    }

    /// The whole check was done on this device before (G20).
    pub fn known(self) -> bool {
        self.remembered.with_value(|remembered| remembered.checked)
    }

    pub fn remember_checked(self) {
        self.remembered.update_value(|remembered| {
            remembered.checked = true;
            remembered.save();
        });
    }

    pub fn with_sound<T>(self, act: impl FnOnce(&Sound) -> T) -> Option<T> {
        self.sound.get_value().map(|sound| act(&sound))
    }

    /// Asks for both devices, once.
    pub fn open(self) {
        if self.camera.with_untracked(|gear| *gear != Gear::Unasked) {
            return;
        }
        self.camera.set(Gear::Asking);
        self.microphone.set(Gear::Asking);
        let Remembered { camera, microphone, .. } = self.remembered.get_value();
        spawn_local(async move {
            let (camera, microphone) = media::open_both(camera.as_deref(), microphone.as_deref()).await;
            self.take(Sense::Camera, camera);
            self.take(Sense::Microphone, microphone);
        });
    }

    /// Opens one device again: after a refusal was taken back, or another one was chosen.
    pub fn choose(self, sense: Sense, device: Option<String>) {
        let gear = self.gear(sense);
        let before = gear.get_untracked();
        spawn_local(async move {
            let opened = media::open(sense, device.as_deref()).await;
            // A choice that fails keeps what worked.
            if let (Err(_), Gear::On(_)) = (&opened, &before) {
                return;
            }
            if let Some(old) = before.track() {
                old.stop();
            }
            self.take(sense, opened);
        });
    }

    pub fn skip(self, sense: Sense) {
        let gear = self.gear(sense);
        gear.with_untracked(|gear| gear.track().map(MediaStreamTrack::stop));
        gear.set(Gear::Skipped);
    }

    /// The lights of camera and microphone go out.
    pub fn close(self) {
        for sense in [Sense::Camera, Sense::Microphone] {
            self.gear(sense)
                .with_untracked(|gear| gear.track().map(MediaStreamTrack::stop));
        }
    }

    pub const fn gear(self, sense: Sense) -> RwSignal<Gear, LocalStorage> {
        match sense {
            Sense::Camera => self.camera,
            Sense::Microphone => self.microphone,
        }
    }

    pub fn sends_camera(self) -> bool {
        !self.camera_off.get() && self.camera.with(|gear| gear.track().is_some())
    }

    pub fn sends_microphone(self) -> bool {
        !self.muted.get() && self.microphone.with(|gear| gear.track().is_some())
    }

    fn take(self, sense: Sense, opened: Opened) {
        if let Ok(track) = &opened {
            let device = media::device_of(track);
            self.remembered.update_value(|remembered| {
                match sense {
                    Sense::Camera => remembered.camera = device,
                    Sense::Microphone => remembered.microphone = device,
                }
                remembered.save();
            });
            let on = match sense {
                Sense::Camera => !self.camera_off.get_untracked(),
                Sense::Microphone => !self.muted.get_untracked(),
            };
            track.set_enabled(on);
        }
        self.gear(sense).set(opened.into());
    }

    fn enable(self, sense: Sense, on: bool) {
        self.gear(sense).with_untracked(|gear| {
            if let Some(track) = gear.track() {
                track.set_enabled(on);
            }
        });
    }
}
