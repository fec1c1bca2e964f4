//! Whether the room's line gets through from here, for a device test where there is no visit to enter: a hello to no room
//! is answered with "not allowed", and an answer is all we want to hear.

use gloo_timers::callback::Timeout;
use live::{
    Closing,
    client::{Ears, Line, Socket, local_ms, tab_id},
};
use std::rc::Rc;
use uuid::Uuid;

/// An answer later than this says that the way is shut.
const GIVE_UP_AFTER_MS: u32 = 8_000;
/// A line whose answer takes longer makes a call stutter.
const GOOD_UP_TO_MS: f64 = 1_000.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Good,
    Slow,
    /// A filter, a proxy or a missing network lets the room's line not through.
    Shut,
}

/// Runs until it has told once; dropping it ends it.
pub struct Probe {
    _socket: Socket,
    _patience: Timeout,
}

impl Probe {
    pub fn start(tell: impl Fn(Reach) + 'static) -> Self {
        let begun = local_ms();
        let tell = Rc::new(tell);
        let answered = Rc::clone(&tell);
        let ears = Ears {
            resume: Box::new(|| (0, 0)),
            body: Box::new(|_| {}),
            line: Box::new(move |line| {
                if line == Line::Closed(Closing::NotAllowed) {
                    let quick = local_ms() - begun <= GOOD_UP_TO_MS;
                    answered(if quick { Reach::Good } else { Reach::Slow });
                }
            }),
        };
        Self {
            _socket: Socket::open("/live", Uuid::nil(), tab_id(), ears),
            _patience: Timeout::new(GIVE_UP_AFTER_MS, move || tell(Reach::Shut)),
        }
    }
}
