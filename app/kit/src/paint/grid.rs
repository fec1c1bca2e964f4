//! The grid on the page: one picture, one stop for the keyboard.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Area, Brush, History, Painting, Run,
    keys::{Act, Cursor, Key, act},
    picture::{COLUMN, LEFT, ROW, TOP, cell_at, of_area, of_run, size},
};

/// How the grid reads: names of columns and rows, and of what is painted.
#[derive(Clone)]
pub struct PaintLook {
    /// Short names over the columns ("Mon") and their spoken ones ("Monday").
    pub columns: Vec<(String, String)>,
    /// The name of a row: "09:15".
    pub row: fn(u16) -> String,
    /// Every so many rows have a line and their name beside it.
    pub ruled: u16,
    /// A run's short name, for its layers: drawn into it where it is high enough, and spoken.
    pub layers: Callback<Brush, String>,
    /// Which of eight colours a run has.
    pub tint: Callback<Brush, u16>,
}

/// A pointer on its way: where it went down, and whether it paints or clears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Drag {
    cursor: Cursor,
    paint: bool,
}

/// A grid that is painted by pressing and dragging, or by keys: arrows move, with Shift they extend, Enter paints, Delete
/// clears, Control+Z takes back. Each stroke adds `brush` or takes it away: a press on a cell that has it clears.
///
/// It is the browser's: on the server, and without script, show a form that says the same.
///
/// ```ignore
/// <PaintGrid id="week" label="Working hours" look history brush/>
/// ```
#[component]
pub fn PaintGrid(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    look: PaintLook,
    history: RwSignal<History>,
    #[prop(into)] brush: Signal<Brush>,
) -> impl IntoView {
    let (columns, rows) = history.with_untracked(|history| (history.now().columns(), history.now().rows()));
    let count = (columns, rows);
    let cursor = RwSignal::new(Cursor::new((0, 0)));
    let drag = RwSignal::new(None::<Drag>);
    let stroke =
        move |area: Area, paint: bool| history.update(|history| history.stroke(area, brush.get_untracked(), paint));
    let on_key = move |event: ev::KeyboardEvent| {
        let (name, shift) = (event.key(), event.shift_key());
        let key = Key {
            name: &name,
            shift,
            control: event.ctrl_key() || event.meta_key(),
        };
        let Some(act) = act(cursor.get_untracked(), key, count) else {
            return;
        };
        event.prevent_default();
        match act {
            Act::Move(to) => cursor.set(to),
            Act::Paint => stroke(cursor.get_untracked().area(), true),
            Act::Clear => stroke(cursor.get_untracked().area(), false),
            Act::Undo => history.update(History::undo),
            Act::Redo => history.update(History::redo),
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        let Some(at) = cell_of(&event, count).filter(|_| event.is_primary() && event.button() == 0) else {
            return;
        };
        event.prevent_default();
        keep_pointer(&event);
        let here = Cursor::new(at);
        let held = history.with_untracked(|history| history.now().holds(Area::cell(at), brush.get_untracked()));
        cursor.set(here);
        drag.set(Some(Drag {
            cursor: here,
            paint: !held,
        }));
    };
    let on_move = move |event: ev::PointerEvent| {
        if let (Some(running), Some(at)) = (drag.get_untracked(), cell_of(&event, count))
            && running.cursor.at != at
        {
            let moved = Cursor { at, ..running.cursor };
            cursor.set(moved);
            drag.set(Some(Drag {
                cursor: moved,
                ..running
            }));
        }
    };
    let on_up = move |_| {
        if let Some(Drag { cursor, paint }) = drag.get_untracked() {
            drag.set(None);
            stroke(cursor.area(), paint);
        }
    };
    let (width, height) = size(columns, rows);
    let active = format!("{id}-cell");
    let named = active.clone();
    let spoken_look = look.clone();
    view! {
        <div
            class="paint-grid" role="grid" tabindex="0" id=id aria-label=label aria-multiselectable="true"
            aria-colcount=columns.to_string() aria-rowcount=rows.to_string() aria-activedescendant=named
            on:keydown=on_key
        >
            <svg class="paint-picture" viewBox=format!("0 0 {width} {height}") aria-hidden="true"
                on:pointerdown=on_down on:pointermove=on_move on:pointerup=on_up on:pointercancel=move |_| drag.set(None)>
                {rules(&look, columns, rows)}
                {move || history.with(|history| runs(history.now(), &look))}
                {move || {
                    let place = of_area(cursor.get().area());
                    let kind = match drag.get() {
                        Some(Drag { paint: true, .. }) => "paint",
                        Some(Drag { paint: false, .. }) => "clear",
                        None => "rest",
                    };
                    view! {
                        <rect class="paint-cursor" data-kind=kind x=place.x.to_string() y=place.y.to_string()
                            width=place.width.to_string() height=place.height.to_string()/>
                    }
                }}
            </svg>
            {move || history.with(|history| spoken_row(history.now(), &spoken_look, cursor.get(), &active))}
        </div>
    }
}

/// The row of the keyboard as cells that are spoken. The other rows are counted (`aria-rowcount`) but not there: the
/// picture shows them.
fn spoken_row(painting: &Painting, look: &PaintLook, cursor: Cursor, active: &str) -> AnyView {
    let (at_column, row) = cursor.at;
    let area = cursor.area();
    let cells = look
        .columns
        .iter()
        .zip(0_u16..)
        .map(|((_, name), column)| {
            let layers = painting.at(column, row);
            let what = if layers == 0 {
                "nothing".to_owned()
            } else {
                look.layers.run(layers)
            };
            let words = format!("{name}, {}, {what}", (look.row)(row));
            let chosen = area.columns().contains(&column) && area.rows().contains(&row);
            view! {
                <span role="gridcell" id=(column == at_column).then(|| active.to_owned())
                    aria-colindex=(column + 1).to_string() aria-selected=chosen.to_string()>{words}</span>
            }
        })
        .collect_view();
    view! { <div class="visually-hidden" role="row" aria-rowindex=(row + 1).to_string()>{cells}</div> }.into_any()
}

fn rules(look: &PaintLook, columns: u16, rows: u16) -> AnyView {
    let (width, height) = size(columns, rows);
    let names = look
        .columns
        .iter()
        .zip(0_u16..)
        .map(|((short, _), column)| {
            view! { <text class="paint-name" x=(LEFT + column * COLUMN + COLUMN / 2).to_string() y="16" text-anchor="middle">{short.clone()}</text> }
        })
        .collect_view();
    let lines = (0..=rows)
        .step_by(usize::from(look.ruled.max(1)))
        .map(|row| {
            let y = (TOP + row * ROW).to_string();
            let name = (row < rows).then(|| (look.row)(row));
            view! {
                <line class="paint-line" x1=LEFT.to_string() x2=width.to_string() y1=y.clone() y2=y/>
                <text class="paint-name" x=(LEFT - 8).to_string() y=(TOP + row * ROW + 11).to_string() text-anchor="end">{name}</text>
            }
        })
        .collect_view();
    let borders = (0..=columns)
        .map(|column| {
            let x = (LEFT + column * COLUMN).to_string();
            view! { <line class="paint-line" x1=x.clone() x2=x y1=TOP.to_string() y2=height.to_string()/> }
        })
        .collect_view();
    view! { <g>{lines}{borders}{names}</g> }.into_any()
}

/// Rows a run needs so that its name fits into it.
const NAMED_FROM: u16 = 3;

fn runs(painting: &Painting, look: &PaintLook) -> AnyView {
    let runs = painting
        .runs()
        .into_iter()
        .map(|run: Run| {
            let place = of_run(run);
            let name = (run.until - run.from >= NAMED_FROM).then(|| look.layers.run(run.layers));
            view! {
                <g class="paint-run" data-tint=look.tint.run(run.layers).to_string()>
                    <rect x=place.x.to_string() y=place.y.to_string() rx="4"
                        width=place.width.to_string() height=place.height.to_string()/>
                    <text x=(place.x + 6).to_string() y=(place.y + 15).to_string()>{name}</text>
                </g>
            }
        })
        .collect_view();
    view! { <g>{runs}</g> }.into_any()
}

/// The cell under a pointer.
fn cell_of(event: &ev::PointerEvent, count: (u16, u16)) -> Option<(u16, u16)> {
    let picture = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let frame = picture.get_bounding_client_rect();
    if frame.width() <= 0.0 || frame.height() <= 0.0 {
        return None;
    }
    let share = |client: i32, edge: f64, length: f64| (f64::from(client) - edge) / length;
    Some(cell_at(
        (
            share(event.client_x(), frame.left(), frame.width()),
            share(event.client_y(), frame.top(), frame.height()),
        ),
        count,
    ))
}

/// The stroke goes on when the pointer leaves the picture.
fn keep_pointer(event: &ev::PointerEvent) {
    if let Some(target) = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    {
        // Without it the stroke ends at the edge, and nothing is lost.
        let _ = target.set_pointer_capture(event.pointer_id());
        if let Some(grid) = target
            .parent_element()
            .and_then(|grid| grid.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = grid.focus();
        }
    }
}
