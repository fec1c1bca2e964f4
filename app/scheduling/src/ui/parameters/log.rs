//! Who changed what, when and why; each change can be put back.

use super::{Acts, model};
use crate::{
    api::{
        RulesPlace,
        view::{RulesVersion, RulesView},
    },
    ui::parts::{ActFailed, failure},
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn Log(view: RulesView, place: RulesPlace, acts: Acts) -> impl IntoView {
    if view.log.is_empty() {
        return view! {
            <Section title="Changes"><p class="muted">"Nobody has changed anything here yet: the wider values hold."</p></Section>
        }
        .into_any();
    }
    let (scope, key) = (view.scope, view.key.to_string());
    let entries = view
        .log
        .into_iter()
        .map(|version| {
            let RulesVersion {
                version,
                number,
                at,
                from,
                planned,
                by,
                reason,
                changes,
            } = version;
            let lines = changes
                .iter()
                .map(|change| view! { <li>{model::change(change, scope)}</li> })
                .collect_view();
            let from = from.map(|from| {
                let word = if planned { "holds from" } else { "held from" };
                view! { <span class="fine">{format!("{word} {}, {}", from.day, from.from)}</span> }
            });
            let (place, key) = (place.clone(), key.clone());
            view! {
                <li class="stack" data-gap="small">
                    <p><span class="strong">{format!("{}, {}", at.day, at.from)}</span> ", " {by} ": " {reason}</p>
                    {from}
                    <ul class="fine">{lines}</ul>
                    <ActionForm action=acts.put_back>
                        <input type="hidden" name="version" value=version.to_string()/>
                        <input type="hidden" name="place[group]" value=place.group/>
                        <input type="hidden" name="place[service]" value=place.service/>
                        <input type="hidden" name="place[therapist]" value=place.therapist/>
                        <input type="hidden" name="key" value=key/>
                        <Button kind=ButtonKind::Quiet size=ButtonSize::Small button_type=ButtonType::Submit
                            label=format!("Put back change {number}") busy=acts.put_back.pending()>"Put back"</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title="Changes">
            <ActFailed failure=failure(acts.put_back)/>
            <ul class="lines rules-log">{entries}</ul>
        </Section>
    }
    .into_any()
}
