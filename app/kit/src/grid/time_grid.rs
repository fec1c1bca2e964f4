//! The component: columns on one clock, one keyboard stop, a preview below, and whatever is in hand.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    block::{GridColumn, GridMove},
    hand,
    pieces::{Answers, axis, column},
    state::Grid,
};
use crate::action::{Button, ButtonKind, IconButton};
use crate::hook::use_hydrated;

/// Days, or people's days, beside each other. Complete without script; with it arrows go from block to block, Enter opens, `m`
/// and arrows move, Enter puts down, `Esc` gives up, `u` takes back. A pointer drags. Below 48 rem it reads as an agenda.
///
/// ```ignore
/// <TimeGrid label="Week" columns on_move=move |to: GridMove| ask.set(Some(to)) asking refused preview/>
/// ```
#[component]
pub fn TimeGrid(
    /// The spoken name.
    #[prop(into)]
    label: String,
    columns: Vec<GridColumn>,
    /// Minutes after midnight, marked in the columns of today.
    #[prop(optional_no_strip)]
    now: Option<u16>,
    /// Called where a block was put down. Without it nothing moves.
    #[prop(optional_no_strip)]
    on_move: Option<Callback<GridMove>>,
    /// Called for `u`.
    #[prop(optional_no_strip)]
    on_undo: Option<Callback<()>>,
    /// A move that is on its way to the server.
    #[prop(optional, into)]
    asking: Signal<Option<GridMove>>,
    /// The block whose move came back refused.
    #[prop(optional, into)]
    refused: Signal<Option<String>>,
    /// The block that takes the focus when the grid appears; it is emptied.
    #[prop(optional)]
    focus: Option<RwSignal<Option<String>>>,
    /// More about a block, by its id, shown below on hover, focus and touch.
    #[prop(optional)]
    preview: Option<Callback<String, AnyView>>,
) -> impl IntoView {
    let today: Vec<bool> = columns.iter().map(|column| column.today).collect();
    let stops = columns
        .iter()
        .flat_map(|column| &column.blocks)
        .any(|block| block.href.is_some());
    let grid = Grid::new(columns, on_move, on_undo);
    let live = use_hydrated();
    let answers = Answers { asking, refused, live };
    let scroll = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(scroll) = scroll.get() {
            grid.measure(&scroll);
        }
        if let Some(id) = focus.and_then(|focus| focus.try_update_untracked(Option::take).flatten()) {
            grid.focus_later(&id);
        }
    });
    let columns = today
        .into_iter()
        .enumerate()
        .map(|(index, today)| column(grid, answers, index, now.filter(|_| today)))
        .collect_view();
    let on_focus = move |event: web_sys::FocusEvent| {
        if let Some(at) = hand::block_of(&event) {
            grid.focused.set(Some(at));
            grid.previewed.set(Some(at));
        }
    };
    let on_hover = move |event: web_sys::PointerEvent| {
        if event.pointer_type() == "mouse"
            && !grid.dragging.get_untracked()
            && let Some(at) = hand::block_of(&event)
        {
            grid.previewed.set(Some(at));
        }
    };
    let on_scroll = move |event: web_sys::Event| {
        if let Some(scroll) = event.target().and_then(|target| target.dyn_into().ok()) {
            grid.measure(&scroll);
        }
    };
    let help = on_move.is_some().then(|| {
        view! {
            <p class="time-grid-help">
                "Drag a visit to move it. Keys: arrows, " <kbd>"Enter"</kbd> " opens, " <kbd>"m"</kbd> " and arrows move, "
                <kbd>"Enter"</kbd> " puts down, " <kbd>"Esc"</kbd> " gives up, " <kbd>"u"</kbd> " takes back."
            </p>
        }
    });
    view! {
        <div class="time-grid" node_ref=grid.root data-dragging=move || grid.dragging.get().then_some("true")
            on:keydown=move |event| grid.on_key(&event)
            on:pointerdown=move |event| grid.on_press(&event)
            on:pointermove=move |event| grid.on_pull(&event)
            on:pointerup=move |_| grid.on_let_go()
            on:pointercancel=move |_| grid.give_up()
        >
            <div class="time-grid-scroll" role="group" aria-label=label tabindex=(!stops).then_some("0") node_ref=scroll
                on:scroll=on_scroll on:focusin=on_focus on:pointerover=on_hover on:click=move |event| grid.on_click(&event)
            >
                {axis(grid)}
                {columns}
            </div>
            {move || bar(grid)}
            {move || preview.and_then(|preview| card(grid, preview))}
            {help}
            <p class="visually-hidden" role="status">{move || grid.said.get()}</p>
        </div>
    }
    .into_any()
}

/// With a block in hand and no button held: where it would go, and the two ways out.
fn bar(grid: Grid) -> Option<AnyView> {
    (grid.carried.with(Option::is_some) && !grid.dragging.get()).then(|| {
        view! {
            <div class="time-grid-bar">
                <p>{move || grid.carried_words()}</p>
                <Button kind=ButtonKind::Primary on_press=move || grid.put_down()>"Put it here"</Button>
                <Button kind=ButtonKind::Quiet on_press=move || grid.give_up()>"Leave it"</Button>
            </div>
        }
        .into_any()
    })
}

fn card(grid: Grid, preview: Callback<String, AnyView>) -> Option<AnyView> {
    let at = grid.previewed.get()?;
    let block = grid.block(at)?;
    let movable = (block.movable && grid.on_move.is_some()).then(|| {
        view! { <span class="time-grid-lift"><Button icon="calendar" on_press=move || { grid.lift(at); }>"Move"</Button></span> }
    });
    Some(
        view! {
            <section class="time-grid-preview" aria-label="Preview">
                <div class="time-grid-more">{preview.run(block.id)}{movable}</div>
                <IconButton icon="x" label="Close the preview" on_press=move || grid.previewed.set(None)/>
            </section>
        }
        .into_any(),
    )
}
