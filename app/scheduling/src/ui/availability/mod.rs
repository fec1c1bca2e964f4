//! A therapist's schedule: the week, dated changes, time off, journeys, limits, and what patients would see (S15). Each
//! change is a plain form, so that it works without script. A liaison shapes it on the therapist's page (R28).

mod dated;
mod editor;
mod found_by;
pub(super) mod model;
mod offers;
mod painter;
mod place;
mod time_off;
mod typed;
mod week;
mod whom;
mod would_see;

use super::parts::{done, loaded};
use crate::api::{
    self, AddOverride, AddTimeOff, AddTravel, RemoveOffer, RemoveOverride, RemoveTimeOff, RemoveTravel,
    SaveAvailability, SaveFoundBy, SaveLimits, SaveOffer, view::AvailabilityView,
};
use dated::Dated;
use editor::WeekEditor;
use found_by::FoundByForm;
use kernel::{ApiError, TherapistId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use offers::OfferForms;
use place::{Closures, LimitsForm, Offers, Travels};
pub(super) use place::{ZONES, days_of};
use time_off::TimeOff;
pub use typed::{ROWS as TYPED_ROWS, written as typed_rows};
use whom::OfWhom;
use would_see::{InAbsences, WouldSee};

/// How often something was added: its form begins empty after each.
#[derive(Clone, Copy)]
struct Added {
    dated: Memo<u32>,
    time_off: Memo<u32>,
    travel: Memo<u32>,
}

/// Everything that changes the schedule.
#[derive(Clone, Copy)]
struct Acts {
    added: Added,
    save: ServerAction<SaveAvailability>,
    add_override: ServerAction<AddOverride>,
    remove_override: ServerAction<RemoveOverride>,
    add_time_off: ServerAction<AddTimeOff>,
    remove_time_off: ServerAction<RemoveTimeOff>,
    add_travel: ServerAction<AddTravel>,
    remove_travel: ServerAction<RemoveTravel>,
    save_limits: ServerAction<SaveLimits>,
    save_found_by: ServerAction<SaveFoundBy>,
    save_offer: ServerAction<SaveOffer>,
    remove_offer: ServerAction<RemoveOffer>,
}

impl Acts {
    fn new() -> Self {
        let (add_override, add_time_off, add_travel) = (ServerAction::new(), ServerAction::new(), ServerAction::new());
        Self {
            added: Added {
                dated: done(add_override),
                time_off: done(add_time_off),
                travel: done(add_travel),
            },
            save: ServerAction::new(),
            add_override,
            remove_override: ServerAction::new(),
            add_time_off,
            remove_time_off: ServerAction::new(),
            add_travel,
            remove_travel: ServerAction::new(),
            save_limits: ServerAction::new(),
            save_found_by: ServerAction::new(),
            save_offer: ServerAction::new(),
            remove_offer: ServerAction::new(),
        }
    }

    /// Changes whenever one of them was carried out.
    fn done(self) -> Signal<[u32; 11]> {
        let counts = [
            done(self.save),
            done(self.add_override),
            done(self.remove_override),
            done(self.add_time_off),
            done(self.remove_time_off),
            done(self.add_travel),
            done(self.remove_travel),
            done(self.save_limits),
            done(self.save_found_by),
            done(self.save_offer),
            done(self.remove_offer),
        ];
        Signal::derive(move || counts.map(|count| count.get()))
    }
}

/// The therapist's own.
#[component]
pub fn AvailabilityPage() -> impl IntoView {
    provide_context(OfWhom::me());
    view! {
        <Title text="My hours"/>
        <PageHeader title="My hours" back="Calendar" back_href="/care/calendar"/>
        {schedule(|| Ok(None))}
    }
}

/// Any therapist's, for the desk.
#[component]
pub fn DeskSchedulePage() -> impl IntoView {
    let params = use_params_map();
    let therapist = move || params.with(|params| params.get_str("therapist").and_then(|id| id.parse().ok()));
    provide_context(OfWhom::therapist(Signal::derive(therapist)));
    view! {
        <Title text="Schedule"/>
        <PageHeader title="Schedule" back="Services" back_href="/desk/services"/>
        {schedule(move || therapist().map(Some).ok_or(ApiError::NotFound))}
    }
}

fn schedule(of: impl Fn() -> Result<Option<TherapistId>, ApiError> + Copy + Send + Sync + 'static) -> AnyView {
    let acts = Acts::new();
    let changed = acts.done();
    let refused = use_query_map()
        .with_untracked(|query| query.get(TYPED_ROWS))
        .unwrap_or_default();
    let hours = Resource::new(
        move || (changed.get(), of()),
        |(_, of)| async move { api::get_availability(of?).await },
    );
    view! {
        <p role="status" class="fine">
            {move || (changed.get() != [0; 11]).then_some("Saved. Patients see these hours now.")}
        </p>
        {loaded(hours, SkeletonKind::Rows, 9, move |view| {
            // Once something was saved, the address speaks of the past.
            let refused = if changed.get_untracked() == [0; 11] { refused.clone() } else { String::new() };
            view! { <Hours view refused acts/> }.into_any()
        })}
    }
    .into_any()
}

#[component]
fn Hours(view: AvailabilityView, refused: String, acts: Acts) -> impl IntoView {
    let of = OfWhom::here();
    let zone = if of.is_me() {
        format!("Hours are in {}.", view.zone.label)
    } else {
        format!(
            "{}, {}. Hours are in {}.",
            view.therapist.name, view.therapist.title, view.zone.label
        )
    };
    let none = view.shifts.is_empty();
    let week = RwSignal::new(view.week.clone());
    let all = view.clone();
    view! {
        <div class="stack" data-gap="large">
        <p>{zone} {none.then_some(" No hours yet: paint when you work, and patients see your times.")}</p>
        <div class="hours-split">
            <WeekEditor view=view.clone() action=acts.save refused week/>
            <section class="summary card" aria-label="What patients would see">
                <WouldSee view=all week/>
            </section>
        </div>
        <Closures rows=view.closures/>
        <InAbsences rows=view.inside_absences/>
        <Dated rows=view.overrides today=view.today add=acts.add_override added=acts.added.dated remove=acts.remove_override/>
        <TimeOff rows=view.time_off colleagues=view.colleagues today=view.today add=acts.add_time_off added=acts.added.time_off remove=acts.remove_time_off/>
        <Travels rows=view.travels today=view.today add=acts.add_travel added=acts.added.travel remove=acts.remove_travel/>
        <LimitsForm limits=view.limits save=acts.save_limits/>
        <FoundByForm found=view.found_by save=acts.save_found_by/>
        <Offers offers=view.offers.clone()/>
        <OfferForms offers=view.offers addable=view.addable save=acts.save_offer remove=acts.remove_offer/>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{Acts, HoursProps};
    use crate::{
        api::view::{AvailabilityView, ShiftRow},
        model::{Limits, Shift, Weekday, preview::Preview, week::WeekShift},
        ui::testing::{face, render, service, zone},
    };
    use leptos::prelude::*;
    use people::FoundBy;

    pub fn view() -> AvailabilityView {
        AvailabilityView {
            therapist: face(),
            zone: zone(),
            today: "2026-11-22".parse().unwrap(),
            shifts: vec![ShiftRow {
                weekday: Weekday::Monday,
                from: "09:00".to_owned(),
                until: "12:30".to_owned(),
                services: Vec::new(),
            }],
            week: vec![WeekShift::from(Shift {
                weekday: Weekday::Monday,
                from: 540,
                until: 750,
            })],
            overrides: Vec::new(),
            time_off: Vec::new(),
            closures: Vec::new(),
            travels: Vec::new(),
            limits: Limits::NONE,
            found_by: FoundBy {
                gender: Some("woman".to_owned()),
                insurers: vec!["aetna".to_owned()],
            },
            services: vec![service()],
            offers: Vec::new(),
            addable: Vec::new(),
            colleagues: Vec::new(),
            preview: Preview {
                days: Vec::new(),
                dated: Vec::new(),
                away: Vec::new(),
                busy: Vec::new(),
                tried: Vec::new(),
                visits: Vec::new(),
            },
            affected: Vec::new(),
            inside_absences: Vec::new(),
        }
    }

    fn page(refused: &str) -> String {
        let refused = refused.to_owned();
        render(|| {
            super::Hours(HoursProps {
                view: view(),
                refused,
                acts: Acts::new(),
            })
            .into_any()
        })
    }

    #[test]
    fn a_week_that_was_refused_without_script_is_there_again() {
        let html = page("11:00.08:00.");
        assert!(
            html.contains("value=\"11:00\"") && html.contains("value=\"08:00\""),
            "{html}"
        );
        assert!(!html.contains("value=\"09:00\""), "{html}");
    }

    #[test]
    fn how_patients_find_somebody_is_shown_as_it_was_said() {
        let html = page("");
        let form = &html[html.find("scheduling/save_found_by").unwrap()..];
        assert!(
            form.contains("selected value=\"woman\"") || form.contains("value=\"woman\" selected"),
            "{form}"
        );
        let aetna = &form[form.find("insurers[aetna]").unwrap()..];
        assert!(aetna[..aetna.find('>').unwrap()].contains("checked"), "{aetna}");
        assert_eq!(form.matches(" checked").count(), 1, "{form}");
    }

    #[test]
    fn every_weekday_has_labelled_rows_and_every_change_a_plain_form() {
        let html = page("");
        for path in [
            "save_availability",
            "add_override",
            "add_time_off",
            "add_travel",
            "save_limits",
            "save_found_by",
        ] {
            assert!(html.contains(&format!("scheduling/{path}")), "{path}");
        }
        assert!(html.contains("name=\"rows[0][from]\"") && html.contains("value=\"09:00\""));
        assert!(html.contains("Monday, second shift, from") && html.contains("Sunday, first shift, until"));
        assert_eq!(html.matches("type=\"time\"").count(), 2 * 8 + 2);
    }
}
