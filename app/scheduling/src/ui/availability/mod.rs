//! The therapist's hours: the week, dated changes, time off, and what patients would see (S15). Each is a plain form, so
//! that it works without script.

mod dated;
mod model;
mod time_off;
mod week;

use super::parts::{done, loaded};
use crate::api::{
    self, AddOverride, AddTimeOff, RemoveOverride, RemoveTimeOff, SaveAvailability,
    view::{AgendaRow, AvailabilityView, Bookable},
};
use dated::Dated;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use time_off::TimeOff;
use week::WeekForm;

/// Everything that changes the hours.
#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SaveAvailability>,
    add_override: ServerAction<AddOverride>,
    remove_override: ServerAction<RemoveOverride>,
    add_time_off: ServerAction<AddTimeOff>,
    remove_time_off: ServerAction<RemoveTimeOff>,
}

impl Acts {
    fn new() -> Self {
        Self {
            save: ServerAction::new(),
            add_override: ServerAction::new(),
            remove_override: ServerAction::new(),
            add_time_off: ServerAction::new(),
            remove_time_off: ServerAction::new(),
        }
    }

    /// Changes whenever one of them was carried out.
    fn done(self) -> Signal<[u32; 5]> {
        let counts = [
            done(self.save),
            done(self.add_override),
            done(self.remove_override),
            done(self.add_time_off),
            done(self.remove_time_off),
        ];
        Signal::derive(move || counts.map(|count| count.get()))
    }
}

#[component]
pub fn AvailabilityPage() -> impl IntoView {
    let acts = Acts::new();
    let changed = acts.done();
    let hours = Resource::new(move || changed.get(), |_| api::get_availability());
    view! {
        <Title text="My hours"/>
        <PageHeader title="My hours" back="Calendar" back_href="/care/calendar"/>
        <p role="status" class="fine">
            {move || (changed.get() != [0; 5]).then_some("Saved. Patients see these hours now.")}
        </p>
        {loaded(hours, SkeletonKind::Rows, 9, move |view| view! { <Hours view acts/> }.into_any())}
    }
}

#[component]
fn Hours(view: AvailabilityView, acts: Acts) -> impl IntoView {
    let zone = format!("Hours are in {}.", view.zone.label);
    let none = view.shifts.is_empty();
    view! {
        <div class="stack" data-gap="large">
        <p>{zone} {none.then_some(" No hours yet: write when you work, and patients see your times.")}</p>
        <div class="split">
            <WeekForm shifts=view.shifts.clone() action=acts.save/>
            <section class="summary card" aria-label="What patients would see">
                <WouldSee count=view.times_in_14_days service=view.services.first().map(|service| service.name.clone())/>
                <Affected rows=view.affected.clone()/>
            </section>
        </div>
        <Dated rows=view.overrides today=view.today add=acts.add_override remove=acts.remove_override/>
        <TimeOff rows=view.time_off today=view.today add=acts.add_time_off remove=acts.remove_time_off/>
        </div>
    }
}

#[component]
fn WouldSee(count: u32, service: Option<String>) -> impl IntoView {
    let plural = if count == 1 { "time" } else { "times" };
    view! {
        <h2 class="card-title">"Patients would see"</h2>
        <p><strong class="number">{count}</strong> " " {plural} " in the next 14 days"</p>
        {service.map(|name| view! { <p class="fine">"Counted for " {name} ", after visits, buffers and notice."</p> })}
    }
}

/// Agreed visits that lie outside the hours.
#[component]
fn Affected(rows: Vec<AgendaRow>) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let many = if rows.len() == 1 {
        "1 visit lies".to_owned()
    } else {
        format!("{} visits lie", rows.len())
    };
    let rows = rows
        .into_iter()
        .filter_map(|row| {
            let Bookable::Visit(visit) = row.about else { return None };
            let words = format!("{}, {}, {}", row.when.day, row.when.from, row.person.name);
            Some(view! { <li><a class="line" href=format!("/care/visits/{visit}")>{words}</a></li> })
        })
        .collect_view();
    view! {
        <h2>{many} " outside these hours"</h2>
        <p>"They stay until somebody moves them."</p>
        <ul class="lines">{rows}</ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Acts, HoursProps};
    use crate::{
        api::view::{AvailabilityView, ShiftRow},
        model::Weekday,
        ui::testing::{render, service, zone},
    };
    use leptos::prelude::*;

    #[test]
    fn every_weekday_has_labelled_rows_and_every_change_a_plain_form() {
        let view = AvailabilityView {
            zone: zone(),
            today: "2026-11-22".parse().unwrap(),
            shifts: vec![ShiftRow {
                weekday: Weekday::Monday,
                from: "09:00".to_owned(),
                until: "12:30".to_owned(),
            }],
            overrides: Vec::new(),
            time_off: Vec::new(),
            services: vec![service()],
            times_in_14_days: 34,
            affected: Vec::new(),
        };
        let html = render(|| {
            super::Hours(HoursProps {
                view,
                acts: Acts::new(),
            })
            .into_any()
        });
        for path in ["save_availability", "add_override", "add_time_off"] {
            assert!(html.contains(&format!("scheduling/{path}")), "{path}");
        }
        assert!(html.contains("name=\"rows[0][from]\"") && html.contains("value=\"09:00\""));
        assert!(html.contains("Monday, second shift, from") && html.contains("Sunday, first shift, until"));
        assert_eq!(html.matches("type=\"time\"").count(), 2 * 8 + 2);
        assert!(html.contains("34"));
    }
}
