//! For whom the rules are, and the fields of a group.

use super::{Acts, model, parameters_address, place_of};
use crate::{
    api::view::{RuleField, RulesView},
    model::{Parameter, Scope, Unit},
    ui::{
        parts::failure,
        words::{self, parameters},
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The scope: the organisation, or what differs for a service, a therapist, or both.
#[component]
pub fn ScopeForm(view: RulesView) -> impl IntoView {
    let all = |word: &str| (String::new(), word.to_owned());
    let services = std::iter::once(all("All services"))
        .chain(
            view.services
                .iter()
                .map(|one| (one.service.to_string(), words::service(one))),
        )
        .collect();
    let therapists = std::iter::once(all("All therapists"))
        .chain(
            view.therapists
                .iter()
                .map(|one| (one.therapist.to_string(), one.name.clone())),
        )
        .collect();
    let place = place_of(&view);
    view! {
        <form method="get" action=format!("/admin/parameters/{}", view.group) class="filters" aria-label="For whom">
            <FormRow>
                <Select name="place[service]" label="Service" options=services value=place.service/>
                <Select name="place[therapist]" label="Therapist" options=therapists value=place.therapist/>
                <Button button_type=ButtonType::Submit icon="filter">"Show"</Button>
            </FormRow>
        </form>
    }
}

#[component]
pub fn Fields(view: RulesView, typed: RwSignal<BTreeMap<String, String>>, acts: Acts) -> impl IntoView {
    let place = place_of(&view);
    let first = typed.get_untracked();
    let failed = failure(acts.save);
    let problems = Signal::derive(move || failed.with(|failed| failed.as_ref().map(problems_of).unwrap_or_default()));
    let moved_on = Signal::derive(move || {
        failed.with(|failed| matches!(failed, Some(ApiError::Refused(code)) if code == "rules_moved_on"))
    });
    // Whoever hears that the rules moved on saw an older version: what is typed stands beside what was saved.
    let seen_before = view.number - 1;
    let fields = view
        .fields
        .iter()
        .map(|field| {
            let meanwhile = model::meanwhile(&view, seen_before, field.parameter);
            let note = Signal::derive({
                let name = field_name(field.parameter);
                let parameter = field.parameter;
                move || {
                    let wrong = failed.with(|failed| {
                        let code = failed.as_ref()?.at(&name)?.to_owned();
                        Some(problem(parameter, &code))
                    });
                    wrong.or_else(|| meanwhile.clone().filter(|_| moved_on.get()))
                }
            });
            let planned = model::planned(&view, field.parameter);
            view! { <OneField field=field.clone() scope=view.scope value=model::shown(field, view.scope, &first) planned note typed/> }
        })
        .collect_view();
    let keep = move |name: &'static str| {
        Callback::new(move |text: String| {
            typed.update(|typed| {
                typed.insert(name.to_owned(), text);
            });
        })
    };
    let preview = format!("/admin/parameters/{}", view.group);
    view! {
        <ActionForm action=acts.save attr:class="form" attr:id="rules">
            <ErrorSummary problems/>
            <input type="hidden" name="place[group]" value=place.group.clone()/>
            <input type="hidden" name="place[service]" value=place.service.clone()/>
            <input type="hidden" name="place[therapist]" value=place.therapist.clone()/>
            <input type="hidden" name="seen" value=view.number.to_string()/>
            <input type="hidden" name="key" value=view.key.to_string()/>
            {fields}
            <Field name="reason" label="Reason for the change" maxlength=300 hint="It stays in the log."
                value=first.get("reason").cloned().unwrap_or_default() on_input=keep("reason")
                error=Signal::derive(move || said_at(failed, "reason"))/>
            <Field name="from" label="From" input_type="date" min=view.today.to_string()
                hint="Empty: from now on. A later day begins at midnight."
                value=first.get("from").cloned().unwrap_or_default() on_input=keep("from") error=Signal::derive(move || said_at(failed, "from"))/>
            <div class="cluster">
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=acts.save.pending() busy_text="Saving">"Use these values"</Button>
                <button class="button" data-kind="plain" type="submit" formmethod="get" formaction=preview formnovalidate=true>
                    <span class="button-word">"Preview"</span>
                </button>
                <LinkButton href=parameters_address(&place, &BTreeMap::new()) kind=ButtonKind::Quiet>"Undo my typing"</LinkButton>
            </div>
        </ActionForm>
    }
}

#[component]
fn OneField(
    field: RuleField,
    scope: Scope,
    value: String,
    planned: Option<String>,
    note: Signal<Option<String>>,
    typed: RwSignal<BTreeMap<String, String>>,
) -> impl IntoView {
    let parameter = field.parameter;
    let spec = parameter.spec();
    let (name, label) = (field_name(parameter), parameters::name(parameter));
    let mut hint = model::hint(&field, scope);
    if let Some(planned) = planned {
        hint.push(' ');
        hint.push_str(&planned);
    }
    let changed = Callback::new(move |text: String| {
        typed.update(|typed| {
            typed.insert(parameter.to_string(), text);
        });
    });
    if spec.unit == Unit::Switch {
        let mut options = vec![("1".to_owned(), "On".to_owned()), ("0".to_owned(), "Off".to_owned())];
        if scope != Scope::HOUSE {
            let wider = format!(
                "As {}: {}",
                model::source(field.wider_from),
                parameters::value(parameter, field.wider)
            );
            options.insert(0, (String::new(), wider));
        }
        return view! {
            <Select name label=label options value hint error=note disabled=!field.open on_change=changed/>
        }
        .into_any();
    }
    let least = if spec.zero_is_off { 0 } else { spec.least };
    let step = if spec.unit == Unit::Cents { "0.01" } else { "1" };
    view! {
        <Field name label=label input_type="number" inputmode="decimal" value hint error=note disabled=!field.open
            min=parameters::in_field(parameter, least) max=parameters::in_field(parameter, spec.most) step
            unit=parameters::unit(spec.unit) on_input=changed/>
    }
    .into_any()
}

fn field_name(parameter: Parameter) -> String {
    format!("values[{parameter}]")
}

fn problem(parameter: Parameter, code: &str) -> String {
    parameters::problem(parameter, code).unwrap_or_else(|| words::field(code).to_owned())
}

fn said_at(failed: Signal<Option<ApiError>>, field: &str) -> Option<String> {
    failed.with(|failed| failed.as_ref()?.at(field).map(|code| words::field(code).to_owned()))
}

/// Each wrong field in the words of its parameter; what concerns no field, in the words of the whole form.
fn problems_of(error: &ApiError) -> Vec<FieldProblem> {
    let ApiError::Invalid(fields) = error else {
        return vec![FieldProblem::whole(words::error(error))];
    };
    fields
        .iter()
        .map(|wrong| {
            let code = wrong
                .field
                .strip_prefix("values[")
                .and_then(|rest| rest.strip_suffix(']'));
            match code.and_then(|code| code.parse::<Parameter>().ok()) {
                Some(parameter) => FieldProblem::new(wrong.field.clone(), problem(parameter, &wrong.code)),
                None => FieldProblem::new(wrong.field.clone(), words::field(&wrong.code)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::problems_of;
    use kernel::{ApiError, FieldError};

    #[test]
    fn both_fields_of_a_contradiction_are_said_and_linked() {
        let at = |field: &str, code: &str| FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
        };
        let problems = problems_of(&ApiError::Invalid(vec![
            at("values[notice]", "must_be_less:horizon"),
            at("values[horizon]", "must_be_less:notice"),
            at("reason", "required"),
        ]));
        assert_eq!(problems[0].field, "values[notice]");
        assert!(problems[0].text.contains("Minimum notice") && problems[0].text.contains("Bookable ahead"));
        assert!(problems[1].text.contains("Minimum notice") && problems[1].text.contains("Bookable ahead"));
        assert_eq!(problems[2].text, "Fill this in.");
        let whole = problems_of(&ApiError::refused("rules_moved_on"));
        assert!(whole[0].field.is_empty() && whole[0].text.contains("both values"));
    }
}
