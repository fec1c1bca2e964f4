//! A therapist who fits: who, why, and the next three times.

use super::query::FindQuery;
use crate::{
    api::{TakeHold, view::TherapistHit},
    ui::{
        parts::{Booking, TakeTimes, with_query},
        words,
    },
};
use kernel::PatientId;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn TherapistCard(
    hit: TherapistHit,
    person: PatientId,
    query: FindQuery,
    take: ServerAction<TakeHold>,
) -> impl IntoView {
    let TherapistHit {
        face,
        licence_states,
        languages,
        specialties,
        why,
        next,
        service,
    } = hit;
    let profile = with_query(
        &format!("/my/find/{}", face.therapist),
        &[
            ("for", query.person.map(|id| id.to_string()).unwrap_or_default()),
            ("service", service.to_string()),
        ],
    );
    let why = why.iter().map(words::why).collect::<Vec<_>>().join(", ");
    let knows = specialties
        .iter()
        .map(|code| words::specialty(code))
        .collect::<Vec<_>>()
        .join(", ");
    let speaks = languages
        .iter()
        .map(|code| words::language(code))
        .collect::<Vec<_>>()
        .join(", ");
    let licensed = licence_states
        .iter()
        .map(|code| words::state(code))
        .collect::<Vec<_>>()
        .join(", ");
    let booking = Booking {
        therapist: face.therapist,
        service,
        person,
    };
    let times = if next.is_empty() {
        view! { <p class="muted">"No available times in the next weeks."</p> }.into_any()
    } else {
        view! { <TakeTimes action=take booking slots=next with_day=true/> }.into_any()
    };
    let all = format!("All times of {}", face.name);
    view! {
            <Avatar name=face.name.clone() size=AvatarSize::Large/>
            <div class="stack" data-gap="small">
                <h2><a href=profile.clone()>{face.name}</a> ", " {face.title}</h2>
                {(!why.is_empty()).then(|| view! { <p class="why"><Icon name="check"/><span>"Why: " {why}</span></p> })}
                <p class="muted">{knows}</p>
                <p class="fine">"Speaks " {speaks} ". Licensed in " {licensed} "."</p>
            </div>
            <div class="times">
                {times}
                <LinkButton href=profile kind=ButtonKind::Quiet label=all>"All times"</LinkButton>
            </div>
    }
}
