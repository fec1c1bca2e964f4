//! Tells the rest of the house that a session is over, so that what hangs on it (a live socket) ends within seconds.

use kernel::{AccountId, SessionId};
use tokio::sync::broadcast;

/// More endings at once than any clinic makes; a listener that still falls behind gets `Lagged` and re-checks its session.
const BACKLOG: usize = 1_024;

/// A session that carries nobody from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnded {
    pub session: SessionId,
    pub account: AccountId,
}

/// Cheap to clone; every clone speaks to the same listeners.
#[derive(Debug, Clone)]
pub struct SessionEvents(broadcast::Sender<SessionEnded>);

impl Default for SessionEvents {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl SessionEvents {
    pub fn subscribe(&self) -> broadcast::Receiver<SessionEnded> {
        self.0.subscribe()
    }

    /// Called after the commit that ended the session. Nobody listening is no error.
    pub(crate) fn announce(&self, ended: SessionEnded) {
        let _nobody_listens = self.0.send(ended);
    }
}
