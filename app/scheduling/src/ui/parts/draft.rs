//! Saves what is typed while it is typed, so that neither reload nor the end of a kept time loses it. One save at a time: an
//! older state never overtakes a newer one.

use kernel::ApiError;
use leptos::prelude::*;
use std::{future::Future, time::Duration};

/// What the line under the field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    Untouched,
    Unsaved,
    Saved,
    Failed,
}

impl Saving {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Untouched => "",
            Self::Unsaved => "Saving …",
            Self::Saved => "Saved. You may stop here.",
            Self::Failed => "Saving failed, your text is kept on this page. We try again.",
        }
    }
}

/// What the server has, and what is on its way there: a text, or the fields of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft<T> {
    kept: T,
    sending: Option<T>,
    failed: bool,
    touched: bool,
}

impl<T: Clone + PartialEq> Draft<T> {
    pub const fn new(kept: T) -> Self {
        Self {
            kept,
            sending: None,
            failed: false,
            touched: false,
        }
    }

    /// The text to send now, if there is something new and nothing is on its way.
    pub fn next(&mut self, typed: &T) -> Option<T> {
        if self.sending.is_some() || *typed == self.kept {
            return None;
        }
        self.touched = true;
        self.sending = Some(typed.clone());
        self.sending.clone()
    }

    pub fn answered(&mut self, kept: bool) {
        self.failed = !kept;
        if let Some(sent) = self.sending.take().filter(|_| kept) {
            self.kept = sent;
        }
    }

    pub fn state(&self, typed: &T) -> Saving {
        match (*typed == self.kept, self.failed) {
            (true, _) if self.touched => Saving::Saved,
            (true, _) => Saving::Untouched,
            (false, true) => Saving::Failed,
            (false, false) => Saving::Unsaved,
        }
    }
}

const PAUSE: Duration = Duration::from_millis(700);
const RETRY: Duration = Duration::from_secs(5);

/// Sends `typed` with `save` after a pause in typing, and again until it is kept. `kept` is what the server has.
pub fn use_draft<T, F>(
    kept: T,
    typed: RwSignal<T>,
    save: impl Fn(T) -> F + Copy + Send + Sync + 'static,
) -> Signal<Saving>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<(), ApiError>> + 'static,
{
    let draft = RwSignal::new(Draft::new(kept));
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let new = typed.with(|typed| draft.with_untracked(|draft| draft.state(typed) == Saving::Unsaved));
        if new {
            later(timer, PAUSE, move || send(draft, typed, timer, save));
        }
    });
    on_cleanup(move || {
        // Left in the middle of a pause: what is not sent yet goes now.
        if let Some(handle) = timer.try_get_value().flatten() {
            handle.clear();
            send(draft, typed, timer, save);
        }
    });
    Signal::derive(move || draft.with(|draft| typed.with(|typed| draft.state(typed))))
}

fn send<T, F>(
    draft: RwSignal<Draft<T>>,
    typed: RwSignal<T>,
    timer: StoredValue<Option<TimeoutHandle>>,
    save: impl Fn(T) -> F + Copy + Send + Sync + 'static,
) where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<(), ApiError>> + 'static,
{
    // Tells nobody where there is nothing to send: called while a page goes, it would wake what still shows the old one.
    let next = |typed: T| {
        draft.try_maybe_update(|draft| {
            let next = draft.next(&typed);
            (next.is_some(), next)
        })
    };
    let Some(latest) = typed.try_get_untracked().and_then(next).flatten() else {
        return;
    };
    leptos::task::spawn_local(async move {
        let kept = save(latest).await.is_ok();
        // The page may be gone by now: then there is nothing to tell.
        if draft.try_update(|draft| draft.answered(kept)).is_some() {
            later(timer, if kept { PAUSE } else { RETRY }, move || {
                send(draft, typed, timer, save);
            });
        }
    });
}

fn later(timer: StoredValue<Option<TimeoutHandle>>, wait: Duration, act: impl FnOnce() + 'static) {
    let fresh = set_timeout_with_handle(act, wait).ok();
    if let Some(old) = timer
        .try_update_value(|timer| std::mem::replace(timer, fresh))
        .flatten()
    {
        old.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Saving};

    fn text(typed: &str) -> String {
        typed.to_owned()
    }

    #[test]
    fn a_newer_text_waits_until_the_older_is_answered() {
        let mut draft = Draft::new(String::new());
        assert_eq!(draft.next(&text("a")), Some(text("a")));
        assert_eq!(draft.next(&text("ab")), None, "one save at a time");
        draft.answered(true);
        assert_eq!(draft.state(&text("ab")), Saving::Unsaved);
        assert_eq!(draft.next(&text("ab")), Some(text("ab")));
        draft.answered(true);
        assert_eq!(draft.state(&text("ab")), Saving::Saved);
        assert_eq!(draft.next(&text("ab")), None);
    }

    #[test]
    fn a_failed_save_says_so_and_is_tried_again() {
        let mut draft = Draft::new("kept".to_owned());
        assert_eq!(draft.state(&text("kept")), Saving::Untouched);
        draft.next(&text("kept and more")).unwrap();
        draft.answered(false);
        assert_eq!(draft.state(&text("kept and more")), Saving::Failed);
        assert_eq!(draft.next(&text("kept and more")), Some(text("kept and more")));
        draft.answered(true);
        assert_eq!(draft.state(&text("kept and more")), Saving::Saved);
    }
}
