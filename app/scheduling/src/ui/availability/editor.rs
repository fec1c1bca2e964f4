//! The week as it is shaped: painted where there is room and script, as from-to rows everywhere else, and beside it what
//! patients would see of it, before it is saved.

use super::{
    OfWhom,
    model::day_name,
    painter::{Layers, MOST_LAYERS, clock, is_paintable, row_name},
    week::WeekForm,
};
use crate::{
    api::{SaveAvailability, view::AvailabilityView},
    model::{Weekday, week::WeekShift},
    ui::parts::{ActFailed, failure},
};
use kit::{
    paint::{Brush, History},
    prelude::*,
};
use leptos::prelude::*;

/// Lines between the hours of the grid.
const HOUR: u16 = 4;

/// Both ways to shape a week. Which one is shown is the style sheet's to say; the rows are always in the page.
#[component]
pub fn WeekEditor(
    view: AvailabilityView,
    action: ServerAction<SaveAvailability>,
    /// The rows as they were typed, if they were refused without script.
    refused: String,
    /// The week as it stands, saved or not.
    week: RwSignal<Vec<WeekShift>>,
) -> impl IntoView {
    let of = OfWhom::here();
    let live = use_hydrated();
    let as_rows = RwSignal::new(view.services.len() > MOST_LAYERS);
    let layers = Layers(
        view.services
            .iter()
            .map(|service| (service.service, service.name.clone()))
            .collect(),
    );
    let exact = is_paintable(&view.week);
    let saved = view.week.clone();
    let rows_layers = layers.clone();
    view! {
        <div class="hours-editor" data-rows=move || as_rows.get().to_string()>
            <div class="hours-painted stack">
                <Show when=move || live.get() && !as_rows.get()>
                    <Painter layers=layers.clone() saved=saved.clone() week action of/>
                </Show>
                {(!exact).then(|| view! { <p class="fine">"Some hours do not begin on a quarter hour. Painting rounds them; the rows keep them."</p> })}
                <Button kind=ButtonKind::Quiet pressed=as_rows on_press=move || as_rows.update(|rows| *rows = !*rows)>
                    "Write the hours as rows"
                </Button>
            </div>
            <div class="hours-rows">
                <WeekForm shifts=view.shifts services=rows_layers.0 action refused week/>
            </div>
        </div>
    }
}

#[component]
fn Painter(
    layers: Layers,
    saved: Vec<WeekShift>,
    week: RwSignal<Vec<WeekShift>>,
    action: ServerAction<SaveAvailability>,
    of: OfWhom,
) -> impl IntoView {
    let history = RwSignal::new(History::new(layers.painting(&saved)));
    let chosen = RwSignal::new(None::<usize>);
    let kept = StoredValue::new(layers);
    let brush: Signal<Brush> = Signal::derive(move || match chosen.get() {
        Some(place) => Layers::one(place),
        None => kept.with_value(Layers::every),
    });
    Effect::new(move |before: Option<()>| {
        let painted = history.with(|history| kept.with_value(|layers| layers.week(history.now())));
        // The first run is the saved week, which may be finer than quarter hours.
        if before.is_some() {
            week.set(painted);
        }
    });
    let look = PaintLook {
        columns: Weekday::ALL
            .iter()
            .map(|day| {
                let name = day_name(*day);
                (name.get(..3).unwrap_or(name).to_owned(), name.to_owned())
            })
            .collect(),
        row: row_name,
        ruled: HOUR,
        layers: Callback::new(move |brush| kept.with_value(|layers| layers.words(brush))),
        tint: Callback::new(move |brush| kept.with_value(|layers| layers.tint(brush))),
    };
    let choices = kept.with_value(|layers| {
        let several = layers.0.len() > 1;
        let pressed = move |place| Signal::derive(move || chosen.get() == place);
        let one = |(place, (_, name)): (usize, &(_, String))| {
            let (place, name) = (Some(place), name.clone());
            view! { <Button size=ButtonSize::Small pressed=pressed(place) on_press=move || chosen.set(place)>{name}</Button> }
        };
        several.then(|| {
            view! {
                <div class="cluster" role="group" aria-label="Paint hours for">
                    <span class="muted">"Paint hours for"</span>
                    <Button size=ButtonSize::Small pressed=pressed(None) on_press=move || chosen.set(None)>"Every service"</Button>
                    {layers.0.iter().enumerate().map(one).collect_view()}
                </div>
            }
        })
    });
    view! {
        <p id="paint-help" class="fine">
            "Press and draw to paint, over painted hours to clear. Keys: arrows move, with Shift they extend, Enter paints, Delete clears."
        </p>
        {choices}
        <PaintGrid id="week" label="Working hours of a week" look history brush/>
        <div class="cluster">
            <ActionForm action>
                {of.field()}
                {move || week.with(|week| hidden_rows(week))}
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=action.pending() busy_text="Saving">"Use these hours"</Button>
            </ActionForm>
            <Button icon="undo" disabled=Signal::derive(move || !history.with(History::can_undo))
                on_press=move || history.update(History::undo)>"Undo"</Button>
            <Button icon="redo" disabled=Signal::derive(move || !history.with(History::can_redo))
                on_press=move || history.update(History::redo)>"Redo"</Button>
        </div>
        <ActFailed failure=failure(action)/>
    }
}

/// The painted week as the rows of the form.
fn hidden_rows(week: &[WeekShift]) -> AnyView {
    let field = |index: usize, name: &str, value: String| {
        view! { <input type="hidden" name=format!("rows[{index}][{name}]") value=value/> }
    };
    week.iter()
        .enumerate()
        .map(|(index, row)| {
            let services: Vec<String> = row.services.iter().map(ToString::to_string).collect();
            [
                field(index, "weekday", row.shift.weekday.as_str().to_owned()),
                field(index, "from", clock(row.shift.from)),
                field(index, "until", clock(row.shift.until)),
                field(index, "services", services.join(",")),
            ]
            .collect_view()
        })
        .collect_view()
        .into_any()
}
