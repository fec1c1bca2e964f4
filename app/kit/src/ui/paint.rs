//! The painted grid.

use leptos::prelude::*;

use crate::paint::{Area, Brush, History, Painting};
use crate::prelude::*;

const DAYS: [(&str, &str); 5] = [
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
];

fn clock(row: u16) -> String {
    format!("{:02}:{:02}", 8 + row / 4, row % 4 * 15)
}

fn layers(brush: Brush) -> String {
    match brush {
        0b01 => "First",
        0b10 => "Second",
        _ => "Both",
    }
    .to_owned()
}

#[component]
pub(super) fn Paint(board: &'static str) -> impl IntoView {
    let mut painting = Painting::blank(5, 48);
    let column = |column, from, until| Area {
        from: (column, from),
        to: (column, until),
    };
    painting.stroke(column(0, 4, 15), 0b11, true);
    painting.stroke(column(1, 4, 11), 0b01, true);
    painting.stroke(column(3, 20, 31), 0b10, true);
    let history = RwSignal::new(History::new(painting));
    let second = RwSignal::new(false);
    let brush = Signal::derive(move || if second.get() { 0b10 } else { 0b01 });
    let look = PaintLook {
        columns: DAYS.map(|(short, name)| (short.to_owned(), name.to_owned())).to_vec(),
        row: clock,
        ruled: 4,
        layers: Callback::new(layers),
        tint: Callback::new(|brush: Brush| brush % 4),
    };
    view! {
        <Section title="Painted grid">
            <div class="cluster">
                <Button pressed=second on_press=move || second.update(|second| *second = !*second)>"Second layer"</Button>
                <Button icon="undo" disabled=Signal::derive(move || !history.with(History::can_undo))
                    on_press=move || history.update(History::undo)>"Undo"</Button>
                <Button icon="redo" disabled=Signal::derive(move || !history.with(History::can_redo))
                    on_press=move || history.update(History::redo)>"Redo"</Button>
            </div>
            <PaintGrid id=format!("{board}-paint") label="A week" look history brush/>
        </Section>
    }
}
