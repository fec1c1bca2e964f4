//! The line of one socket. Its own task reads it; a room that has something to say writes to it at once, in the room's turn:
//! to wake up a task per person for each frame costs more than the writing. What the line does not take at once is left to
//! the socket's task, and from then on everything goes its way until it is done, so that frames stay in order.

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use futures::{FutureExt, SinkExt, StreamExt};
use std::{
    future::poll_fn,
    sync::{
        Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
};
use tokio::task::coop::unconstrained;

#[derive(Debug)]
pub(super) struct Wire {
    /// Held for the length of one poll.
    socket: Mutex<WebSocket>,
    /// What the socket's task has to write, or is writing. Nobody else writes meanwhile: their frame would be too early, and
    /// would take the wake-up that the task waits for.
    held: AtomicUsize,
}

/// What became of a frame that was to be written at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Whole,
    /// The rest lies before the full line: somebody has to wait for it and flush.
    InPart,
    /// Not begun: it has to queue.
    Not,
}

/// Keeps others from writing while it lives.
pub(super) struct Held<'a>(&'a Wire);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.release(1);
    }
}

impl Wire {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self {
            socket: Mutex::new(socket),
            held: AtomicUsize::new(0),
        }
    }

    pub(super) fn hold(&self) -> Held<'_> {
        self.claim();
        Held(self)
    }

    /// Something is about to queue for the socket's task.
    pub(super) fn claim(&self) {
        self.held.fetch_add(1, Ordering::AcqRel);
    }

    /// So much of what was claimed is written.
    pub(super) fn release(&self, count: usize) {
        self.held.fetch_sub(count, Ordering::AcqRel);
    }

    /// For the room: writes without waiting, if nothing is before it.
    pub(super) fn write_at_once(&self, frame: &Bytes) -> Written {
        let mut socket = match self.socket.try_lock() {
            Ok(socket) => socket,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Written::Not,
        };
        // Asked under the lock: whoever claims the line does so before taking it.
        if self.held.load(Ordering::Acquire) > 0 {
            return Written::Not;
        }
        // A room with many people writes more often than tokio grants one task before the next; it is done soon.
        let write = unconstrained(poll_fn(|cx| Poll::Ready(begin(&mut socket, frame, cx))));
        write.now_or_never().unwrap_or(Written::Not)
    }

    /// For the socket's task: the next message.
    pub(super) async fn next(&self) -> Option<Result<Message, axum::Error>> {
        poll_fn(|cx| self.lock().poll_next_unpin(cx)).await
    }

    /// For the socket's task: writes and flushes, however long it takes. An empty frame is only a reason to flush.
    pub(super) async fn write(&self, messages: impl IntoIterator<Item = Message>) -> Result<(), axum::Error> {
        let _held = self.hold();
        for message in messages {
            if matches!(&message, Message::Binary(bytes) if bytes.is_empty()) {
                continue;
            }
            let mut message = Some(message);
            poll_fn(|cx| {
                let mut socket = self.lock();
                ready!(socket.poll_ready_unpin(cx))?;
                Poll::Ready(
                    message
                        .take()
                        .map_or(Ok(()), |message| socket.start_send_unpin(message)),
                )
            })
            .await?;
        }
        poll_fn(|cx| self.lock().poll_flush_unpin(cx)).await
    }

    fn lock(&self) -> MutexGuard<'_, WebSocket> {
        self.socket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line that is broken says so to the socket's task, which reads it.
fn begin(socket: &mut WebSocket, frame: &Bytes, cx: &mut Context<'_>) -> Written {
    if !matches!(socket.poll_ready_unpin(cx), Poll::Ready(Ok(()))) {
        return Written::Not;
    }
    if socket.start_send_unpin(Message::Binary(frame.clone())).is_err() {
        return Written::Not;
    }
    match socket.poll_flush_unpin(cx) {
        Poll::Ready(Ok(())) => Written::Whole,
        Poll::Ready(Err(_)) | Poll::Pending => Written::InPart,
    }
}
