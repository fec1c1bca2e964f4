//! One of many who act at random: a patient, a guardian of nobody, a liaison or the clock, as the dice fall.

mod proposals;
mod series;
mod waitlist;

use super::{
    checker::{Effect, Stretch},
    stage::{Stage, Thing, Where},
};
use chrono::Duration;
use kernel::IdempotencyKey;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use scheduling::{
    Error,
    model::Parameters,
    service::{self, Move, Plan, WantedTime},
};
use std::sync::Arc;
use uuid::Uuid;

const RULES: Parameters = Parameters::DEFAULT;

/// What a writer may do, as often as it stands here.
const ACTS: &[(&str, u32)] = &[
    ("take", 30),
    ("extend", 11),
    ("release", 6),
    ("retake", 6),
    ("send", 22),
    ("approve", 14),
    ("decline", 5),
    ("withdraw", 5),
    ("cancel", 8),
    ("move", 10),
    ("plan", 5),
    ("series", 12),
    ("shift", 26),
    ("end", 12),
    ("propose", 20),
    ("accept", 14),
    ("refuse", 7),
    ("join", 12),
    ("serve", 3),
    ("hand", 14),
    ("grab", 12),
    ("pass", 4),
    ("leave", 3),
    ("clock", 2),
];

/// A writer with dice of its own.
pub struct Writer {
    stage: Arc<Stage>,
    dice: StdRng,
}

impl Writer {
    pub fn new(stage: Arc<Stage>, seed: u64) -> Self {
        Self {
            stage,
            dice: StdRng::seed_from_u64(seed),
        }
    }

    pub async fn act(&mut self, times: usize) {
        for _ in 0..times {
            self.once().await;
        }
    }

    async fn once(&mut self) {
        let all: u32 = ACTS.iter().map(|(_, often)| often).sum();
        let mut fallen = self.dice.random_range(0..all);
        let act = ACTS
            .iter()
            .find(|(_, often)| {
                let here = fallen < *often;
                fallen = fallen.saturating_sub(*often);
                here
            })
            .map_or("take", |(act, _)| *act);
        match act {
            "take" => self.take().await,
            "extend" => self.extend().await,
            "release" => self.release().await,
            "retake" => self.retake().await,
            "send" => self.send().await,
            "approve" => self.approve().await,
            "decline" => self.decline().await,
            "withdraw" => self.withdraw().await,
            "cancel" => self.cancel().await,
            "move" => self.put().await,
            "plan" => self.plan().await,
            "series" => self.plan_series().await,
            "shift" => self.move_series().await,
            "end" => self.cancel_series().await,
            "propose" => self.propose().await,
            "accept" => self.accept().await,
            "refuse" => self.refuse().await,
            "join" => self.join().await,
            "serve" => self.serve().await,
            "hand" => self.offer_by_hand().await,
            "grab" => self.grab().await,
            "pass" => self.give_up_offer().await,
            "leave" => self.leave().await,
            _ => self.clock(),
        }
    }

