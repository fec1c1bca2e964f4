//! Short notices about what was just done, with an undo where there is one. They never carry the only copy of anything:
//! a result that matters is on the page too.

use std::time::Duration;

use leptos::prelude::*;

use crate::Tone;
use crate::action::{Button, ButtonKind, ButtonSize, IconButton};
use crate::show::Icon;

/// Long enough to read two short sentences twice.
const SHOWN_FOR: Duration = Duration::from_secs(8);

/// One notice.
#[derive(Debug, Clone)]
pub struct Toast {
    id: u32,
    tone: Tone,
    text: String,
    undo: Option<Callback<()>>,
}

/// The notices of this page. Copy it into event handlers.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u32>,
    /// While the pointer or the focus is on them, none leaves.
    held: RwSignal<bool>,
}

impl Toasts {
    fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            last_id: StoredValue::new(0),
            held: RwSignal::new(false),
        }
    }

    /// Says what happened.
    pub fn say(self, tone: Tone, text: impl Into<String>) {
        self.push(tone, text.into(), None);
    }

    /// Says what happened and offers to take it back.
    pub fn say_with_undo(self, text: impl Into<String>, undo: impl Into<Callback<()>>) {
        self.push(Tone::Plain, text.into(), Some(undo.into()));
    }

    fn push(self, tone: Tone, text: String, undo: Option<Callback<()>>) {
        let id = self.last_id.get_value().wrapping_add(1);
        self.last_id.set_value(id);
        self.shown.update(|shown| shown.push(Toast { id, tone, text, undo }));
        self.leave_later(id);
    }

    fn leave_later(self, id: u32) {
        set_timeout(
            move || match self.held.try_get_untracked() {
                Some(true) => self.leave_later(id),
                Some(false) => self.remove(id),
                None => {}
            },
            SHOWN_FOR,
        );
    }

    fn remove(self, id: u32) {
        self.shown.try_update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Makes notices available below; call it once, in the shell, and render one `ToastArea`.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts::new();
    provide_context(toasts);
    toasts
}

/// The notices of this page. Outside a shell that provides them (a test, an excerpt) they go nowhere.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// Where notices appear: above the bottom bar, spoken politely.
#[component]
pub fn ToastArea() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div
            class="toasts"
            role="status"
            on:mouseenter=move |_| toasts.held.set(true)
            on:mouseleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <ToastView toast toasts/>
            </For>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast, toasts: Toasts) -> impl IntoView {
    let Toast { id, tone, text, undo } = toast;
    view! {
        <div class="toast" data-tone=tone.name()>
            <Icon name=tone.shape()/>
            <p>{text}</p>
            {undo.map(|undo| view! {
                <Button kind=ButtonKind::Quiet size=ButtonSize::Small icon="undo" on_press=move || {
                    undo.run(());
                    toasts.remove(id);
                }>"Undo"</Button>
            })}
            <IconButton icon="x" label="Close" size=ButtonSize::Small on_press=move || toasts.remove(id)/>
        </div>
    }
}
