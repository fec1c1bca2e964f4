//! Who may do what on the board. A lock can always be undone here (G29).

use super::steer::turn;
use crate::{
    client::room::Room,
    model::{Act, Person, Rights, Seat, Shown},
    ui::board::{BoardTools, toggle_board},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn BoardTab() -> impl IntoView {
    let room = expect_context::<Room>();
    let up = Signal::derive(move || matches!(room.stage.get().shown, Shown::Board { .. }));
    let others = Memo::new(move |_| {
        room.people.with(|people| {
            people
                .iter()
                .filter(|p| p.seat != Seat::Host)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <div class="stack">
            <div class="only-narrow"><BoardTools line=true/></div>
            <Button icon="board" pressed=up on_press=move || toggle_board(room)>
                {move || if up.get() { "Close the whiteboard (w)" } else { "Open the whiteboard (w)" }}
            </Button>
            {move || up.get().then(|| view! {
                <div class="actions">
                    <Button size=ButtonSize::Small icon="chevron-left" on_press=move || turn(room, -1)>"Sheet before"</Button>
                    <Button size=ButtonSize::Small icon="chevron-right" on_press=move || turn(room, 1)>"Next sheet"</Button>
                </div>
            })}
            {move || others.get().into_iter().map(|person| view! { <RightsOf person/> }).collect_view()}
            {move || others.with(Vec::is_empty).then(|| view! { <p>"Nobody else is here yet."</p> })}
        </div>
    }
}

#[component]
fn RightsOf(person: Person) -> impl IntoView {
    let room = expect_context::<Room>();
    let Person { id, name, rights, .. } = person;
    let options = Rights::ALL
        .map(|rights| Choice::new(key(rights), word(rights)))
        .to_vec();
    let choose = move |chosen: String| {
        if let Some(rights) = Rights::ALL.into_iter().find(|rights| key(*rights) == chosen) {
            room.act(Act::SetRights { who: id, rights });
        }
    };
    view! {
        <RadioGroup name=format!("rights-{}", id.0) legend=format!("{name} may") options value=key(rights) layout=ChoiceLayout::Rows on_change=choose/>
    }
}

const fn key(rights: Rights) -> &'static str {
    match rights {
        Rights::View => "view",
        Rights::Point => "point",
        Rights::Draw => "draw",
        Rights::Full => "full",
    }
}

const fn word(rights: Rights) -> &'static str {
    match rights {
        Rights::View => "Only look",
        Rights::Point => "Point",
        Rights::Draw => "Draw",
        Rights::Full => "Draw, and take away all strokes",
    }
}
