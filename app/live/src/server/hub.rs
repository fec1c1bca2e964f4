//! Every open socket by its sign-in session: logged out means out.

use super::outlet::Closer;
use crate::Closing;
use kernel::SessionId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<Sockets>>);

#[derive(Debug, Default)]
struct Sockets {
    by_session: HashMap<SessionId, HashMap<u64, Closer>>,
    next: u64,
}

impl Hub {
    /// Closes every socket of a session at once. Called when a session is signed out, runs out or is revoked.
    pub fn end_session(&self, session: SessionId) {
        for closer in self.lock().by_session.remove(&session).into_iter().flatten() {
            closer.1.close(Closing::SessionEnded);
        }
    }

    /// The server stops: clients reconnect to the next one.
    pub fn end_all(&self) {
        for closer in self.lock().by_session.drain().flat_map(|(_, sockets)| sockets) {
            closer.1.close(Closing::Restart);
        }
    }

    pub fn open_sockets(&self) -> usize {
        self.lock().by_session.values().map(HashMap::len).sum()
    }

    pub(super) fn enter(&self, session: SessionId, closer: Closer) -> Entry {
        let mut sockets = self.lock();
        sockets.next += 1;
        let number = sockets.next;
        sockets.by_session.entry(session).or_default().insert(number, closer);
        Entry {
            hub: self.clone(),
            session,
            number,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sockets> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leaves the hub when dropped.
#[derive(Debug)]
pub(super) struct Entry {
    hub: Hub,
    session: SessionId,
    number: u64,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut sockets = self.hub.lock();
        if let Some(of_session) = sockets.by_session.get_mut(&self.session) {
            of_session.remove(&self.number);
            if of_session.is_empty() {
                sockets.by_session.remove(&self.session);
            }
        }
    }
}
