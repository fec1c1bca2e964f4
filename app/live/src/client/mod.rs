//! The browser's socket: says hello, keeps the line alive, comes back by itself and keeps the server's clock.
//!
//! The owner gives three callbacks and gets a handle. A body is sent at once or not at all: what must arrive is the
//! owner's to keep and to send again after a reconnect (it knows which acts were answered).

mod inner;
mod nudges;
mod page;
mod wired;

pub use page::{local_ms, tab_id};

use crate::{Closing, frame::ClientFrame};
use inner::Inner;
use std::rc::Rc;
use uuid::Uuid;

/// Ephemeral bodies are dropped while more than this waits in the browser to be sent.
const BUFFERED_AT_MOST: u32 = 64 * 1024;

/// How the line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Connecting,
    Live,
    /// Cut; trying again by itself.
    Resuming,
    /// Closed for good, and why. `Socket::reopen` tries anew.
    Closed(Closing),
}

/// What the owner hears.
pub struct Ears {
    /// Where the owner stands: `(epoch, last_seq)` for the next hello.
    pub resume: Box<dyn Fn() -> (u64, u64)>,
    pub body: Box<dyn Fn(Vec<u8>)>,
    pub line: Box<dyn Fn(Line)>,
}

/// A handle; clones share one socket. The line ends with `leave`, or with the page.
#[derive(Clone)]
pub struct Socket(Rc<Inner>);

impl Socket {
    /// Opens the line to `path` of this origin and keeps it open.
    pub fn open(path: &str, room: Uuid, device: Uuid, ears: Ears) -> Self {
        let inner = Rc::new(Inner::new(page::address(path), room, device, ears));
        inner.begin();
        Self(inner)
    }

    /// Sends a body now. `false` when the line is down: keep what must arrive and send it after the next greeting.
    pub fn send(&self, body: Vec<u8>) -> bool {
        self.0.send(&ClientFrame::Body(body))
    }

    /// Sends a body that may be lost: dropped while the line is down or slow.
    pub fn offer(&self, body: Vec<u8>) -> bool {
        self.buffered() <= BUFFERED_AT_MOST && self.send(body)
    }

    /// Bytes handed to the browser and not sent yet.
    pub fn buffered(&self) -> u32 {
        self.0.buffered()
    }

    /// The server's clock, in milliseconds since 1970; the page's own until the first answer.
    pub fn server_ms(&self) -> f64 {
        self.0.server_ms().unwrap_or_else(js_sys::Date::now)
    }

    /// Smallest recent round trip in milliseconds.
    pub fn rtt_ms(&self) -> Option<f64> {
        self.0.rtt_ms()
    }

    /// Leaves on purpose: the others do not wait for a return.
    pub fn leave(&self) {
        self.0.send(&ClientFrame::Bye);
        self.0.shut(Closing::Left);
    }

    /// Tries again after a `Line::Closed` ("use this tab").
    pub fn reopen(&self) {
        self.0.begin();
    }
}
