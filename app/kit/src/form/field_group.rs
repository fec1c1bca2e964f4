//! How fields lie in a form.

use leptos::prelude::*;

/// Fields under one legend.
///
/// ```ignore
/// <FieldGroup legend="Where are you now?"> <Field ../> <Field ../> </FieldGroup>
/// ```
#[component]
pub fn FieldGroup(#[prop(into)] legend: String, children: Children) -> impl IntoView {
    view! {
        <fieldset class="field-group">
            <legend>{legend}</legend>
            {children()}
        </fieldset>
    }
}

/// Fields or buttons beside each other while there is room: filters, first and last name, the buttons of a form.
///
/// ```ignore
/// <FormRow> <Select ../> <Select ../> <Button button_type=ButtonType::Submit>"Show"</Button> </FormRow>
/// ```
#[component]
pub fn FormRow(children: Children) -> impl IntoView {
    view! { <div class="form-row">{children()}</div> }
}