    fn one_of<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        (!things.is_empty()).then(|| &things[self.dice.random_range(0..things.len())])
    }

    /// Somebody takes one of the few times everybody wants.
    async fn take(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some((ctx, patient)) = self.one_of(&stage.people).cloned() else {
            return;
        };
        let Some(place) = self.one_of(&stage.places).cloned() else {
            return;
        };
        let expires = stage.now() + RULES.hold;
        let call = stage.begin("take");
        let answer = service::take_hold(&ctx, place.therapist, place.service, place.starts, patient).await;
        let Ok(hold) = stage.expect(answer) else {
            return call.refused();
        };
        let thing = Thing {
            id: hold.uuid(),
            ctx: ctx.clone(),
            place: place.clone(),
            patient,
        };
        call.done(vec![took(&thing, expires)]);
        stage.holds.add(thing);
    }

    async fn extend(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.holds.any(&mut self.dice) else {
            return;
        };
        let expires = stage.now() + RULES.hold_extension;
        let call = stage.begin("extend");
        let answer = service::extend_hold(&thing.ctx, thing.id.into()).await;
        match stage.expect(answer) {
            Ok(()) => call.done(vec![became(&thing, thing.id, Some(expires))]),
            Err(_) => call.refused(),
        }
    }

    async fn release(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.holds.any(&mut self.dice) else {
            return;
        };
        let call = stage.begin("release");
        let answer = service::release_hold(&thing.ctx, thing.id.into()).await;
        match stage.expect(answer) {
            Ok(_) => call.done(vec![Effect::Gave { tenure: thing.id }]),
            Err(_) => call.refused(),
        }
    }

    async fn retake(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.holds.any(&mut self.dice) else {
            return;
        };
        let expires = stage.now() + RULES.hold;
        let call = stage.begin("retake");
        let answer = service::retake_hold(&thing.ctx, thing.id.into(), None).await;
        match stage.expect(answer) {
            Ok(hold) if hold.uuid() != thing.id => {
                let again = Thing {
                    id: hold.uuid(),
                    ..thing.clone()
                };
                call.done(vec![took(&again, expires)]);
                stage.holds.add(again);
            }
            _ => call.refused(),
        }
    }

    async fn send(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.holds.any(&mut self.dice) else {
            return;
        };
        let expires = (stage.now() + RULES.request_expiry).min(thing.place.starts);
        let key = self.key();
        let call = stage.begin("send");
        let answer = self
            .maybe_twice(|| service::request_visit(&thing.ctx, thing.id.into(), "", None, key))
            .await;
        match stage.expect(answer) {
            Ok(request) => {
                stage.requests.add(Thing {
                    id: request.uuid(),
                    ..thing.clone()
                });
                call.done(vec![became(&thing, request.uuid(), Some(expires))]);
            }
            Err(_) => call.refused(),
        }
    }

    async fn approve(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.requests.any(&mut self.dice) else {
            return;
        };
        let key = self.key();
        let call = stage.begin("approve");
        let answer = self
            .maybe_twice(|| service::approve_request(&stage.liaison, thing.id.into(), key))
            .await;
        match stage.expect(answer) {
            Ok(visit) => {
                stage.visits.add(Thing {
                    id: visit.uuid(),
                    ..thing.clone()
                });
                call.done(vec![became(&thing, visit.uuid(), None)]);
            }
            Err(Error::TimeGone) => call.done(vec![Effect::Gave { tenure: thing.id }]),
            Err(_) => call.refused(),
        }
    }

    async fn decline(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.requests.any(&mut self.dice) else {
            return;
        };
        let key = self.key();
        let call = stage.begin("decline");
        let answer = self
            .maybe_twice(|| service::decline_request(&stage.liaison, thing.id.into(), "other_service", "", key))
            .await;
        stage.gave(call, &thing, answer);
    }

    async fn withdraw(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.requests.any(&mut self.dice) else {
            return;
        };
        let key = self.key();
        let call = stage.begin("withdraw");
        let answer = self
            .maybe_twice(|| service::withdraw_request(&thing.ctx, thing.id.into(), key))
            .await;
        stage.gave(call, &thing, answer);
    }

    async fn cancel(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.visits.any(&mut self.dice) else {
            return;
        };
        let by = if self.dice.random_bool(0.5) {
            &stage.liaison
        } else {
            &thing.ctx
        };
        let key = self.key();
        let call = stage.begin("cancel");
        let answer = self
            .maybe_twice(|| service::cancel_visit(by, thing.id.into(), "unwell", "", key))
            .await;
        match stage.expect(answer) {
            Ok(()) => call.done(vec![Effect::Gave { tenure: thing.id }, let_go(proposed_for(thing.id))]),
            Err(_) => call.refused(),
        }
    }

    /// The desk puts a visit to another of the wanted times, with whomever offers it; its family only with the same person.
    async fn put(&mut self) {
        let stage = Arc::clone(&self.stage);
        let Some(thing) = stage.visits.any(&mut self.dice) else {
            return;
        };
        let by_desk = self.dice.random_bool(0.7);
        let fitting: Vec<&Where> = stage
            .places
            .iter()
            .filter(|place| place.service == thing.place.service)
            .filter(|place| by_desk || place.therapist == thing.place.therapist)
            .collect();
        let Some(place) = self.one_of(&fitting).copied() else {
            return;
        };
        let starts = place.starts.to_rfc3339();
        let overbook = if by_desk && self.dice.random_bool(0.1) {
            "urgent"
        } else {
            ""
        };
        let wish = Move {
            visit: thing.id.into(),
            time: WantedTime::at(&starts),
            therapist: by_desk.then_some(place.therapist),
            reason: if by_desk { "patient_asked" } else { "" },
            words: "",
            overbook,
            overbook_words: "",
            key: self.key(),
        };
        let by = if by_desk { &stage.liaison } else { &thing.ctx };
        let call = stage.begin("move");
        let answer = self.maybe_twice(|| service::move_visit(by, &wish)).await;
        match stage.expect(answer) {
            Ok(moved) => {
                // A family moves it with whomever it has been moved to meanwhile.
                let there = Where {
                    therapist: if by_desk {
                        place.therapist
                    } else {
                        moved.previous_therapist
                    },
                    ..place.clone()
                };
                let moved = Effect::Moved {
                    tenure: thing.id,
                    stretches: stretches(&there, thing.patient, moved.overbooked),
                };
                call.done(vec![moved, let_go(proposed_for(thing.id))]);
            }
            Err(_) => call.refused(),
        }
    }

    /// The desk plans a visit without a request, now and then over what is there.
    async fn plan(&mut self) {
        let stage = Arc::clone(&self.stage);
        let (Some((ctx, patient)), Some(place)) =
            (self.one_of(&stage.people).cloned(), self.one_of(&stage.places).cloned())
        else {
            return;
        };
        let starts = place.starts.to_rfc3339();
        let overbook = if self.dice.random_bool(0.2) { "urgent" } else { "" };
        let plan = Plan {
            patient,
            therapist: Some(place.therapist),
            service: place.service,
            time: WantedTime::at(&starts),
            minutes: "",
            message: "",
            overbook,
            overbook_words: "",
            key: self.key(),
        };
        let call = stage.begin("plan");
        let answer = self.maybe_twice(|| service::plan_visit(&stage.liaison, &plan)).await;
        let Ok(planned) = stage.expect(answer) else {
            return call.refused();
        };
        call.done(vec![Effect::Took {
            tenure: planned.visit.uuid(),
            account: planned.visit.uuid(),
            stretches: stretches(&place, patient, planned.overbooked),
            expires: None,
        }]);
        stage.visits.add(Thing {
            id: planned.visit.uuid(),
            ctx,
            place,
            patient,
        });
    }

    /// Time passes: holds and requests end by themselves.
    fn clock(&mut self) {
        let call = self.stage.begin("clock");
        let now = self.stage.pass(Duration::minutes(self.dice.random_range(1..5)));
        call.done(vec![Effect::Clock(now)]);
    }

    fn key(&mut self) -> IdempotencyKey {
        self.stage.key()
    }

    /// A tenth of all calls are sent twice at once with one key, as by an impatient finger on a slow line. Both must get
    /// the same answer, or the second the refusal of a double that still runs.
    async fn maybe_twice<T, F>(&mut self, call: impl Fn() -> F) -> Result<T, Error>
    where
        T: PartialEq + std::fmt::Debug,
        F: Future<Output = Result<T, Error>>,
    {
        if self.dice.random_bool(0.9) {
            return call().await;
        }
        let (one, other) = tokio::join!(call(), call());
        match (one, other) {
            (Ok(one), Ok(other)) => {
                assert_eq!(one, other, "one key acted twice");
                Ok(one)
            }
            (Ok(done), Err(_)) | (Err(_), Ok(done)) => Ok(done),
            (Err(error), Err(_)) => Err(error),
        }
    }
}

