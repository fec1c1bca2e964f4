//! The room's way to one socket: straight onto the line, or into a bounded queue; never waiting. Policy: what must arrive and finds the queue full
//! closes the socket, which reconnects and resumes; what may be lost is dropped before that.

use super::wire::{Wire, Written};
use crate::{Closing, ServerFrame};
use bytes::Bytes;
use std::sync::{
    Arc, Weak,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::{mpsc, watch};

/// Frames that may wait for a slow reader. At 60 batches a second, eight seconds.
const FRAMES: usize = 512;
/// Bytes that may wait: a few large boards.
const BYTES: usize = 16 * 1024 * 1024;

/// Encodes a body once for everybody who gets it.
pub fn frame_of(body: Vec<u8>) -> Bytes {
    ServerFrame::Body(body).encode().into()
}

#[derive(Debug, Clone)]
pub struct Outlet {
    frames: mpsc::Sender<Bytes>,
    waiting: Arc<AtomicUsize>,
    closer: Closer,
    /// Ends with the socket's task.
    wire: Weak<Wire>,
}

/// Closes a socket from anywhere. The first reason stands.
#[derive(Debug, Clone)]
pub(super) struct Closer(Arc<watch::Sender<Option<Closing>>>);

impl Closer {
    pub(super) fn close(&self, why: Closing) {
        self.0.send_if_modified(|closing| {
            let first = closing.is_none();
            if first {
                *closing = Some(why);
            }
            first
        });
    }
}

/// The socket's end: what to send, and whether to stop.
#[derive(Debug)]
pub struct Inbox {
    pub(super) queue: Queue,
    pub(super) ending: Ending,
}

#[derive(Debug)]
pub(super) struct Queue {
    frames: mpsc::Receiver<Bytes>,
    waiting: Arc<AtomicUsize>,
}

#[derive(Debug)]
pub(super) struct Ending(watch::Receiver<Option<Closing>>);

impl Outlet {
    /// Without a line: everything queues. For tests that play the socket.
    pub fn pair() -> (Self, Inbox) {
        Self::to(Weak::new())
    }

    pub(super) fn to(wire: Weak<Wire>) -> (Self, Inbox) {
        let (frames, of_room) = mpsc::channel(FRAMES);
        let waiting = Arc::new(AtomicUsize::new(0));
        let (closer, closing) = watch::channel(None);
        (
            Self {
                frames,
                waiting: Arc::clone(&waiting),
                closer: Closer(Arc::new(closer)),
                wire,
            },
            Inbox {
                queue: Queue {
                    frames: of_room,
                    waiting,
                },
                ending: Ending(closing),
            },
        )
    }

    /// Sends a frame that must arrive; a full queue closes the socket as too slow.
    pub fn send(&self, frame: Bytes) {
        let wire = self.wire.upgrade();
        let frame = match wire.as_ref().map_or(Written::Not, |wire| wire.write_at_once(&frame)) {
            Written::Whole => return,
            Written::InPart => Bytes::new(),
            Written::Not => frame,
        };
        if let Some(wire) = wire {
            wire.claim();
        }
        // Counted before it is queued: the socket must not take it off first.
        let before = self.waiting.fetch_add(frame.len(), Ordering::Relaxed);
        if before > BYTES || self.frames.try_send(frame).is_err() {
            self.close(Closing::TooSlow);
        }
    }

    /// Sends a frame that may be lost: dropped while the queue is half full.
    pub fn offer(&self, frame: Bytes) {
        if self.frames.capacity() > FRAMES / 2 {
            self.send(frame);
        }
    }

    /// Closes the socket for a reason, after what is queued.
    pub fn close(&self, why: Closing) {
        self.closer.close(why);
    }

    pub(super) const fn closer(&self) -> &Closer {
        &self.closer
    }
}

impl Inbox {
    /// The next frame; `None` when the room let go of the outlet. For tests that play the socket.
    pub async fn next(&mut self) -> Option<Bytes> {
        self.queue.next().await
    }

    /// Why the socket was closed, if it was.
    pub fn closing(&self) -> Option<Closing> {
        *self.ending.0.borrow()
    }
}

impl Queue {
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        let frame = self.frames.recv().await?;
        self.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
        Some(frame)
    }

    /// A frame that waits already.
    pub(super) fn ready(&mut self) -> Option<Bytes> {
        let frame = self.frames.try_recv().ok()?;
        self.waiting.fetch_sub(frame.len(), Ordering::Relaxed);
        Some(frame)
    }
}

impl Ending {
    /// Resolves when somebody closes the socket.
    pub(super) async fn closed(&mut self) -> Closing {
        let why = self.0.wait_for(Option::is_some).await.map(|why| *why);
        match why {
            Ok(why) => why.unwrap_or(Closing::Restart),
            // Nobody is left who could close it: the socket lives on until its line ends.
            Err(_) => std::future::pending().await,
        }
    }
}
