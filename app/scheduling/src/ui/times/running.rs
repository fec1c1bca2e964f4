//! A time that is already kept: it stays in view until it is used or let go.

use crate::api::{ReleaseHold, view::HoldView};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn RunningHold(hold: HoldView, release: ServerAction<ReleaseHold>) -> impl IntoView {
    let text = format!(
        "{} on {} is kept for you, with {}.",
        hold.when.from, hold.when.day, hold.therapist.name
    );
    view! {
        <Banner tone=Tone::Info text>
            <LinkButton href=format!("/my/book/{}", hold.hold)>"Go on"</LinkButton>
            <ActionForm action=release>
                <input type="hidden" name="hold" value=hold.hold.to_string()/>
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit>"Let go"</Button>
            </ActionForm>
        </Banner>
    }
}
