//! A therapist's own terms, for the desk: a form for each service, and one that adds a service.

use super::OfWhom;
use crate::{
    api::{
        RemoveOffer, SaveOffer,
        view::{OfferView, ServiceView},
    },
    ui::{
        parts::{ActFailed, failure},
        services::TermsFields,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn OfferForms(
    offers: Vec<OfferView>,
    /// Services that this therapist does not offer yet.
    addable: Vec<ServiceView>,
    save: ServerAction<SaveOffer>,
    remove: ServerAction<RemoveOffer>,
) -> impl IntoView {
    let of = OfWhom::here();
    if of.is_me() {
        return ().into_any();
    }
    let failed = failure(save);
    let forms = offers
        .into_iter()
        .map(|offer| {
            let label = format!("Stop offering {}", offer.name);
            let (service, again, id) = (offer.service, offer.service, offer.service.to_string());
            view! {
                <details class="card">
                    <summary>{format!("Own terms for {}", offer.name)}</summary>
                    <ActionForm action=save attr:class="form stack">
                        {of.field()}
                        <input type="hidden" name="service" value=service.to_string()/>
                        <p class="muted">"An empty field is as the service has it."</p>
                        <TermsFields form=offer.own id required=false failed/>
                        <div class="cluster">
                            <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=save.pending()>"Save the terms"</Button>
                        </div>
                    </ActionForm>
                    <ActionForm action=remove>
                        {of.field()}
                        <input type="hidden" name="service" value=again.to_string()/>
                        <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit>{label}</Button>
                    </ActionForm>
                </details>
            }
        })
        .collect_view();
    let add = (!addable.is_empty()).then(|| {
        let options = addable
            .into_iter()
            .map(|service| {
                (
                    service.service.to_string(),
                    format!("{}, {} min", service.name, service.minutes),
                )
            })
            .collect();
        view! {
            <ActionForm action=save attr:class="form">
                {of.field()}
                <FormRow>
                    <Select name="service" label="Another service" options/>
                    <Button button_type=ButtonType::Submit busy=save.pending()>"Offer it"</Button>
                </FormRow>
            </ActionForm>
        }
    });
    view! {
        <Section title="Own terms">
            <ActFailed failure=failed/>
            <ActFailed failure=failure(remove)/>
            {forms}
            {add}
        </Section>
    }
    .into_any()
}
