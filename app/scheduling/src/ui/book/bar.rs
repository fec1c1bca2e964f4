//! The bar on top: what is kept, how long, and the two ways to change that.

use super::Acts;
use crate::api::view::HoldView;
use kit::prelude::*;
use leptos::prelude::*;

/// Seconds a time is kept, for the length of the bar; twice that after "Keep it 5 more minutes".
const KEPT_SECONDS: u32 = 300;

#[component]
pub fn KeptBar(view: HoldView, acts: Acts, on_end: Callback<()>) -> impl IntoView {
    let HoldView {
        hold,
        when,
        expires_at,
        server_now,
        can_extend,
        ..
    } = view;
    let total_s = if can_extend { KEPT_SECONDS } else { 2 * KEPT_SECONDS };
    let left = (expires_at - server_now).num_minutes().max(0);
    let until = format!("about {left} min left");
    let over = format!("{} is no longer kept for you.", when.from);
    let extend = can_extend.then(|| {
        view! {
            <ActionForm action=acts.extend attr:class="keep-longer">
                <input type="hidden" name="hold" value=hold.to_string()/>
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit busy=acts.extend.pending()>"Keep it 5 more minutes"</Button>
            </ActionForm>
        }
    });
    view! {
        <section class="hold" aria-label="The time kept for you">
            <Countdown
                deadline_ms=expires_at.timestamp_millis()
                now_ms=server_now.timestamp_millis()
                total_s
                until
                over
                on_end
            >
                <strong>{when.from}</strong> " on " {when.day} " is kept for you"
            </Countdown>
        </section>
        <div class="cluster">
            <ActionForm action=acts.release>
                <input type="hidden" name="hold" value=hold.to_string()/>
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit busy=acts.release.pending()>"Let go"</Button>
            </ActionForm>
            {extend}
        </div>
    }
}
