//! The waiting list among everything else: joined, served by the worker and by hand, taken, let pass, left.

use super::{
    super::{checker::Effect, stage::Thing},
    RULES, Writer, let_go, proposed_for, stretches,
};
use chrono::Duration;
use rand::RngExt;
use scheduling::{
    api::view::OfferLine,
    service::{self, ByHand, Joining, TakenAs, WantedTime},
};
use std::sync::Arc;

impl Writer {
    /// Somebody wants to hear of a time, for a new visit or sooner than one of theirs.
    pub(super) async fn join(&mut self) {
        let stage = Arc::clone(&self.stage);
        let sooner = if self.dice.random_bool(0.3) {
            stage.visits.any(&mut self.dice)
        } else {
            None
        };
        let (Some((ctx, patient)), Some(place)) =
            (self.one_of(&stage.people).cloned(), self.one_of(&stage.places).cloned())
        else {
            return;
        };
        let (ctx, patient, place) = match &sooner {
            Some(visit) => (visit.ctx.clone(), visit.patient, visit.place.clone()),
            None => (ctx, patient, place),
        };
        let joining = Joining {
            patient: Some(patient).filter(|_| sooner.is_none()),
            service: Some(place.service).filter(|_| sooner.is_none()),
            therapist: Some(place.therapist).filter(|_| sooner.is_none()),
            visit: sooner.map(|visit| visit.id.into()),
            request: None,
            days: &[],
            parts: &[],
            weeks: "8",
            reason: "",
            key: self.key(),
        };
        let call = stage.begin("join");
        let answer = self.maybe_twice(|| service::join_waitlist(&ctx, &joining)).await;
        let Ok(wish) = stage.expect(answer) else {
            return call.refused();
        };
        call.done(Vec::new());
        stage.wishes.add(Thing {
            id: wish.uuid(),
            ctx,
            place,
            patient,
        });
    }

    /// The worker hears that time is free. Which offers it makes, the record does not know: only what becomes of them.
    pub(super) async fn serve(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(place) = self.one_of(&stage.places).cloned() else {
            return;
        };
        let call = stage.begin("serve");
        let answer = service::time_freed(&stage.clinic.test.house, place.therapist).await;
        match stage.expect(answer) {
            Ok(made) if made > 0 => call.done(Vec::new()),
            _ => call.refused(),
        }
    }

    /// The desk keeps one of the wanted times for somebody who waits.
    pub(super) async fn offer_by_hand(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(wish) = stage.wishes.any(&mut self.dice) else {
            return;
        };
        let fitting: Vec<_> = stage
            .places
            .iter()
            .filter(|place| place.service == wish.place.service && place.therapist == wish.place.therapist)
            .collect();
        let Some(place) = self.one_of(&fitting).copied() else {
            return;
        };
        // The wanted times are seldom free; the weeks after them are now and then.
        let weeks = Duration::weeks(self.dice.random_range(0..4));
        let place = &place.moved_to(place.therapist, place.starts + weeks);
        let starts = place.starts.to_rfc3339();
        let by_hand = ByHand {
            wish: wish.id.into(),
            therapist: None,
            time: WantedTime::at(&starts),
            key: self.key(),
        };
        let expires = (stage.now() + RULES.waitlist_offer).min(place.starts - RULES.notice);
        let call = stage.begin("hand");
        let answer = self
            .maybe_twice(|| service::offer_by_hand(&stage.liaison, &by_hand))
            .await;
        let Ok(offer) = stage.expect(answer) else {
            return call.refused();
        };
        call.done(vec![Effect::Took {
            tenure: offer.uuid(),
            // What is offered later, or nothing any more, takes its place.
            account: wish.id,
            stretches: stretches(place, wish.patient, false),
            expires: Some(expires),
        }]);
    }

    /// A wish with the time that is kept for it now.
    async fn offered(&mut self) -> Option<(Thing, OfferLine)> {
        let stage = Arc::clone(&self.stage);
        let wish = stage.wishes.any(&mut self.dice)?;
        let list = service::my_waitlist(&wish.ctx).await.ok()?;
        let view = list.wishes.into_iter().find(|one| one.wish.uuid() == wish.id)?;
        let line = view.open()?.clone();
        Some((wish, line))
    }

    /// The family takes it: it becomes a request, or the visit comes sooner.
    pub(super) async fn grab(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some((wish, line)) = self.offered().await else {
            return;
        };
        let key = self.key();
        let there = wish.place.moved_to(line.therapist.therapist, line.when.starts);
        let expires = (stage.now() + RULES.request_expiry).min(there.starts);
        let taken = stretches(&there, wish.patient, false);
        let call = stage.begin("grab");
        let answer = self
            .maybe_twice(|| service::take_offer(&wish.ctx, line.offer, key))
            .await;
        let Ok(became) = stage.expect(answer) else {
            return call.refused();
        };
        let effects = match became {
            TakenAs::Request(request) => {
                stage.requests.add(Thing {
                    id: request.uuid(),
                    place: there,
                    ..wish
                });
                if line.by_hand {
                    vec![Effect::Became {
                        tenure: line.offer.uuid(),
                        next: request.uuid(),
                        expires: Some(expires),
                    }]
                } else {
                    vec![Effect::Took {
                        tenure: request.uuid(),
                        account: request.uuid(),
                        stretches: taken,
                        expires: Some(expires),
                    }]
                }
            }
            TakenAs::Visit(visit) => vec![
                Effect::Gave {
                    tenure: line.offer.uuid(),
                },
                Effect::Moved {
                    tenure: visit.uuid(),
                    stretches: taken,
                },
                let_go(proposed_for(visit.uuid())),
            ],
        };
        call.done(effects);
    }

    /// The family lets it pass, or the desk takes it back.
    pub(super) async fn give_up_offer(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some((wish, line)) = self.offered().await else {
            return;
        };
        let key = self.key();
        let by_desk = self.dice.random_bool(0.3);
        let call = stage.begin("pass");
        let answer = if by_desk {
            self.maybe_twice(|| service::withdraw_offer(&stage.liaison, line.offer, key))
                .await
                .map(drop)
        } else {
            self.maybe_twice(|| service::pass_offer(&wish.ctx, line.offer, key))
                .await
        };
        match stage.expect(answer) {
            Ok(()) => call.done(vec![Effect::Gave {
                tenure: line.offer.uuid(),
            }]),
            Err(_) => call.refused(),
        }
    }

    pub(super) async fn leave(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(wish) = stage.wishes.any(&mut self.dice) else {
            return;
        };
        let key = self.key();
        let call = stage.begin("leave");
        let answer = self
            .maybe_twice(|| service::leave_waitlist(&wish.ctx, wish.id.into(), key))
            .await;
        match stage.expect(answer) {
            Ok(()) => call.done(vec![let_go(wish.id)]),
            Err(_) => call.refused(),
        }
    }
}
