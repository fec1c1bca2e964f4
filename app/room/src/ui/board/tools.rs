//! What is in one's hand, and the bar to choose it from. The bar lies beside the page, never on it; a right that was not
//! given is shown by the tool being away.

use crate::{
    client::room::Room,
    model::{Act, Color, Ink, Op, Rights, Shown, Tool, Width},
};
use kit::prelude::*;
use leptos::prelude::*;

/// What the next touch of the page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Draw(Ink),
    Erase,
    Laser,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Pen,
    Marker,
    Eraser,
    Laser,
}

/// What is in one's hand on this page.
#[derive(Clone, Copy)]
pub struct Pencil {
    held: RwSignal<Held>,
    color: RwSignal<Color>,
    width: RwSignal<Width>,
}

impl Pencil {
    pub fn new(child: bool) -> Self {
        Self {
            held: RwSignal::new(Held::Pen),
            color: RwSignal::new(Color::Blue),
            width: RwSignal::new(if child { Width::Broad } else { Width::Normal }),
        }
    }

    pub fn choice(self) -> Choice {
        let (color, width) = (self.color.get_untracked(), self.width.get_untracked());
        match self.held.get_untracked() {
            Held::Pen => Choice::Draw(Ink {
                tool: Tool::Pen,
                color,
                width,
            }),
            Held::Marker => Choice::Draw(Ink {
                tool: Tool::Marker,
                color,
                width,
            }),
            Held::Eraser => Choice::Erase,
            Held::Laser => Choice::Laser,
        }
    }

    /// For the cursor over the page.
    pub fn name(self) -> &'static str {
        match self.held.get() {
            Held::Pen => "pen",
            Held::Marker => "marker",
            Held::Eraser => "eraser",
            Held::Laser => "laser",
        }
    }
}

/// White is for dark pictures; the pen of this page lies on paper.
const ADULT_COLORS: [Color; 6] = [
    Color::Black,
    Color::Blue,
    Color::Red,
    Color::Green,
    Color::Orange,
    Color::Purple,
];
const CHILD_COLORS: [Color; 4] = [Color::Blue, Color::Red, Color::Green, Color::Black];

/// There while the stage has something to draw on and this person may.
#[component]
pub fn BoardTools(
    /// In a row below the page; else in a column beside it.
    #[prop(optional)]
    line: bool,
) -> impl IntoView {
    let room = expect_context::<Room>();
    let may = Memo::new(move |_| room.rights.get());
    let sheet = Memo::new(move |_| room.stage.get().shown.sheet());
    let child = room.is_child_page();
    move || {
        let (rights, Some(_)) = (may.get(), sheet.get()) else {
            return ().into_any();
        };
        if rights < Rights::Point {
            return ().into_any();
        }
        let draws = rights >= Rights::Draw;
        view! {
            <div class="tools" role="toolbar" aria-label="Drawing tools" data-line=line>
                {(!child).then(|| view! { <Tools draws/> })}
                {draws.then(|| view! { <Colors child/> })}
                {(draws && !child).then(|| view! { <Widths/> })}
                {draws.then(|| view! { <UndoRedo child/> })}
                {(rights == Rights::Full && !child).then(|| view! { <Clear/> })}
            </div>
        }
        .into_any()
    }
}

#[component]
fn Tools(draws: bool) -> impl IntoView {
    let pencil = expect_context::<Pencil>();
    let tool = move |held: Held, icon: &'static str, label: &'static str| {
        let pressed = Signal::derive(move || pencil.held.get() == held);
        view! { <Button icon pressed on_press=move || pencil.held.set(held)>{label}</Button> }
    };
    view! {
        <div class="tool-group">
            {draws.then(|| (
                tool(Held::Pen, "pen", "Pen"),
                tool(Held::Marker, "board", "Marker"),
                tool(Held::Eraser, "eraser", "Eraser"),
            ))}
            {tool(Held::Laser, "seek", "Laser")}
        </div>
    }
}

#[component]
fn Colors(child: bool) -> impl IntoView {
    let pencil = expect_context::<Pencil>();
    let colors: &[Color] = if child { &CHILD_COLORS } else { &ADULT_COLORS };
    let choose = move |color| {
        pencil.color.set(color);
        // A colour is chosen in order to draw.
        if matches!(pencil.held.get_untracked(), Held::Eraser | Held::Laser) {
            pencil.held.set(Held::Pen);
        }
    };
    view! {
        <div class="colours" role="radiogroup" aria-label="Colour">
            {colors
                .iter()
                .map(|color| {
                    let color = *color;
                    let chosen = move || pencil.color.get() == color;
                    view! {
                        <button
                            type="button"
                            class="colour"
                            data-pen=pen_name(color)
                            role="radio"
                            aria-checked=move || chosen().to_string()
                            aria-label=color.as_str()
                            title=color.as_str()
                            on:click=move |_| choose(color)
                        ></button>
                    }
                })
                .collect_view()}
        </div>
    }
}

#[component]
fn Widths() -> impl IntoView {
    let pencil = expect_context::<Pencil>();
    let name = |width| match width {
        Width::Fine => "fine",
        Width::Normal => "normal",
        Width::Broad => "broad",
    };
    view! {
        <div class="tool-group" role="radiogroup" aria-label="Width">
            {Width::ALL
                .map(|width| {
                    view! {
                        <button
                            type="button"
                            class="pen-width"
                            data-width=name(width)
                            role="radio"
                            aria-checked=move || (pencil.width.get() == width).to_string()
                            aria-label=name(width)
                            title=name(width)
                            on:click=move |_| pencil.width.set(width)
                        ><span></span></button>
                    }
                })}
        </div>
    }
}

/// Own strokes only (G28).
#[component]
fn UndoRedo(child: bool) -> impl IntoView {
    let room = expect_context::<Room>();
    let no_undo = Signal::derive(move || !room.can_undo.get());
    let no_redo = Signal::derive(move || !room.can_redo.get());
    view! {
        <div class="tool-group">
            <Button icon="undo" disabled=no_undo on_press=move || room.undo()>"Undo"</Button>
            {(!child).then(|| view! { <Button icon="redo" disabled=no_redo on_press=move || room.redo()>"Redo"</Button> })}
        </div>
    }
}

/// Everybody's strokes, after a question; one undo brings them back.
#[component]
fn Clear() -> impl IntoView {
    let room = expect_context::<Room>();
    let asking = RwSignal::new(false);
    let clear = move || {
        if let Some(sheet) = room.stage.get_untracked().shown.sheet() {
            room.draw(Op::Clear { sheet });
        }
        asking.set(false);
    };
    view! {
        <div class="tool-group">
            <Button icon="trash" on_press=move || asking.set(true)>"Clear"</Button>
            <Dialog title="Clear this page?" open=asking id="board-clear">
                <p>"Everybody's strokes on this page go. You can bring them back with Undo."</p>
                <div class="actions">
                    <Button autofocus=true on_press=move || asking.set(false)>"Keep them"</Button>
                    <Button kind=ButtonKind::Danger icon="trash" on_press=clear>"Clear the page"</Button>
                </div>
            </Dialog>
        </div>
    }
}

/// Opens the whiteboard, or closes it when it is open.
pub fn toggle_board(room: Room) {
    let next = match room.stage.get_untracked().shown {
        Shown::Board { .. } => Shown::Nothing,
        _ => Shown::Board { sheet: 0 },
    };
    room.act(Act::Show(next));
}

/// The style sheet calls the black of a pen by what it is: ink.
pub const fn pen_name(color: Color) -> &'static str {
    match color {
        Color::Black => "ink",
        other => other.as_str(),
    }
}
