//! `/care/patients/:patient`: one patient's record, as far as the reader may see it.

use super::words;
use crate::{
    api,
    model::{Clinical, PatientRecord, zone_name},
};
use kernel::{ApiError, PatientId};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PatientPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("patient").and_then(|id| id.parse::<PatientId>().ok())));
    let record = Resource::new_blocking(
        move || id.get(),
        async |id| match id {
            Some(id) => api::open_patient(id).await,
            None => Err(ApiError::NotFound),
        },
    );
    view! {
        // The page's name, never the person's: a title stays in the browser's history.
        <Title text="Patient"/>
        <Transition fallback=|| view! { <Skeleton rows=6/> }>
            {move || Suspend::new(async move {
                match record.await {
                    Ok(record) => view! { <Record record/> }.into_any(),
                    Err(error) => view! { <Absent error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Foreign and absent look alike, and answer 404 where the server renders them.
#[component]
fn Absent(error: ApiError) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let (ApiError::NotFound, Some(response)) = (&error, use_context::<leptos_axum::ResponseOptions>()) {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <div class="stack">
            <PageHeader title="Patient" back_href="/care/patients" back="Patients"/>
            <LoadFailed code=error.code()/>
        </div>
    }
}

#[component]
fn Record(record: PatientRecord) -> impl IntoView {
    let PatientRecord {
        card,
        full_name,
        birth_date,
        age,
        gender,
        email,
        phone,
        clinical,
    } = record;
    let about = words::about(card.kind, age, &card.state_code);
    view! {
        <div class="stack" data-gap="large">
            <PageHeader title=card.name.clone() subtitle=about back_href="/care/patients" back="Patients"/>
            <div class="profile-head">
                <Avatar name=card.name size=AvatarSize::Large/>
                <DefinitionList>
                    <Definition term="Full name">{full_name}</Definition>
                    {birth_date.map(|date| view! { <Definition term="Born">{date}</Definition> })}
                    {gender.map(|gender| view! { <Definition term="Gender">{gender}</Definition> })}
                    <Definition term="Time zone">{zone_name(&card.zone).to_owned()}</Definition>
                    {email.map(|email| view! { <Definition term="E-mail">{email}</Definition> })}
                    {phone.map(|phone| view! { <Definition term="Phone">{phone}</Definition> })}
                </DefinitionList>
            </div>
            {clinical.map(|clinical| view! { <ClinicalPart clinical/> })}
        </div>
    }
    .into_any()
}

/// What is sealed at rest and opened for the care team alone.
#[component]
fn ClinicalPart(clinical: Clinical) -> impl IntoView {
    let text = |value: Option<kernel::Phi<String>>| value.map_or_else(|| "Not set".to_owned(), kernel::Phi::into_inner);
    view! {
        <Section title="For the care team">
            <p class="fine"><Icon name="lock"/>" Kept sealed. Only therapists of the care team can read it."</p>
            <DefinitionList>
                <Definition term="Diagnosis">{text(clinical.diagnosis)}</Definition>
                <Definition term="Note">{text(clinical.note)}</Definition>
            </DefinitionList>
        </Section>
    }
    .into_any()
}
