//! A question or a small form above the page: the browser's own modal, which traps Tab, closes on `Esc`, makes the page
//! behind it inert and gives the focus back to its opener.

use leptos::html;
use leptos::prelude::*;

use crate::action::IconButton;

/// A modal dialog, a sheet at 390 px. Give the safe answer `autofocus`.
///
/// Without script a dialog cannot open: what it asks has its own address, and `DialogLink` leads there.
///
/// ```ignore
/// let open = RwSignal::new(false);
/// <DialogLink href=format!("/my/visits/{id}/cancel") open>"Cancel"</DialogLink>
/// <Dialog title="Cancel this visit?" open> <CancelForm visit/> </Dialog>
/// ```
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    /// Set true to open; becomes false when the person closes it.
    open: RwSignal<bool>,
    /// Distinguishes the dialogs of one page.
    #[prop(default = "dialog".to_owned(), into)]
    id: String,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Refused only for a dialog that left the page: then there is nothing to show.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class="dialog"
            id=id
            node_ref=dialog
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
        >
            <div class="dialog-head">
                <h2 class="dialog-title" id=title_id>{title}</h2>
                <IconButton icon="x" label="Close" on_press=move || open.set(false)/>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}

/// Opens a dialog; without script it leads to the page that asks the same.
#[component]
pub fn DialogLink(
    #[prop(into)] href: String,
    open: RwSignal<bool>,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] kind: crate::action::ButtonKind,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="button"
            href=href
            data-kind=kind.name()
            data-size="normal"
            aria-haspopup="dialog"
            on:click=move |event| {
                let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
                if !elsewhere {
                    event.prevent_default();
                    open.set(true);
                }
            }
        >
            {icon.map(|name| view! { <crate::show::Icon name/> })}
            <span class="button-word">{children()}</span>
        </a>
    }
}
