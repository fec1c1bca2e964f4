//! The waiting list: freed time is offered to whose turn it is, to one person at a time, and becomes what the rules say.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: what fails must stop the test"
)]

mod giving_back;
mod joining;
mod taking;
mod turns;

use crate::clinic::Clinic;
use chrono::{DateTime, Days, Duration, Utc};
use kernel::{Ctx, PatientId, VisitId};
use scheduling::{
    api::view::{KeptTimeView, WishView},
    model::{OfferId, ServiceId, VisitState, WishId},
    service::{self, Joining},
};

/// One free time of Tess and no other, for everybody.
pub struct OneTime {
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
}

impl OneTime {
    /// Tess works for one visit, `days` days from now, and never else. Told to nobody: tests say when.
    pub async fn plant(clinic: &Clinic, days: u64) -> Self {
        let tess = clinic.therapist("tess").uuid();
        let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
        let service = times.service.expect("a service");
        let date = clinic.now().date_naive() + Days::new(days);
        sqlx::query("DELETE FROM scheduling.availability_rule WHERE therapist_id = $1")
            .bind(tess)
            .execute(&clinic.test.owner)
            .await
            .unwrap();
        sqlx::query("DELETE FROM scheduling.availability_override WHERE therapist_id = $1")
            .bind(tess)
            .execute(&clinic.test.owner)
            .await
            .unwrap();
        Self::open(clinic, date, service.minutes).await;
        let starts = only_start(clinic).await.expect("one free time");
        Self {
            service: service.service,
            starts,
        }
    }

    /// Tess works for one visit on this date too.
    pub async fn open(clinic: &Clinic, date: chrono::NaiveDate, minutes: u16) {
        let noon = 12 * 60;
        sqlx::query(
            "INSERT INTO scheduling.availability_override (id, therapist_id, on_date, starts_min, ends_min)
             VALUES (gen_random_uuid(), $1, $2, $3, $4)",
        )
        .bind(clinic.therapist("tess").uuid())
        .bind(date)
        .bind(noon)
        .bind(noon + i16::try_from(minutes).unwrap())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    }

    /// Somebody has the time: an agreed visit.
    pub async fn taken_by(&self, clinic: &Clinic, ctx: &Ctx, patient: PatientId) -> VisitId {
        let hold = service::take_hold(ctx, clinic.therapist("tess"), self.service, self.starts, patient)
            .await
            .expect("a hold");
        let request = service::request_visit(ctx, hold, "", None, clinic.key())
            .await
            .expect("a request");
        service::approve_request(&clinic.lia(), request, clinic.key())
            .await
            .expect("a visit")
    }
}

pub async fn only_start(clinic: &Clinic) -> Option<DateTime<Utc>> {
    let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
    times.next_available.map(|slot| slot.starts)
}

pub fn wish<'a>(clinic: &Clinic, patient: PatientId, service: ServiceId) -> Joining<'a> {
    Joining {
        patient: Some(patient),
        service: Some(service),
        therapist: Some(clinic.therapist("tess")),
        visit: None,
        request: None,
        days: &[],
        parts: &[],
        weeks: "8",
        reason: "Sleep",
        key: clinic.key(),
    }
}

pub async fn join(clinic: &Clinic, ctx: &Ctx, patient: PatientId, service: ServiceId) -> WishId {
    let id = service::join_waitlist(ctx, &wish(clinic, patient, service))
        .await
        .expect("a place");
    // Whoever came later waits for less long.
    clinic.advance(Duration::seconds(1));
    id
}

pub async fn serve(clinic: &Clinic) -> usize {
    let made = service::time_freed(&clinic.test.house, clinic.therapist("tess"))
        .await
        .unwrap();
    made + service::keep_waitlist(&clinic.test.house).await.unwrap()
}

pub async fn mine(ctx: &Ctx) -> Vec<WishView> {
    service::my_waitlist(ctx).await.unwrap().wishes
}

/// What is offered to somebody now.
pub async fn offered(ctx: &Ctx) -> Option<OfferId> {
    mine(ctx)
        .await
        .iter()
        .find_map(|wish| wish.open().map(|offer| offer.offer))
}

pub async fn page(ctx: &Ctx, offer: OfferId) -> KeptTimeView {
    service::get_offer(ctx, offer).await.unwrap()
}

pub async fn cancel(clinic: &Clinic, ctx: &Ctx, visit: VisitId) {
    service::cancel_visit(ctx, visit, "unwell", "", clinic.key())
        .await
        .unwrap();
}

pub async fn page_of(ctx: &Ctx, visit: VisitId) -> (DateTime<Utc>, DateTime<Utc>) {
    let view = service::get_visit(ctx, visit).await.unwrap();
    assert_eq!(view.state, VisitState::Scheduled);
    (view.when.starts, view.when.ends)
}