fn took(thing: &Thing, expires: chrono::DateTime<chrono::Utc>) -> Effect {
    Effect::Took {
        tenure: thing.id,
        account: thing.ctx.actor.account.uuid(),
        stretches: stretches(&thing.place, thing.patient, false),
        expires: Some(expires),
    }
}

/// What is proposed for a thing goes under a name made of the thing's: one proposal takes the place of the other, and never that
/// of the visit itself.
const fn proposed_for(thing: Uuid) -> Uuid {
    Uuid::from_u128(!thing.as_u128())
}

/// Whatever was kept under a name is given back.
fn let_go(account: Uuid) -> Effect {
    Effect::Took {
        tenure: Uuid::now_v7(),
        account,
        stretches: Vec::new(),
        expires: None,
    }
}

/// What a booking takes. An overbooked one takes nothing of the therapist that nobody else may have.
fn stretches(place: &Where, patient: kernel::PatientId, overbooked: bool) -> Vec<Stretch> {
    let of_therapist = Stretch {
        holder: place.therapist.uuid(),
        from: place.taken_from,
        until: place.taken_until,
    };
    let of_patient = Stretch {
        holder: patient.uuid(),
        from: place.starts,
        until: place.ends,
    };
    if overbooked {
        vec![of_patient]
    } else {
        vec![of_therapist, of_patient]
    }
}

const fn became(thing: &Thing, next: uuid::Uuid, expires: Option<chrono::DateTime<chrono::Utc>>) -> Effect {
    Effect::Became {
        tenure: thing.id,
        next,
        expires,
    }
}
