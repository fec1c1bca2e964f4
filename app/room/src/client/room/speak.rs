//! What this page says to the room: acts, strokes, pointers, reports.

use super::Room;
use crate::{
    client::dom::page_visible,
    model::{
        Act, ClientMsg, Op, OpId,
        wire::{Ephemeral, RenderAck},
    },
};
use leptos::prelude::*;

impl Room {
    /// Asks the room for something. It is sent again after a cut until it is answered.
    pub fn act(self, act: Act) {
        let message = self.core().mirror.borrow_mut().act(act);
        self.send(&message);
    }

    /// Draws here at once and tells the room. `None` when the board is locked at this moment.
    pub fn draw(self, op: Op) -> Option<OpId> {
        let (id, touched, message) = self.core().mirror.borrow_mut().draw(op)?;
        self.drawn(&touched, &message);
        Some(id)
    }

    pub fn undo(self) {
        let undone = self.core().mirror.borrow_mut().undo();
        if let Some((touched, message)) = undone {
            self.drawn(&touched, &message);
        }
    }

    pub fn redo(self) {
        let redone = self.core().mirror.borrow_mut().redo();
        if let Some((touched, message)) = redone {
            self.drawn(&touched, &message);
        }
    }

    /// Shows a pointer to the others; lost when the line is slow.
    pub fn point(self, what: Ephemeral) {
        if let Some(socket) = self.core().socket.borrow().as_ref() {
            socket.offer(ClientMsg::Ephemeral(what).encode());
        }
    }

    /// A report: the newest one counts, so a lost one is not kept. An act waits for the greeting of its line.
    pub fn send(self, message: &ClientMsg) {
        if matches!(message, ClientMsg::Act { .. }) && !self.core().mirror.borrow().is_in_step() {
            return;
        }
        if let Some(socket) = self.core().socket.borrow().as_ref() {
            socket.send(message.encode());
        }
    }

    /// This side has painted the stage of event `stage_seq`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock after 1970"
    )]
    pub fn painted(self, stage_seq: u64, media_pos_ms: Option<u32>) {
        let ack = RenderAck {
            stage_seq,
            painted_at_ms: self.server_ms() as u64,
            visible: page_visible(),
            audio_blocked: self.sound_blocked.get_untracked(),
            media_pos_ms,
        };
        self.core().ack.set(Some(ack));
        self.send_ack();
    }

    /// The host sees everything itself; everybody else proves what they have seen.
    pub fn send_ack(self) {
        if let (Some(ack), false) = (self.core().ack.get(), self.is_host()) {
            let visible = page_visible();
            let audio_blocked = self.sound_blocked.get_untracked();
            self.send(&ClientMsg::RenderAck(RenderAck {
                visible,
                audio_blocked,
                ..ack
            }));
        }
    }
}
