//! Form controls: empty, filled, wrong, locked.

use leptos::prelude::*;

use crate::prelude::*;

#[component]
pub(super) fn Forms(board: &'static str) -> impl IntoView {
    let name = move |part: &str| format!("{board}-{part}");
    let languages = [("", "Any"), ("en", "English"), ("es", "Spanish")].map(|(key, word)| (key.into(), word.into()));
    let feelings = vec![
        Choice::new("good", "Good").icon("face-smile"),
        Choice::new("so", "So so").icon("face-neutral"),
        Choice::new("bad", "Bad").icon("face-sad"),
    ];
    let patients = vec![
        Choice::new("me", "Me"),
        Choice::new("bo", "Bo").hint("Your child"),
        Choice::new("al", "Al").off("Your link ended on 2 Nov."),
    ];
    view! {
        <Section title="Forms">
            <div class="split" data-even>
                <div class="stack">
                    <Field name=name("email") label="E-mail" input_type="email" hint="Where we answer you"/>
                    <Field name=name("wrong") label="Login name" value="ana" error="This is not an e-mail address."/>
                    <Field name=name("password") label="Password" input_type="password" value="demo clinic"/>
                    <Field name=name("locked") label="Time zone" value="Chicago (Central)" disabled=true/>
                    <FormRow>
                        <Field name=name("notice") label="Minimum notice" input_type="number" value="180" unit="min"/>
                        <Select name=name("language") label="Language" value="es" options=languages.to_vec()/>
                    </FormRow>
                    <Field name=name("file") label="Files" input_type="file" multiple=true/>
                </div>
                <div class="stack">
                    <TextArea name=name("reason") label="Why do you want this visit? (optional)" maxlength=500 counted=true
                        value="I sleep badly since the move."/>
                    <Checkbox name=name("tick") label="I agree to treatment by video" checked=true/>
                    <Checkbox name=name("tick2") label="Send a summary to my doctor" error="Choose yes or ask us first." />
                    <RadioGroup name=name("for") legend="For" options=patients value="me"/>
                    <RadioGroup name=name("feel") legend="How do you feel?" options=feelings value="so"
                        layout=ChoiceLayout::Faces/>
                </div>
            </div>
            <ErrorSummary problems=vec![
                FieldProblem::new(name("wrong"), "Login name: this is not an e-mail address."),
            ]/>
        </Section>
    }
}
