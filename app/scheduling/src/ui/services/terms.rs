//! The fields of a service's terms: the same for a service and for one therapist's own.

use crate::{api::TermsForm, ui::parts::failure_at};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;

const MODES: [(&str, &str); 3] = [("video", "Video"), ("phone", "Phone"), ("either", "Video or phone")];
const BOOKERS: [(&str, &str); 4] = [
    ("everybody", "Everybody"),
    ("new", "New patients"),
    ("known", "Known patients"),
    ("nobody", "Our team only"),
];

/// Of a service the basics must be filled; of a therapist's own terms an empty field is as the service has it.
#[component]
pub fn TermsFields(
    form: TermsForm,
    /// Tells the fields of several forms on one page apart.
    #[prop(into)]
    id: String,
    required: bool,
    failed: Signal<Option<ApiError>>,
) -> impl IntoView {
    let input = |name: &str, label: &str, kind: &'static str, value: String, required: bool| {
        let (path, id, label) = (format!("form[{name}]"), format!("{id}-{name}"), label.to_owned());
        let error = failure_at(failed, path.clone());
        view! { <Field name=path id=id label=label input_type=kind value=value required=required error=error/> }
            .into_any()
    };
    let number = |name: &str, label: &str, value: String, required: bool| input(name, label, "number", value, required);
    let choice = |name: &str, label: &str, value: String, all: &[(&str, &str)]| {
        let (path, id, label) = (format!("form[{name}]"), format!("{id}-{name}"), label.to_owned());
        view! { <Select name=path id=id label=label value=value options=options(all, required)/> }.into_any()
    };
    let visit = [
        number("minutes", "Minutes", form.minutes, required),
        number("before", "Kept free before, min", form.before, required),
        number("after", "Kept free after, min", form.after, required),
        input("price", "Price, $", "text", form.price, required),
        choice("mode", "Held by", form.mode, &MODES),
    ];
    let who = [
        choice("booker", "Booked by", form.booker, &BOOKERS),
        number("age_from", "From age", form.age_from, required),
        number("age_until", "Up to age", form.age_until, required),
    ];
    let times = [
        number("step", "A start every, min", form.step, required),
        number("offset", "First start into a shift, min", form.offset, required),
        number("notice", "Notice, min", form.notice, false),
        number("ahead_days", "Days ahead", form.ahead_days, false),
        number("ahead_work_days", "or working days ahead", form.ahead_work_days, false),
        input("open_from", "or from", "date", form.open_from, false),
        input("open_until", "until", "date", form.open_until, false),
    ];
    let limits = [
        number("day_visits", "Visits a day", form.day_visits, false),
        number("day_minutes", "Minutes a day", form.day_minutes, false),
        number("week_visits", "Visits a week", form.week_visits, false),
        number("week_minutes", "Minutes a week", form.week_minutes, false),
    ];
    view! {
        <FieldGroup legend="The visit"><FormRow>{visit.collect_view()}</FormRow></FieldGroup>
        <FieldGroup legend="Who may book it"><FormRow>{who.collect_view()}</FormRow></FieldGroup>
        <FieldGroup legend="Times"><FormRow>{times.collect_view()}</FormRow></FieldGroup>
        <FieldGroup legend="At most, of this service"><FormRow>{limits.collect_view()}</FormRow></FieldGroup>
    }
}

/// Of a therapist's own terms the first choice is to say nothing.
fn options(all: &[(&str, &str)], required: bool) -> Vec<(String, String)> {
    let none = (!required).then(|| (String::new(), "As the service".to_owned()));
    none.into_iter()
        .chain(
            all.iter()
                .map(|(value, label)| ((*value).to_owned(), (*label).to_owned())),
        )
        .collect()
}
