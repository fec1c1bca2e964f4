//! What can be done to an item, each with the answer of its last run.

use crate::api::{
    Approve, Ask, CancelAffected, Change, Decline, LetGo, MoveAffected, Propose, PutAside, Remind, SendLetter, Take,
    Undo,
};
use kernel::ApiError;
use leptos::{prelude::*, server_fn::ServerFn};

#[derive(Clone, Copy)]
pub struct Acts {
    pub approve: ServerAction<Approve>,
    pub decline: ServerAction<Decline>,
    pub ask: ServerAction<Ask>,
    pub change: ServerAction<Change>,
    pub take: ServerAction<Take>,
    pub let_go: ServerAction<LetGo>,
    pub put_aside: ServerAction<PutAside>,
    pub undo: ServerAction<Undo>,
    pub send_letter: ServerAction<SendLetter>,
    pub propose: ServerAction<Propose>,
    pub move_affected: ServerAction<MoveAffected>,
    pub cancel_affected: ServerAction<CancelAffected>,
    pub remind: ServerAction<Remind>,
}

impl Acts {
    pub fn new() -> Self {
        Self {
            approve: ServerAction::new(),
            decline: ServerAction::new(),
            ask: ServerAction::new(),
            change: ServerAction::new(),
            take: ServerAction::new(),
            let_go: ServerAction::new(),
            put_aside: ServerAction::new(),
            undo: ServerAction::new(),
            send_letter: ServerAction::new(),
            propose: ServerAction::new(),
            move_affected: ServerAction::new(),
            cancel_affected: ServerAction::new(),
            remind: ServerAction::new(),
        }
    }

    /// Counts what may have changed the item: acts that were carried out, and refusals, because a refusal tells that somebody else
    /// was quicker. A form that is only incomplete changes nothing, and what was typed stays.
    pub fn changes(self) -> Memo<u32> {
        let each = [
            counted(self.approve),
            counted(self.decline),
            counted(self.ask),
            counted(self.change),
            counted(self.take),
            counted(self.let_go),
            counted(self.put_aside),
            counted(self.undo),
            counted(self.send_letter),
            counted(self.propose),
            counted(self.move_affected),
            counted(self.cancel_affected),
            counted(self.remind),
        ];
        Memo::new(move |_| each.iter().map(Memo::get).sum())
    }
}

fn counted<S>(action: ServerAction<S>) -> Memo<u32>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let version = action.version();
    Memo::new(move |before: Option<&u32>| {
        version.track();
        let told = action
            .value()
            .with(|value| matches!(value, Some(Ok(_) | Err(ApiError::Refused(_) | ApiError::NotFound))));
        before.copied().unwrap_or_default() + u32::from(told)
    })
}
