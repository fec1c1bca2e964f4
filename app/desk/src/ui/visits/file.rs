//! The table as a file. A plain form: the browser saves what comes.

use super::query::Filter;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn TakeAway(filter: Filter, wrong: bool) -> impl IntoView {
    let hidden = filter
        .pairs()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let error = wrong.then(|| "Say why, in 3 to 200 characters.".to_owned());
    view! {
        <details class="unfold" open=wrong>
            <summary>"Save as a file"</summary>
            <form method="post" action="/desk/visits.csv" class="form">
                <p class="fine">"All visits that fit the filters, with the columns you see. The file leaves the house: who took it, when and why is kept."</p>
                {hidden}
                <Field name="reason" label="Why do you need the file?" required=true maxlength=200 error=Signal::derive(move || error.clone())/>
                <div><Button button_type=ButtonType::Submit icon="download">"Save as CSV"</Button></div>
            </form>
        </details>
    }
}
