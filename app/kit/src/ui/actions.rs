//! Buttons and links of every weight, size and state.

use leptos::prelude::*;

use crate::prelude::*;

#[component]
pub(super) fn Actions(board: &'static str) -> impl IntoView {
    let on = RwSignal::new(true);
    view! {
        <Section title="Buttons">
            <div class="cluster">
                <Button kind=ButtonKind::Primary>"Send request"</Button>
                <Button>"Details"</Button>
                <Button kind=ButtonKind::Quiet icon="search">"Search"</Button>
                <Button kind=ButtonKind::Danger icon="x">"Cancel the visit"</Button>
                <Button kind=ButtonKind::Primary busy=true busy_text="Sending">"Send request"</Button>
                <Button disabled=true described_by=format!("{board}-why-off")>"Join"</Button>
                <span class="fine" id=format!("{board}-why-off")>"The room opens at 09:45."</span>
            </div>
            <div class="cluster">
                <LinkButton href="/kit" kind=ButtonKind::Primary size=ButtonSize::Large icon="video">"Join"</LinkButton>
                <LinkButton href="/kit">"All times"</LinkButton>
                <Button size=ButtonSize::Small icon="plus">"Add"</Button>
                <Button pressed=on on_press=move || on.update(|on| *on = !*on)>"Grid"</Button>
                <IconButton icon="chevron-left" label="Previous month"/>
                <IconButton icon="mic" label="Microphone" pressed=on on_press=move || on.update(|on| *on = !*on)/>
            </div>
            <div class="times">
                {["10:00", "10:45", "14:15", "15:00"].map(|time| view! {
                    <Button kind=ButtonKind::Time label=format!("{time}, Tue 24 Nov")>{time}</Button>
                }).collect_view()}
            </div>
            <Tabs label=format!("Kit parts, {board}") current="/kit" items=vec![
                TabLink::new("/kit", "Upcoming").count(3),
                TabLink::new("/kit?show=past", "Past"),
            ]/>
        </Section>
    }
}
