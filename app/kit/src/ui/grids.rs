//! Days on one clock, and a month: every look of a block, something to move.

use leptos::prelude::*;

use crate::prelude::*;

fn block(id: &str, look: BlockLook, (from, until): (u16, u16), title: &str) -> GridBlock {
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let leads = matches!(look, BlockLook::Plain | BlockLook::Waiting | BlockLook::Quiet);
    GridBlock {
        id: id.to_owned(),
        look,
        from,
        until,
        clock: format!("{} to {}", clock(from), clock(until)),
        title: title.to_owned(),
        note: String::new(),
        href: leads.then(|| "/kit".to_owned()),
        movable: look == BlockLook::Plain,
    }
}

fn columns() -> Vec<GridColumn> {
    let day = |key: &str, title: &str, blocks| GridColumn {
        key: key.to_owned(),
        title: title.to_owned(),
        open: vec![(540, 720), (780, 1_020)],
        blocks,
        empty: "Nothing planned.".to_owned(),
        ..GridColumn::default()
    };
    vec![
        day(
            "tue",
            "Tue 24 Nov",
            vec![
                block("a", BlockLook::Quiet, (540, 585), "Ana Ortega"),
                block("b", BlockLook::Waiting, (600, 645), "Kim Park"),
                block("c", BlockLook::Plain, (630, 720), "Max Held"),
                block("d", BlockLook::Hatched, (900, 960), "Kept"),
            ],
        ),
        day(
            "wed",
            "Wed 25 Nov",
            vec![block("e", BlockLook::Off, (0, 1_440), "Time off")],
        ),
        day("thu", "Thu 26 Nov", Vec::new()),
    ]
}

#[component]
pub(super) fn Grids(board: &'static str) -> impl IntoView {
    let moved = RwSignal::new(String::new());
    let on_move =
        Callback::new(move |to: GridMove| moved.set(format!("{} to {}, minute {}", to.id, to.column, to.minute)));
    let preview = Callback::new(|id: String| view! { <p>"More about " {id}</p> }.into_any());
    let mut week: [Option<MonthDay>; 7] = Default::default();
    for (number, day) in (24_u32..).zip(&mut week[1..]) {
        *day = Some(MonthDay {
            number,
            month: "November".to_owned(),
            href: "/kit".to_owned(),
            holds: if number < 26 {
                "3 visits".to_owned()
            } else {
                String::new()
            },
            note: if number == 25 {
                "1 kept".to_owned()
            } else {
                String::new()
            },
            today: number == 24,
            off: number == 28,
        });
    }
    view! {
        <Section title="Time grid">
            <TimeGrid label=format!("Days, {board}") columns=columns() on_move=Some(on_move) preview/>
            <p class="fine">{move || moved.get()}</p>
        </Section>
        <Section title="Month grid"><MonthGrid label=format!("November 2026, {board}") weeks=vec![week]/></Section>
    }
}
