//! Ties live sockets to sign-in sessions: identity says which session is over, `live` closes its sockets.

use identity::SessionEvents;
use kernel::{Actor, House};
use tokio::sync::broadcast::error::RecvError;

/// Asked by each socket of a room once a minute: whoever is in one is not idle, and the word that their session ended may have
/// been missed.
#[derive(Debug, Clone)]
pub struct LiveSessions(pub House);

impl LiveSessions {
    /// Closes the sockets of every session that ends from now on, until the process stops.
    pub fn end_with(events: &SessionEvents, sockets: live::Hub) {
        let mut ended = events.subscribe();
        tokio::spawn(async move {
            loop {
                match ended.recv().await {
                    Ok(over) => sockets.end_session(over.session),
                    // Too many at once: the question once a minute finds the ones that were missed.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => break,
                }
            }
        });
    }
}

impl live::Sessions for LiveSessions {
    /// A database that does not answer ends no call: the next question is a minute away.
    async fn is_live(&self, actor: &Actor) -> bool {
        identity::service::lives_in_call(&self.0, actor.session)
            .await
            .unwrap_or(true)
    }
}
