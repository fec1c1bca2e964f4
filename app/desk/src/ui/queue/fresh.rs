//! The bar that says how many items came. It asks now and then and moves no row: what somebody is reading stays where it is.

use crate::api;
use chrono::{DateTime, Utc};
use kit::prelude::*;
use leptos::prelude::*;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(20);

#[component]
pub fn Fresh(loaded_at: DateTime<Utc>, on_fresh: Callback<()>) -> impl IntoView {
    let count = RwSignal::new(0_u32);
    Effect::new(move |_| {
        let ask = move || {
            leptos::task::spawn_local(async move {
                // An answer that does not come says nothing; the next one will.
                if let Ok(new) = api::new_items(loaded_at).await {
                    count.try_set(new);
                }
            });
        };
        if let Ok(timer) = set_interval_with_handle(ask, EVERY) {
            on_cleanup(move || timer.clear());
        }
    });
    view! {
        <div role="status" class="fresh">
            {move || (count.get() > 0).then(|| view! {
                <Button size=ButtonSize::Small icon="refresh" on_press=move || on_fresh.run(())>
                    {move || format!("{} new", count.get())}
                </Button>
            })}
        </div>
    }
}
