//! The parts of a grid on the page: the clock at its side, a column, a block, what is in hand.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    block::{BlockLook, GridBlock, GridMove, Placed, place},
    state::Grid,
    walk::{At, clock},
};

/// What the page says about moves that are on their way or came back.
#[derive(Clone, Copy)]
pub struct Answers {
    pub asking: Signal<Option<GridMove>>,
    pub refused: Signal<Option<String>>,
    /// The arrows work: one stop for the Tab key is enough.
    pub live: ReadSignal<bool>,
}

/// The hours along the side. Each block says its own time, so this is for the eye.
pub fn axis(grid: Grid) -> AnyView {
    let hours = (grid.hours.first..grid.hours.last)
        .map(|hour| view! { <span>{clock(hour * 60)}</span> })
        .collect_view();
    view! { <div class="time-grid-axis" aria-hidden="true">{hours}</div> }.into_any()
}

pub fn column(grid: Grid, answers: Answers, index: usize, now: Option<u16>) -> AnyView {
    let columns = grid.all();
    let own = &columns[index];
    let placed = Arc::new(place(own, grid.hours));
    let title = match own.href.clone() {
        Some(href) => view! { <a href=href>{own.title.clone()}</a> }.into_any(),
        None => own.title.clone().into_any(),
    };
    let note = (!own.note.is_empty()).then(|| view! { <span class="fine">{own.note.clone()}</span> });
    let today = own.today.then_some("date");
    let open = own
        .open
        .iter()
        .map(|(from, until)| {
            let class = format!("time-grid-open {}", grid.hours.rows_of(*from, *until));
            view! { <div class=class></div> }
        })
        .collect_view();
    let off = own
        .blocks
        .iter()
        .filter(|block| block.look == BlockLook::Off)
        .map(|block| ground(grid, block))
        .collect_view();
    let empty = own
        .blocks
        .is_empty()
        .then(|| view! { <p class="time-grid-empty">{own.empty.clone()}</p> });
    let line = now.map(|minute| {
        let class = format!("time-grid-now {}", grid.hours.rows_of(minute, minute + 1));
        view! { <div class=class></div> }
    });
    let more_at = own.href.clone();
    let (in_page, shown) = (placed.clone(), columns.clone());
    let here = move || {
        (0..in_page.len())
            .filter(|one| match in_page[*one] {
                Placed::More { .. } => true,
                Placed::Block { index: block, .. } => {
                    let stretch = &shown[index].blocks[block];
                    grid.has(At { column: index, block }, stretch.from, stretch.until)
                }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <section class="time-grid-column" aria-current=today aria-label=own.title.clone()>
            <h3 class="time-grid-head">{title}{note}</h3>
            <div class="time-grid-body" data-column=index.to_string()>
                {open}
                {empty}
                <ul class="time-grid-list">
                    {off}
                    <For each=here key=|one| *one let:one>
                        {match placed[one] {
                            Placed::Block { index: block, start, span } =>
                                block_view(grid, answers, At { column: index, block }, start, span),
                            Placed::More { count, from, until } => more(grid, count, (from, until), more_at.clone()),
                        }}
                    </For>
                </ul>
                {move || ghost(grid, answers, index)}
                {line}
            </div>
        </section>
    }
    .into_any()
}

fn words(block: &GridBlock) -> AnyView {
    view! {
        <span class="time-grid-clock">{block.clock.clone()}" "</span>
        <span class="time-grid-what">
            <span class="time-grid-title">{block.title.clone()}</span>
            {(!block.note.is_empty()).then(|| view! { <span class="time-grid-note">" "{block.note.clone()}</span> })}
        </span>
    }
    .into_any()
}

/// What nothing can be on.
fn ground(grid: Grid, block: &GridBlock) -> AnyView {
    let class = format!("time-grid-block {} c0 w12", grid.hours.rows_of(block.from, block.until));
    view! { <li class=class data-look=block.look.name()><div class="time-grid-words">{words(block)}</div></li> }
        .into_any()
}

fn block_view(grid: Grid, answers: Answers, at: At, start: u16, span: u16) -> AnyView {
    let Some(block) = grid.block(at) else {
        return ().into_any();
    };
    let class = format!(
        "time-grid-block {} c{start} w{span}",
        grid.hours.rows_of(block.from, block.until)
    );
    let id = block.id.clone();
    let state = move || {
        if grid.carried.get().is_some_and(|carried| carried.at == at) {
            Some("lifted")
        } else if answers
            .asking
            .with(|asking| asking.as_ref().is_some_and(|asking| asking.id == id))
        {
            Some("asking")
        } else if answers.refused.with(|refused| refused.as_ref() == Some(&id)) {
            Some("refused")
        } else {
            None
        }
    };
    let words = words(&block);
    let inside = match block.href {
        None => view! { <div class="time-grid-words">{words}</div> }.into_any(),
        Some(href) => {
            let stop = move || {
                answers
                    .live
                    .get()
                    .then(|| if grid.focused.get() == Some(at) { "0" } else { "-1" })
            };
            view! {
                <a class="time-grid-words" href=href tabindex=stop draggable="false"
                    data-block=format!("{}:{}", at.column, at.block)>{words}</a>
            }
            .into_any()
        }
    };
    let movable = (block.movable && grid.on_move.is_some()).then_some("true");
    view! { <li class=class data-look=block.look.name() data-movable=movable data-state=state>{inside}</li> }.into_any()
}

fn more(grid: Grid, count: usize, (from, until): (u16, u16), href: Option<String>) -> AnyView {
    let class = format!("time-grid-block {} c10 w2", grid.hours.rows_of(from, until));
    let words = format!("{count} more");
    let inside = match href {
        Some(href) => view! { <a class="time-grid-words" href=href>{words}</a> }.into_any(),
        None => view! { <div class="time-grid-words">{words}</div> }.into_any(),
    };
    view! { <li class=class data-look="more">{inside}</li> }.into_any()
}

/// What is in hand, or on its way to the server, where it would stand.
fn ghost(grid: Grid, answers: Answers, column: usize) -> Option<AnyView> {
    let columns = grid.all();
    let (block, from, state) = if let Some(carried) = grid.carried.get() {
        let block = (carried.column == column).then(|| grid.block(carried.at)).flatten()?;
        (block, carried.from, "moving")
    } else {
        let asking = answers
            .asking
            .get()
            .filter(|asking| columns[column].key == asking.column)?;
        let block = grid.block(super::walk::find(&columns, &asking.id)?)?;
        (block, asking.minute, "asking")
    };
    let until = from + (block.until - block.from);
    let class = format!(
        "time-grid-block time-grid-ghost {} c0 w12",
        grid.hours.rows_of(from, until)
    );
    let words = format!("{} to {}", clock(from), clock(until));
    Some(
        view! {
            <div class=class data-state=state aria-hidden="true">
                <div class="time-grid-words"><span class="time-grid-clock">{words}" "</span>
                    <span class="time-grid-title">{block.title}</span></div>
            </div>
        }
        .into_any(),
    )
}
