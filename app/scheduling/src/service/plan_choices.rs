//! What the form of a planned visit offers: patients of the own care team, or for the desk one patient and who may meet them.

use crate::{
    Error,
    api::view::{Person, PlanTherapist, PlanView},
    store,
};
use kernel::{
    Ctx, PatientId, Role, Tx,
    audit::{self, Looked, Subject},
};
use people::{PatientKind, RelationKind, TherapistCard, TherapistFilter};

use super::{
    cast::{face, service_view},
    rules,
    staff_booking::line_of,
    zones,
};

/// # Errors
/// `NotFound` for the patient's side, partners and admins, and for a patient the actor does not see.
pub async fn plan_choices(ctx: &Ctx, patient: Option<PatientId>) -> Result<PlanView, Error> {
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let (people, cards) = match ctx.actor.role {
        Role::Therapist => own(ctx, &mut tx).await?,
        Role::Liaison => for_the_desk(&mut tx, patient).await?,
        _ => return Err(Error::NotFound),
    };
    if patient.is_some_and(|wanted| people.iter().all(|person| person.patient != wanted)) {
        return Err(Error::NotFound);
    }
    let lines: Vec<_> = people
        .iter()
        .filter(|person| patient.is_none_or(|wanted| person.patient == wanted))
        .map(|person| line_of(kind(person)))
        .collect();
    let mut therapists = Vec::with_capacity(cards.len());
    for card in &cards {
        let mut services = store::catalog::offered_by(&mut tx, card.id).await?;
        services.retain(|service| lines.contains(&service.line));
        if !services.is_empty() {
            therapists.push(PlanTherapist {
                face: face(card),
                zone: zones::view(zones::parse(&card.zone)?, now),
                services: services.iter().map(service_view).collect(),
            });
        }
    }
    for person in &people {
        audit::record(
            &mut tx,
            Looked::Read,
            Subject::new("patient", person.patient.uuid()).of(person.patient),
        );
    }
    tx.commit().await?;
    Ok(PlanView {
        chosen: patient,
        people,
        therapists,
        desk: ctx.actor.role == Role::Liaison,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
    })
}

const fn kind(person: &Person) -> PatientKind {
    if person.child {
        PatientKind::Child
    } else {
        PatientKind::Adult
    }
}

/// The therapist and the own patients.
async fn own(ctx: &Ctx, tx: &mut Tx) -> Result<(Vec<Person>, Vec<TherapistCard>), Error> {
    let me = ctx.actor.therapist().ok_or(Error::NotFound)?;
    let people = people::service::cared_for(tx, &ctx.actor, ctx.clock.now())
        .await?
        .into_iter()
        .filter(|person| person.relation == RelationKind::CareTeam)
        .map(|person| Person {
            patient: person.patient,
            name: person.name,
            child: person.kind == PatientKind::Child,
            me: false,
        })
        .collect();
    let card = people::service::therapist_card(tx, me).await?.ok_or(Error::NotFound)?;
    Ok((people, vec![card]))
}

/// One patient and everybody with a licence where they are. Without a patient there is nothing to choose from.
async fn for_the_desk(tx: &mut Tx, patient: Option<PatientId>) -> Result<(Vec<Person>, Vec<TherapistCard>), Error> {
    let Some(patient) = patient else {
        return Ok((Vec::new(), Vec::new()));
    };
    let card = people::service::patient_card(tx, patient)
        .await?
        .ok_or(Error::NotFound)?;
    let filter = TherapistFilter {
        state_code: Some(card.state_code),
        ..TherapistFilter::default()
    };
    let person = Person {
        patient,
        name: card.name,
        child: card.kind == PatientKind::Child,
        me: false,
    };
    Ok((vec![person], people::service::find_therapists(tx, &filter).await?))
}
