//! How patients find this therapist: what a search may ask and no other page shows.

use super::OfWhom;
use crate::{
    api::SaveFoundBy,
    ui::parts::{ActFailed, failure, failure_at},
};
use kit::prelude::*;
use leptos::prelude::*;
use people::{
    FoundBy,
    model::{GENDERS, INSURERS},
};

#[component]
pub fn FoundByForm(found: FoundBy, save: ServerAction<SaveFoundBy>) -> impl IntoView {
    let of = OfWhom::here();
    let failed = failure(save);
    let genders = std::iter::once((String::new(), "Not said".to_owned()))
        .chain(
            GENDERS
                .iter()
                .map(|(code, name)| ((*code).to_owned(), (*name).to_owned())),
        )
        .collect::<Vec<_>>();
    let insurers = INSURERS
        .iter()
        .map(|(code, name)| {
            let checked = found.insurers.iter().any(|known| known == code);
            view! { <Checkbox name=format!("insurers[{code}]") label=*name checked/> }
        })
        .collect_view();
    let title = if of.is_me() {
        "How patients find you"
    } else {
        "How patients find them"
    };
    view! {
        <Section title>
            <p class="muted">"Only for searches: who asks for it finds whoever says so here."</p>
            <ActionForm action=save attr:class="form">
                {of.field()}
                <ActFailed failure=failed/>
                <Select name="gender" label="Gender" value=found.gender.unwrap_or_default() options=genders error=failure_at(failed, "gender")/>
                <FieldGroup legend="Insurance taken"><div class="cluster">{insurers}</div></FieldGroup>
                <div><Button button_type=ButtonType::Submit busy=save.pending()>"Save how you are found"</Button></div>
            </ActionForm>
        </Section>
    }
}
