//! Other times that wait for the patient's answer: one tap takes one (M6). Plain forms, so that it works without script.

use super::ActFailed;
use crate::{
    api::{AcceptProposal, DeclineProposal, view::ProposalView},
    ui::parts::failure,
};
use kit::prelude::*;
use leptos::prelude::*;

/// The times with a button each, and a way to say that none fits. `declining`: what that does.
#[component]
pub fn Proposal(proposal: ProposalView, declining: &'static str) -> impl IntoView {
    let accept = ServerAction::<AcceptProposal>::new();
    let decline = ServerAction::<DeclineProposal>::new();
    let sentence = sentence(&proposal);
    let words = (!proposal.words.is_empty()).then(|| view! { <p class="quote">{proposal.words.clone()}</p> });
    let (id, key) = (proposal.proposal, proposal.key);
    let pending = accept.pending();
    let times = proposal
        .times
        .iter()
        .map(|time| {
            let text = format!("{}, {} to {}", time.when.day, time.when.from, time.when.until);
            view! {
                <li>
                    <Button kind=ButtonKind::Time button_type=ButtonType::Submit name="time" value=time.time.to_string()
                        busy=pending>{text}</Button>
                </li>
            }
        })
        .collect_view();
    view! {
        <Section title="Other times for you">
            <div class="stack">
                <ActFailed failure=failure(accept)/>
                <ActFailed failure=failure(decline)/>
                <p>{sentence}</p>
                {words}
                <ActionForm action=accept>
                    <input type="hidden" name="proposal" value=id.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <ul class="times">{times}</ul>
                </ActionForm>
                <ActionForm action=decline attr:class="cluster">
                    <input type="hidden" name="proposal" value=id.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit busy=decline.pending()>"None of these fits"</Button>
                    <span class="fine">{declining}</span>
                </ActionForm>
            </div>
        </Section>
    }
}

/// "We propose Wed 25 Nov, 9:30 with Tess Test. It is kept for you until today, 20:00."
fn sentence(proposal: &ProposalView) -> String {
    let until = format!("{}, {}", proposal.kept_until.day, proposal.kept_until.from);
    let name = &proposal.therapist.name;
    match &proposal.times[..] {
        [one] => format!(
            "We propose {}, {} with {name}. It is kept for you until {until}.",
            one.when.day, one.when.from
        ),
        _ => format!("We propose these times with {name}. They are kept for you until {until}."),
    }
}

#[cfg(test)]
mod tests {
    use super::ProposalProps;
    use crate::{
        api::view::{ProposalView, ProposedTime},
        model::{ProposalId, ProposedTimeId},
        ui::testing::{face, render, when},
    };
    use kernel::IdempotencyKey;
    use leptos::prelude::*;
    use uuid::Uuid;

    #[test]
    fn each_time_is_one_tap_and_what_declining_does_is_said() {
        let time = |number: u128, starts: &str| ProposedTime {
            time: ProposedTimeId::new(Uuid::from_u128(number)),
            when: when(starts),
        };
        let proposal = ProposalView {
            proposal: ProposalId::new(Uuid::from_u128(20)),
            therapist: face(),
            times: vec![time(21, "2026-11-25T15:30:00Z"), time(22, "2026-11-26T15:30:00Z")],
            kept_until: when("2026-11-23T02:00:00Z"),
            words: "Or <call> us".to_owned(),
            key: IdempotencyKey::new(Uuid::from_u128(5)),
        };
        let one = ProposalView {
            times: vec![time(21, "2026-11-25T15:30:00Z")],
            ..proposal.clone()
        };
        let page = |proposal| {
            render(|| {
                super::Proposal(ProposalProps {
                    proposal,
                    declining: "The visit stays as it is.",
                })
                .into_any()
            })
        };
        let html = page(proposal);
        assert_eq!(html.matches("name=\"time\"").count(), 2);
        assert!(html.contains("Wed 25 Nov, 09:30 to 10:15") && html.contains("The visit stays as it is."));
        assert!(html.contains("Or &lt;call&gt; us") && html.contains("scheduling/decline_proposal"));
        assert!(
            page(one)
                .contains("We propose Wed 25 Nov, 09:30 with Tess Test. It is kept for you until Sun 22 Nov, 20:00.")
        );
    }
}
