//! The room as this browser holds it: the server's state, the board with own strokes on top, and every own act that has
//! not been answered yet. Pure: messages in, messages out; the socket and the page are elsewhere.

mod open_acts;

use self::open_acts::OpenActs;
use crate::model::{
    Act, Change, ClientId, ClientMsg, Event, Greeting, Op, OpId, ParticipantId, Person, Refusal, Replica, Rights,
    RoomState, ServerMsg, Sheet, StrokeId, UndoStack,
    board::Touched,
    state::stage_hash,
    wire::{Ephemeral, RenderAck, Signal},
};

/// What the page does about a message.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// The state is another one altogether: paint everything.
    Everything,
    /// Something other than the board.
    State,
    Board(Touched),
    /// An own act was refused: a short shake and, for an adult, a word.
    Refused(Act, Refusal),
    Signal(ParticipantId, Signal),
    Pointer(ParticipantId, Ephemeral),
    Receipt(ParticipantId, RenderAck),
}

/// Who this page is: given by the server's first greeting and kept over cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Me {
    pub id: ParticipantId,
    pub client: ClientId,
}

#[derive(Debug)]
pub struct Mirror {
    me: Option<Me>,
    /// The room has answered the hello of this line.
    greeted: bool,
    /// Its board stays empty: the strokes live in `replica`.
    state: RoomState,
    replica: Replica,
    undo: UndoStack,
    unanswered: OpenActs,
    next_op: u32,
}

impl Default for Mirror {
    fn default() -> Self {
        Self {
            me: None,
            greeted: false,
            state: RoomState::new(0),
            replica: Replica::new(ParticipantId::ROOM, crate::model::Board::empty()),
            undo: UndoStack::default(),
            unanswered: OpenActs::default(),
            next_op: 1,
        }
    }
}

impl Mirror {
    /// The epoch and the newest event held, for the hello of a new line.
    pub const fn resume_from(&mut self) -> (u64, u64) {
        self.greeted = false;
        (self.state.epoch, self.state.seq)
    }

    /// Whether acts may go out as they come. On a new line they wait for the greeting, which sends all that is open in order:
    /// a newer one that came first would have the older ones taken for answered.
    pub const fn is_in_step(&self) -> bool {
        self.greeted || self.me.is_none()
    }

    /// The numbers of own acts that may have to be sent again, oldest first.
    pub fn open_acts(&self) -> impl Iterator<Item = u32> {
        self.unanswered.numbers()
    }

    /// Nothing own is still open.
    pub fn is_settled(&self) -> bool {
        self.unanswered.is_empty() && self.replica.is_kept()
    }

    pub const fn state(&self) -> &RoomState {
        &self.state
    }

    pub const fn replica(&self) -> &Replica {
        &self.replica
    }

    pub fn me(&self) -> Option<&Person> {
        self.state.person(self.me?.id)
    }

    pub fn rights(&self) -> Rights {
        self.me.map_or(Rights::View, |me| self.state.board_rights(me.id))
    }

    pub const fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    pub const fn can_redo(&self) -> bool {
        self.undo.can_redo()
    }

    /// What the tests of both pages compare.
    pub fn stage_hash(&self) -> u64 {
        stage_hash(&self.state.stage, self.replica.confirmed())
    }

    /// Takes a message; answers what changed and what to send in return.
    pub fn hear(&mut self, message: ServerMsg) -> (Vec<Heard>, Vec<ClientMsg>) {
        match message {
            ServerMsg::Snapshot(greeting) => {
                self.greeted = true;
                self.greet(*greeting);
                (vec![Heard::Everything], self.unanswered.again())
            }
            ServerMsg::Resumed { last_op, missed } => {
                self.greeted = true;
                let heard = missed.iter().map(|event| self.event(event)).collect();
                self.forget_refused(last_op);
                self.answered_up_to(last_op);
                (heard, self.unanswered.again())
            }
            ServerMsg::Events(events) => (events.iter().map(|event| self.event(event)).collect(), Vec::new()),
            ServerMsg::Reject { op_no, why } => (self.refused(op_no, why).into_iter().collect(), Vec::new()),
            ServerMsg::Signal { from, signal } => (vec![Heard::Signal(from, signal)], Vec::new()),
            ServerMsg::Ephemeral { from, what } => (vec![Heard::Pointer(from, what)], Vec::new()),
            ServerMsg::Receipt { from, ack } => (vec![Heard::Receipt(from, ack)], Vec::new()),
            ServerMsg::Kept { last_op } => {
                self.unanswered.kept(last_op);
                self.replica.kept(last_op);
                (Vec::new(), Vec::new())
            }
        }
    }

