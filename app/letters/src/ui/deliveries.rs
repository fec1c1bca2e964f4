//! What was written about a visit, for its page on the desk, and the way to have a lost letter sent again.

use crate::api::{DeliveryView, SendAgain, visit_deliveries};
use kernel::{ApiError, VisitId};
use kit::prelude::*;
use leptos::prelude::*;

/// The letters about a visit and where they stand.
#[component]
pub fn Deliveries(visit: VisitId) -> impl IntoView {
    let again = ServerAction::<SendAgain>::new();
    let tries = again.version();
    let letters = Resource::new(move || (visit, tries.get()), |(visit, _)| visit_deliveries(visit));
    let problems = Signal::derive(move || {
        again.value().with(|answer| match answer {
            Some(Err(error)) => vec![FieldProblem::whole(refusal(error))],
            _ => Vec::new(),
        })
    });
    view! {
        <Section title="Letters">
            <ErrorSummary problems/>
            <Transition fallback=|| view! { <Skeleton rows=2/> }>
                {move || Suspend::new(async move {
                    match letters.await {
                        Ok(letters) => list(visit, letters, again),
                        Err(error) => {
                            view! { <LoadFailed code=error.code() on_retry=move || letters.refetch()/> }.into_any()
                        }
                    }
                })}
            </Transition>
        </Section>
    }
    .into_any()
}

/// Why a letter was not sent again.
fn refusal(error: &ApiError) -> &'static str {
    match error {
        ApiError::Refused(code) if code == "already_sent" => {
            "This letter is on its way or has arrived meanwhile. It was not sent a second time."
        }
        ApiError::NotFound => "This letter is not here. Nothing was sent.",
        _ => "The letter was not sent. Try again in a moment.",
    }
}

fn list(visit: VisitId, letters: Vec<DeliveryView>, again: ServerAction<SendAgain>) -> AnyView {
    if letters.is_empty() {
        return view! { <p class="muted">"Nothing was written about this visit."</p> }.into_any();
    }
    let lines = letters
        .into_iter()
        .map(|letter| line(visit, letter, again))
        .collect_view();
    view! { <ul class="lines">{lines}</ul> }.into_any()
}

fn line(visit: VisitId, letter: DeliveryView, action: ServerAction<SendAgain>) -> AnyView {
    let tone = if letter.lost { Tone::Warn } else { Tone::Plain };
    let again = letter.lost.then(|| {
        let label = format!("Send again: {}, to {}", letter.about, letter.to);
        view! {
            <ActionForm action>
                <input type="hidden" name="letter" value=letter.letter.to_string()/>
                <input type="hidden" name="page" value=visit.to_string()/>
                <Button button_type=ButtonType::Submit size=ButtonSize::Small label busy=action.pending()>"Send again"</Button>
            </ActionForm>
        }
    });
    let why = (!letter.outcome.is_empty()).then(|| format!(" ({})", letter.outcome));
    view! {
        <li class="cluster">
            <span>{letter.about}</span>
            <span class="fine">{format!("to {}", letter.to)}</span>
            <StateChip tone text=letter.state/>
            <span class="fine number">{letter.at}{why}</span>
            {again}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{DeliveryView, list, refusal};
    use crate::model::LetterId;
    use kernel::{ApiError, VisitId};
    use leptos::prelude::*;

    fn letter(lost: bool) -> DeliveryView {
        DeliveryView {
            letter: LetterId::new("01990000-0000-7000-8000-00000000000a".parse().unwrap()),
            about: "A visit is confirmed".to_owned(),
            to: "ana@demo.example".to_owned(),
            state: if lost { "Not sent" } else { "Sent" }.to_owned(),
            at: "Tue 2 Mar, 09:00".to_owned(),
            lost,
            outcome: if lost { "550" } else { "" }.to_owned(),
            visit: Some(visit()),
        }
    }

    fn visit() -> VisitId {
        VisitId::new("01990000-0000-7000-8000-00000000000b".parse().unwrap())
    }

    #[test]
    fn only_a_lost_letter_can_be_sent_again_and_leads_back_to_its_page() {
        let html = |lost| Owner::new().with(|| list(visit(), vec![letter(lost)], ServerAction::new()).to_html());
        assert!(
            html(true).contains("Send again: A visit is confirmed, to ana@demo.example")
                && html(true).contains("(550)")
                && html(true).contains("01990000-0000-7000-8000-00000000000b")
        );
        assert!(!html(false).contains("Send again"));
    }

    #[test]
    fn a_letter_that_left_meanwhile_is_said_not_to_be_sent_twice() {
        assert!(refusal(&ApiError::refused("already_sent")).contains("not sent a second time"));
        assert!(refusal(&ApiError::Unavailable).contains("Try again"));
    }
}
