//! What the form to join the waiting list says: for whom, what and with whom, and whether somebody waits already.

use crate::{
    Error,
    api::view::{JoinView, Person},
    model::{ServiceId, VisitState},
    store::{self, catalog::Service},
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, PatientId, RequestId, TherapistId, Tx, VisitId,
    audit::{self, Looked, Subject},
};

use crate::service::{
    cast::{Cast, own_people, service_view},
    find_therapists::{choose, line_of},
    role, rules,
    sealed::Text,
    zones,
};

/// What the address of the form is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub patient: Option<PatientId>,
    pub service: Option<ServiceId>,
    pub therapist: Option<TherapistId>,
    pub visit: Option<VisitId>,
    pub request: Option<RequestId>,
}

/// # Errors
/// `NotFound` for another role, and for a person, visit or request that is not the reader's.
pub async fn join_page(ctx: &Ctx, about: &About) -> Result<JoinView, Error> {
    role::patient_side(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let people = own_people(&mut tx, &ctx.actor, now).await?;
    let (patient, therapist, service, sooner) = match (about.visit, about.request) {
        (Some(visit), None) => {
            let row = store::visit::read(&mut tx, visit).await?.ok_or(Error::NotFound)?;
            let open = row.visit.state == VisitState::Scheduled && row.visit.starts > now;
            let times = open.then_some((row.visit.starts, row.visit.ends));
            (row.patient, Some(row.therapist), Some(row.service), times)
        }
        (None, Some(request)) => {
            let row = store::request::read(&mut tx, request).await?.ok_or(Error::NotFound)?;
            (row.patient, Some(row.therapist), Some(row.service), None)
        }
        (None, None) => {
            let person = choose(&people, about.patient)?.ok_or(Error::NotFound)?;
            (person.patient, about.therapist, about.service, None)
        }
        (Some(_), Some(_)) => return Err(Error::NotFound),
    };
    let person = choose(&people, Some(patient))?.ok_or(Error::NotFound)?;
    let cast = Cast::load(&mut tx, [patient], therapist).await?.read_by(&people);
    let zone = cast.patient_zone(patient)?;
    let services = bookable(&mut tx, therapist, &person, now).await?;
    let bound = about.visit.is_some() || about.request.is_some();
    let service = match service {
        Some(id) if bound => Some(cast.service(id)?),
        wanted => wanted
            .and_then(|id| services.iter().find(|one| one.id == id))
            .or_else(|| services.first()),
    };
    let waiting = store::waitlist::wish::waiting_of(&mut tx, &[patient]).await?;
    let waits = waiting
        .iter()
        .find(|wish| {
            wish.visit == about.visit
                && wish.request == about.request
                && (bound || (wish.therapist == therapist && service.is_some_and(|one| one.id == wish.service)))
        })
        .map(|wish| wish.id);
    let reason = match store::waitlist::draft::read(&mut tx, ctx.actor.account, patient).await? {
        Some((id, sealed)) if !bound => {
            Text::WishDraft
                .open(&ctx.vault, &mut tx, patient, id, Some(&sealed))
                .await?
        }
        _ => String::new(),
    };
    audit::record(
        &mut tx,
        Looked::Read,
        role::subject(ctx, Subject::kind("waitlist_wish"), patient),
    );
    tx.commit().await?;
    Ok(JoinView {
        people: if bound { Vec::new() } else { people },
        person,
        therapist: therapist.map(|therapist| cast.face(therapist)),
        service: service.map(service_view),
        services: if bound {
            Vec::new()
        } else {
            services.iter().map(service_view).collect()
        },
        visit: about.visit,
        sooner_than: sooner.map(|(starts, ends)| zones::when(zone, starts, ends)),
        request: about.request,
        zone: zones::view(zone, now),
        waits,
        reason,
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
        key: ctx.ids.next(),
    })
}

/// What this person may wait for, with one therapist or with anyone.
async fn bookable(
    tx: &mut Tx,
    therapist: Option<TherapistId>,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<Vec<Service>, Error> {
    let mut services = match therapist {
        Some(therapist) => store::catalog::offered_to(tx, therapist, person.patient, now).await?,
        None => store::catalog::offered(tx).await?,
    };
    services.retain(|service| service.line == line_of(person));
    Ok(services)
}
