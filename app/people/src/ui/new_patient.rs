//! `/care/patients/new`: a therapist enters a patient (R35). Only name, contact, state and time zone are needed.

use super::words;
use crate::{
    api::AddPatient,
    model::{STATES, ZONES},
};
use kit::prelude::*;
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

#[component]
pub fn NewPatientPage() -> impl IntoView {
    let add = ServerAction::<AddPatient>::new();
    let problems = Signal::derive(move || {
        add.value().with(|answer| match answer {
            Some(Err(error)) => words::problems(error),
            _ => Vec::new(),
        })
    });
    view! {
        <Title text="Add a patient"/>
        <div class="stack">
            <PageHeader
                title="Add a patient"
                subtitle="You become their care team. Nobody is written to."
                back_href="/care/patients"
                back="Patients"
            />
            <ActionForm action=add attr:class="form stack">
                <ErrorSummary problems/>
                <Person problems/>
                <Contact problems/>
                <Health problems/>
                <div class="actions">
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=add.pending() busy_text="Adding">
                        "Add the patient"
                    </Button>
                    <LinkButton href="/care/patients" kind=ButtonKind::Quiet>"Back without adding"</LinkButton>
                </div>
            </ActionForm>
        </div>
    }
}

/// The sentence at one field.
fn at(problems: Signal<Vec<FieldProblem>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        problems.with(|all| {
            all.iter()
                .find(|problem| problem.field == field)
                .map(|problem| problem.text.clone())
        })
    })
}

#[component]
fn Person(problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    view! {
        <FieldGroup legend="Who">
            <RadioGroup
                name="kind"
                legend="The patient is"
                layout=ChoiceLayout::Line
                value="adult"
                options=vec![Choice::new("adult", "An adult"), Choice::new("child", "A child").hint("a guardian acts for them")]
                error=at(problems, "kind")
            />
            <FormRow>
                <Field name="given_name" label="Given name" required=true maxlength=80 autocomplete="off" error=at(problems, "given_name")/>
                <Field name="family_name" label="Family name" required=true maxlength=80 autocomplete="off" error=at(problems, "family_name")/>
            </FormRow>
            <Field
                name="preferred_name"
                label="Likes to be called (optional)"
                maxlength=80
                autocomplete="off"
                error=at(problems, "preferred_name")
            />
            <FormRow>
                <Field name="birth_date" label="Born (optional)" input_type="date" autocomplete="off" error=at(problems, "birth_date")/>
                <Field name="gender" label="Gender (optional)" hint="In their own words" maxlength=40 autocomplete="off" error=at(problems, "gender")/>
            </FormRow>
        </FieldGroup>
    }
    .into_any()
}

#[component]
fn Contact(problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let options = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        let choose = (String::new(), "Choose".to_owned());
        let all = list.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned()));
        std::iter::once(choose).chain(all).collect()
    };
    view! {
        <FieldGroup legend="How to reach them">
            <FormRow>
                <Field
                    name="email"
                    label="E-mail"
                    hint="An e-mail or a phone number is needed"
                    input_type="email"
                    maxlength=254
                    autocomplete="off"
                    error=at(problems, "email")
                />
                <Field name="phone" label="Phone" input_type="tel" maxlength=32 autocomplete="off" error=at(problems, "phone")/>
            </FormRow>
            <FormRow>
                <Select name="state_code" label="State" options=options(STATES) required=true error=at(problems, "state_code")/>
                <Select name="zone" label="Time zone" options=options(ZONES) required=true error=at(problems, "zone")/>
            </FormRow>
        </FieldGroup>
    }
    .into_any()
}

#[component]
fn Health(problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    view! {
        <FieldGroup legend="For the care team">
            <p class="fine">"Kept sealed. Only therapists of the care team can read it."</p>
            <TextArea name="diagnosis" label="Diagnosis (optional)" rows=2 maxlength=4000 error=at(problems, "diagnosis")/>
            <TextArea name="note" label="Note (optional)" rows=4 maxlength=4000 error=at(problems, "note")/>
        </FieldGroup>
    }
    .into_any()
}
