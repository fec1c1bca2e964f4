//! What a wish comes to at one therapist: the service as they give it, the rules there, and the free times that fit.

use crate::{
    Error,
    model::{Parameters, VisitState, waitlist::Wanted},
    store::{
        self,
        catalog::Service,
        waitlist::{offer::OfferRow, wish::WishRow},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{TherapistId, Tx, Zone};

use crate::service::{rules, therapist_times, zones};

pub struct Ground {
    pub service: Service,
    pub rules: Parameters,
    /// The patient's.
    pub zone: Zone,
    pub wanted: Wanted,
}

impl Ground {
    pub fn length(&self) -> Duration {
        Duration::minutes(i64::from(self.service.minutes))
    }

    fn fits(&self, starts: DateTime<Utc>) -> bool {
        self.wanted
            .fits(starts, starts + self.length(), self.zone.local(starts))
    }
}

/// `None` when this therapist cannot meet the wish at all. Licences limit the free times themselves.
pub async fn ground(
    tx: &mut Tx,
    wish: &WishRow,
    therapist: TherapistId,
    now: DateTime<Utc>,
) -> Result<Option<Ground>, Error> {
    let Some(patient) = people::service::patient_card(tx, wish.patient).await? else {
        return Ok(None);
    };
    let Some(card) = people::service::therapist_card(tx, therapist).await? else {
        return Ok(None);
    };
    let (service, before) = if let Some(visit) = wish.visit {
        let Some(row) = store::visit::read(tx, visit).await? else {
            return Ok(None);
        };
        if row.visit.state != VisitState::Scheduled || row.therapist != therapist {
            return Ok(None);
        }
        let Some(service) = store::catalog::one(tx, row.service).await? else {
            return Ok(None);
        };
        // As long as it was agreed, whatever the service is by now.
        let length = (row.visit.ends - row.visit.starts).num_minutes();
        let minutes = u16::try_from(length).unwrap_or(service.minutes);
        (Service { minutes, ..service }, wish.until.min(row.visit.starts))
    } else {
        let closed = therapist_times::why_closed(tx, true, card.accepts_new, therapist, wish.patient).await?;
        let offered = store::catalog::offered_to(tx, therapist, wish.patient, now).await?;
        match offered.into_iter().find(|one| one.id == wish.service) {
            Some(service) if closed.is_none() => (service, wish.until),
            _ => return Ok(None),
        }
    };
    Ok(Some(Ground {
        service,
        rules: rules::of(tx, wish.service, therapist, now).await?,
        zone: zones::parse(&patient.zone)?,
        wanted: Wanted {
            days: wish.days,
            parts: wish.parts,
            before,
        },
    }))
}

/// The free times that fit, in order, without those that were offered before.
pub async fn fitting(
    tx: &mut Tx,
    wish: &WishRow,
    therapist: TherapistId,
    ground: &Ground,
    before: &[OfferRow],
    now: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, Error> {
    let starts = therapist_times::starts_by(tx, &ground.rules, therapist, wish.patient, &ground.service, now).await?;
    Ok(starts
        .into_iter()
        .filter_map(|at| DateTime::from_timestamp(at, 0))
        .filter(|at| ground.fits(*at) && !known(before, therapist, *at))
        .collect())
}

/// Whether this time was offered already: whoever let it pass is not asked again.
pub fn known(before: &[OfferRow], therapist: TherapistId, starts: DateTime<Utc>) -> bool {
    before
        .iter()
        .any(|offer| offer.therapist == therapist && offer.starts == starts)
}
