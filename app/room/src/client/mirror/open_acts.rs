//! Own acts that may have to be sent again, oldest first.

use crate::model::{Act, ClientMsg};
use std::collections::VecDeque;

#[derive(Debug)]
struct Open {
    no: u32,
    act: Act,
    /// A stroke's: everybody has it, and the room's log may not (decision 0020).
    told: bool,
}

#[derive(Debug, Default)]
pub(super) struct OpenActs(VecDeque<Open>);

impl OpenActs {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|open| open.no)
    }

    pub(super) fn push(&mut self, no: u32, act: Act) {
        self.0.push_back(Open { no, act, told: false });
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// One has come back as an event: the answer to everything but drawing, which is answered when it is kept.
    pub(super) fn told(&mut self, no: u32) {
        let Some(at) = self.at(no) else { return };
        match self.0.get_mut(at) {
            Some(open) if matches!(open.act, Act::Board(_)) => open.told = true,
            _ => drop(self.0.remove(at)),
        }
    }

    /// The log has what was told, up to this one.
    pub(super) fn kept(&mut self, last_op: u32) {
        self.0.retain(|open| !open.told || open.no > last_op);
    }

    pub(super) fn refused(&mut self, no: u32) -> Option<Act> {
        let at = self.at(no)?;
        self.0.remove(at).map(|open| open.act)
    }

    /// Strokes up to `last_op` of which nothing was heard.
    pub(super) fn untold_strokes(&self, last_op: u32) -> impl Iterator<Item = u32> {
        self.0
            .iter()
            .filter(move |open| open.no <= last_op && !open.told && matches!(open.act, Act::Board(_)))
            .map(|open| open.no)
    }

    /// A greeting speaks of what is kept and of nothing else.
    pub(super) fn answered_up_to(&mut self, last_op: u32) {
        self.0.retain(|open| open.no > last_op);
    }

    pub(super) fn again(&mut self) -> Vec<ClientMsg> {
        let again = |open: &mut Open| {
            open.told = false;
            ClientMsg::Act {
                op_no: open.no,
                act: open.act.clone(),
            }
        };
        self.0.iter_mut().map(again).collect()
    }

    fn at(&self, no: u32) -> Option<usize> {
        self.0.iter().position(|open| open.no == no)
    }
}
