//! A time that is kept for somebody on the waiting list: take it in one tap, or let it pass.

use super::model::{consequence, sentence};
use crate::{
    api::{self, PassOffer, TakeOffer, view::KeptTimeView},
    model::OfferState,
    ui::{
        parts::{ActFailed, Span, TherapistLine, ZoneLine, failure, loaded},
        words,
    },
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn OfferPage() -> impl IntoView {
    let params = use_params_map();
    let acts = Acts {
        take: ServerAction::new(),
        pass: ServerAction::new(),
    };
    let offer = Resource::new(
        move || {
            (
                params.with(|params| params.get("offer")),
                // Refused or not, the page shows how it stands now.
                acts.take.version().get(),
                acts.pass.version().get(),
            )
        },
        |(offer, ..)| async move { api::get_offer(offer.and_then(|id| id.parse().ok()).ok_or(ApiError::NotFound)?).await },
    );
    view! {
        <Title text="A time for you"/>
        {loaded(offer, SkeletonKind::Text, 6, move |view| {
            view! { <Offered view acts on_end=Callback::new(move |()| offer.refetch())/> }.into_any()
        })}
    }
}

#[derive(Clone, Copy)]
struct Acts {
    take: ServerAction<TakeOffer>,
    pass: ServerAction<PassOffer>,
}

#[component]
fn Offered(view: KeptTimeView, acts: Acts, on_end: Callback<()>) -> impl IntoView {
    let title = format!("{}, {} to {}", view.when.day, view.when.from, view.when.until);
    let said = sentence(&view);
    let tone = match view.state {
        OfferState::Open | OfferState::Taken => Tone::Good,
        _ => Tone::Plain,
    };
    let way_on = match (view.state, view.visit, view.request) {
        (OfferState::Open, ..) => None,
        (_, Some(visit), _) => Some((format!("/my/visits/{visit}"), "See the visit")),
        (_, None, Some(request)) => Some((format!("/my/requests/{request}"), "See the request")),
        _ if view.waits_on => Some(("/my/waitlist".to_owned(), "See the waiting list")),
        _ => Some((
            format!("/my/find/{}?for={}", view.therapist.therapist, view.person.patient),
            "Choose a time",
        )),
    }
    .map(|(href, text)| view! { <LinkButton href kind=ButtonKind::Primary>{text}</LinkButton> });
    let answer = (view.state == OfferState::Open).then(|| view! { <Answer view=view.clone() acts on_end/> });
    let zone = view.when.zone.clone();
    view! {
        <PageHeader title back="Waiting list" back_href="/my/waitlist"/>
        <div class="stack" data-gap="large">
            <ActFailed failure=failure(acts.take)/>
            <ActFailed failure=failure(acts.pass)/>
            <Banner tone text=said>{way_on}</Banner>
            {answer}
            <div class="stack">
                <TherapistLine therapist=view.therapist service=Some(view.service)/>
                <DefinitionList>
                    <Definition term="When"><Span when=view.when relative=true/></Definition>
                    <Definition term="For">{words::whom(&view.person)}</Definition>
                </DefinitionList>
                <ZoneLine zone/>
            </div>
        </div>
    }
}

/// How long it is kept, what taking it does, and the two answers.
#[component]
fn Answer(view: KeptTimeView, acts: Acts, on_end: Callback<()>) -> impl IntoView {
    let total_s = u32::try_from((view.expires_at - view.server_now).num_seconds())
        .unwrap_or_default()
        .max(1);
    let until = format!("until {}, {}", view.kept_until.day, view.kept_until.from);
    let (offer, key) = (view.offer, view.key);
    let fields = move || {
        view! {
            <input type="hidden" name="offer" value=offer.to_string()/>
            <input type="hidden" name="key" value=key.to_string()/>
        }
    };
    let does = consequence(&view);
    let (from, day) = (view.when.from, view.when.day);
    view! {
        <section class="hold" aria-label="The time kept for you">
            <Countdown deadline_ms=view.expires_at.timestamp_millis() now_ms=view.server_now.timestamp_millis() total_s until
                over="This time is no longer kept for you." on_end>
                <strong>{from}</strong> " on " {day} " is kept for you"
            </Countdown>
        </section>
        <p>{does}</p>
        <div class="cluster">
            <ActionForm action=acts.take>
                {fields()}
                <Button kind=ButtonKind::Primary size=ButtonSize::Large button_type=ButtonType::Submit busy=acts.take.pending()
                    busy_text="Taking">"Take this time"</Button>
            </ActionForm>
            <ActionForm action=acts.pass>
                {fields()}
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit busy=acts.pass.pending() busy_text="Letting it pass">"Let it pass"</Button>
            </ActionForm>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::testing::kept, Acts, OfferedProps};
    use crate::{api::view::KeptTimeView, model::OfferState, ui::testing::render};
    use kernel::VisitId;
    use leptos::prelude::*;
    use uuid::Uuid;

    fn page(view: KeptTimeView) -> String {
        render(|| {
            let acts = Acts {
                take: ServerAction::new(),
                pass: ServerAction::new(),
            };
            super::Offered(OfferedProps {
                view,
                acts,
                on_end: Callback::new(|()| ()),
            })
            .into_any()
        })
    }

    #[test]
    fn only_an_open_offer_can_be_answered_and_every_state_has_one_way_on() {
        for state in OfferState::ALL {
            let html = page(kept(*state));
            let open = *state == OfferState::Open;
            assert_eq!(html.contains("scheduling/take_offer"), open, "{state}");
            assert_eq!(html.contains("scheduling/pass_offer"), open, "{state}");
            assert_eq!(html.matches("data-kind=\"primary\"").count(), 1, "{state}");
            assert!(!html.contains("Confirmed"), "{state}");
        }
    }

    #[test]
    fn a_taken_time_leads_to_what_it_became() {
        let mut view = kept(OfferState::Taken);
        view.visit = Some(VisitId::new(Uuid::from_u128(4)));
        assert!(page(view).contains("href=\"/my/visits/00000000-0000-0000-0000-000000000004\""));
    }

    #[test]
    fn without_script_it_says_until_when_and_in_which_zone() {
        let html = page(kept(OfferState::Open));
        assert!(html.contains("until Mon 23 Nov, 14:00") && html.contains("Times in Chicago"));
    }
}
