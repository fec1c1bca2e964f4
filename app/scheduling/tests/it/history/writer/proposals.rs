//! Other times that are kept for somebody, among everything else: proposed, taken, refused.

use super::{
    super::{
        checker::Effect,
        stage::{Thing, Where},
    },
    RULES, Writer, proposed_for, stretches,
};
use chrono::Duration;
use rand::RngExt;
use scheduling::{
    api::view::ProposalView,
    service::{self, Offer, ProposalOf, WantedTime},
};
use std::sync::Arc;

/// How long proposed times are kept at most, apart from the code that keeps them.
const KEPT: Duration = Duration::hours(24);

impl Writer {
    /// The desk proposes one or two of the wanted times for a request, which gives its own back, or for a visit, which stays.
    pub(super) async fn propose(&mut self) {
        let stage = Arc::clone(&self.stage);
        let for_visit = self.dice.random_bool(0.6);
        let kept = if for_visit { &stage.visits } else { &stage.requests };
        let Some(thing) = kept.any(&mut self.dice) else {
            return;
        };
        // A proposal for a visit names its therapist: one that was moved to somebody else meanwhile is refused.
        let fitting: Vec<&Where> = stage
            .places
            .iter()
            .filter(|place| place.service == thing.place.service && place.therapist == thing.place.therapist)
            .collect();
        let mut places: Vec<Where> = Vec::new();
        for _ in 0..self.dice.random_range(1..=2) {
            let Some(place) = self.one_of(&fitting).copied() else {
                return;
            };
            // The wanted times are seldom free; the weeks after them, where series run, are now and then.
            let weeks = Duration::weeks(self.dice.random_range(0..4));
            places.push(place.moved_to(place.therapist, place.starts + weeks));
        }
        let starts: Vec<String> = places.iter().map(|place| place.starts.to_rfc3339()).collect();
        let times: Vec<WantedTime<'_>> = starts.iter().map(|text| WantedTime::at(text)).collect();
        let offer = Offer {
            of: if for_visit {
                ProposalOf::Visit(thing.id.into())
            } else {
                ProposalOf::Request(thing.id.into())
            },
            therapist: Some(thing.place.therapist),
            times: &times,
            words: "",
            key: self.key(),
        };
        let earliest = places.iter().map(|place| place.starts).min().unwrap_or_default();
        let expires = (stage.now() + KEPT).min(earliest - RULES.notice);
        let call = stage.begin("propose");
        let answer = self
            .maybe_twice(|| service::propose_times(&stage.liaison, &offer))
            .await;
        let Ok(proposal) = stage.expect(answer) else {
            return call.refused();
        };
        let mut effects = vec![Effect::Took {
            tenure: proposal.uuid(),
            // What is proposed later for the same thing takes its place.
            account: proposed_for(thing.id),
            stretches: places
                .iter()
                .flat_map(|place| stretches(place, thing.patient, false))
                .collect(),
            expires: Some(expires),
        }];
        if for_visit {
            stage.asked_visits.add(thing);
        } else {
            effects.push(Effect::Gave { tenure: thing.id });
            stage.asked_requests.add(thing);
        }
        call.done(effects);
    }

    /// A thing that waits for an answer, with what is proposed for it now.
    async fn asked(&mut self) -> Option<(bool, Thing, ProposalView)> {
        let stage = Arc::clone(&self.stage);
        let of_visit = self.dice.random_bool(0.5);
        let kept = if of_visit {
            &stage.asked_visits
        } else {
            &stage.asked_requests
        };
        let thing = kept.any(&mut self.dice)?;
        let proposal = if of_visit {
            service::get_visit(&thing.ctx, thing.id.into()).await.ok()?.proposal
        } else {
            service::get_request(&thing.ctx, thing.id.into()).await.ok()?.proposal
        };
        Some((of_visit, thing, proposal?))
    }

    /// The family takes one of the times.
    pub(super) async fn accept(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some((of_visit, thing, view)) = self.asked().await else {
            return;
        };
        let Some(time) = self.one_of(&view.times).cloned() else {
            return;
        };
        let key = self.key();
        let call = stage.begin("accept");
        let answer = self
            .maybe_twice(|| service::accept_proposal(&thing.ctx, view.proposal, time.time, key))
            .await;
        let Ok(visit) = stage.expect(answer) else {
            return call.refused();
        };
        let there = thing.place.moved_to(view.therapist.therapist, time.when.starts);
        let taken = stretches(&there, thing.patient, false);
        let becomes = if of_visit {
            Effect::Moved {
                tenure: visit.uuid(),
                stretches: taken,
            }
        } else {
            stage.visits.add(Thing {
                id: visit.uuid(),
                place: there,
                ..thing
            });
            Effect::Took {
                tenure: visit.uuid(),
                account: visit.uuid(),
                stretches: taken,
                expires: None,
            }
        };
        let over = Effect::Gave {
            tenure: view.proposal.uuid(),
        };
        call.done(vec![over, becomes]);
    }

    /// None of them fits.
    pub(super) async fn refuse(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some((_, thing, view)) = self.asked().await else {
            return;
        };
        let key = self.key();
        let call = stage.begin("refuse");
        let answer = self
            .maybe_twice(|| service::decline_proposal(&thing.ctx, view.proposal, key))
            .await;
        match stage.expect(answer) {
            Ok(_) => call.done(vec![Effect::Gave {
                tenure: view.proposal.uuid(),
            }]),
            Err(_) => call.refused(),
        }
    }
}