    /// Numbers an act that is not about the board. It is sent again after a cut until it is answered.
    pub fn act(&mut self, act: Act) -> ClientMsg {
        let op_no = self.number();
        self.unanswered.push(op_no, act.clone());
        ClientMsg::Act { op_no, act }
    }

    /// Carries a board operation out here and numbers it. `None` before the first greeting, or when the rights of this
    /// moment refuse it: the server would, too.
    pub fn draw(&mut self, op: Op) -> Option<(OpId, Touched, ClientMsg)> {
        let id = self.next_id()?;
        let touched = self.carry_out(id, op.clone())?;
        self.undo.did(id, &op, &touched.0);
        Some((id, touched.0, touched.1))
    }

    pub fn undo(&mut self) -> Option<(Touched, ClientMsg)> {
        let id = self.next_id()?;
        let op = self.undo.undo(&self.replica, id)?;
        self.carry_out(id, op)
    }

    pub fn redo(&mut self) -> Option<(Touched, ClientMsg)> {
        let id = self.next_id()?;
        let op = self.undo.redo(&self.replica, id)?;
        self.carry_out(id, op)
    }

    /// Strokes on a sheet that this page may take away, newest first.
    pub fn erasable(&self, sheet: Sheet) -> Vec<StrokeId> {
        let (Some(me), rights) = (self.me, self.rights()) else {
            return Vec::new();
        };
        let mut names: Vec<StrokeId> = self
            .replica
            .visible(sheet)
            .filter(|(_, stroke)| rights >= Rights::Full || (rights >= Rights::Draw && stroke.author == me.id))
            .map(|(id, _)| id)
            .collect();
        names.reverse();
        names
    }

    fn next_id(&self) -> Option<OpId> {
        Some(OpId {
            client: self.me?.client,
            no: self.next_op,
        })
    }

    fn number(&mut self) -> u32 {
        let no = self.next_op;
        self.next_op += 1;
        no
    }

    fn carry_out(&mut self, id: OpId, op: Op) -> Option<(Touched, ClientMsg)> {
        if self.rights() < Rights::Draw {
            return None;
        }
        let touched = self.replica.act(id, op.clone());
        Some((touched, self.act(Act::Board(op))))
    }

    fn greet(&mut self, greeting: Greeting) {
        let Greeting {
            me,
            client,
            last_op,
            mut state,
        } = greeting;
        let board = std::mem::take(&mut state.board);
        let now = Me { id: me, client };
        if self.me == Some(now) {
            self.answered_up_to(last_op);
            self.replica.reset(board, last_op);
        } else {
            // A page that has just opened, or a room that forgot this tab: nothing of before can be named any more.
            self.unanswered.clear();
            self.next_op = 1;
            self.replica = Replica::new(me, board);
            self.undo = UndoStack::of(&self.replica, client);
        }
        self.me = Some(now);
        self.next_op = self.next_op.max(last_op + 1);
        self.state = state;
    }

    fn event(&mut self, event: &Event) -> Heard {
        if let (Some(cause), Some(me)) = (event.cause, self.me)
            && cause.client == me.client
        {
            self.unanswered.told(cause.no);
        }
        // The board first: its own sequence is the state's.
        if let (Change::Board(op), Some(id)) = (&event.change, event.cause) {
            let touched = self.replica.confirm(id, event.actor, op);
            self.state.apply_but_board(event);
            return Heard::Board(touched);
        }
        self.state.apply_but_board(event);
        Heard::State
    }

    fn refused(&mut self, op_no: u32, why: Refusal) -> Option<Heard> {
        let act = self.unanswered.refused(op_no)?;
        if let (Act::Board(_), Some(me)) = (&act, self.me) {
            self.replica.refuse(OpId {
                client: me.client,
                no: op_no,
            });
        }
        Some(Heard::Refused(act, why))
    }

    /// What was answered during a cut but left no event was refused, and that answer is lost.
    fn forget_refused(&mut self, last_op: u32) {
        let Some(me) = self.me else { return };
        for no in self.unanswered.untold_strokes(last_op) {
            self.replica.refuse(OpId { client: me.client, no });
        }
    }

    fn answered_up_to(&mut self, last_op: u32) {
        self.unanswered.answered_up_to(last_op);
        self.replica.kept(last_op);
    }
}

#[cfg(test)]
mod tests;
