//! Menu, dialog, toast.

use leptos::prelude::*;

use crate::prelude::*;

#[component]
pub(super) fn Layers(board: &'static str) -> impl IntoView {
    let open = RwSignal::new(false);
    let toasts = use_toasts();
    view! {
        <Section title="Layers">
            <div class="cluster">
                <Menu label="Account" icon="user">
                    <MenuLink href="/kit" icon="settings">"Account"</MenuLink>
                    <MenuLink href="/kit" icon="log-out">"Sign out"</MenuLink>
                </Menu>
                <DialogLink href="/kit" open>"Cancel"</DialogLink>
                <Button on_press=move || toasts.say(Tone::Good, "Saved.")>"Notice"</Button>
                <Button on_press=move || toasts.say_with_undo("Removed from the order.", || ())>"Notice with undo"</Button>
            </div>
            <Dialog title="Cancel this visit?" open id=format!("{board}-cancel")>
                <p>"Tue 24 Nov, 10:00, with Tess Rivera."</p>
                <p>"You can cancel without a fee until Mon 23 Nov, 10:00."</p>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary autofocus=true on_press=move || open.set(false)>"Keep the visit"</Button>
                    <Button kind=ButtonKind::Danger>"Cancel the visit"</Button>
                </div>
            </Dialog>
        </Section>
    }
}
