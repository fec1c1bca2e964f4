//! What was written about a visit, for its page on the desk, and the way to have a lost letter sent again.

use crate::api::{DeliveryView, SendAgain, visit_deliveries};
use kernel::VisitId;
use kit::prelude::*;
use leptos::{prelude::*, server_fn::ServerFn};

/// The letters about a visit and where they stand.
#[component]
pub fn Deliveries(visit: VisitId) -> impl IntoView {
    let letters = Resource::new(move || visit, visit_deliveries);
    view! {
        <Section title="Letters">
            <Suspense fallback=|| view! { <Skeleton rows=2/> }>
                {move || Suspend::new(async move {
                    match letters.await {
                        Ok(letters) => list(letters),
                        Err(error) => {
                            view! { <LoadFailed code=error.code() on_retry=move || letters.refetch()/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </Section>
    }
    .into_any()
}

fn list(letters: Vec<DeliveryView>) -> AnyView {
    if letters.is_empty() {
        return view! { <p class="muted">"Nothing was written about this visit."</p> }.into_any();
    }
    let lines = letters.into_iter().map(line).collect_view();
    view! { <ul class="lines">{lines}</ul> }.into_any()
}

fn line(letter: DeliveryView) -> AnyView {
    let tone = if letter.lost { Tone::Warn } else { Tone::Plain };
    let again = letter.lost.then(|| {
        let label = format!("Send again: {}, to {}", letter.about, letter.to);
        view! {
            <form method="post" action=SendAgain::url()>
                <input type="hidden" name="letter" value=letter.letter.to_string()/>
                <Button button_type=ButtonType::Submit size=ButtonSize::Small label>"Send again"</Button>
            </form>
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
    use super::{DeliveryView, list};
    use crate::model::LetterId;
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
        }
    }

    #[test]
    fn only_a_lost_letter_can_be_sent_again() {
        let html = |lost| Owner::new().with(|| list(vec![letter(lost)]).to_html());
        assert!(
            html(true).contains("Send again: A visit is confirmed, to ana@demo.example")
                && html(true).contains("(550)")
        );
        assert!(!html(false).contains("Send again"));
    }
}
