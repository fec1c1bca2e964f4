//! What staff may agree without asking: with whom, for what, and where the law and the calendar say no (R12).

use crate::{
    Error,
    model::{Line, ServiceId},
    store::{self, catalog::Service, meeting::Meeting},
};
use kernel::{PatientId, TherapistId, Tx};
use people::{PatientCard, PatientKind, TherapistCard};

/// A pair that may meet, and for what.
#[derive(Debug)]
pub struct Pair {
    pub patient: PatientCard,
    pub therapist: TherapistCard,
    pub service: Service,
}

/// Looks both up and checks what no reason can overrule: the therapist offers the service, it fits the patient, and there is a
/// licence for the patient's state. Whether it is still one on the day, `require_licence` knows.
///
/// # Errors
/// `NotFound` for somebody the actor does not see or a service that is not theirs, `Invalid` at `service`, `NoLicence`.
pub async fn pair(tx: &mut Tx, patient: PatientId, therapist: TherapistId, service: ServiceId) -> Result<Pair, Error> {
    let patient = people::service::patient_card(tx, patient)
        .await?
        .ok_or(Error::NotFound)?;
    let card = people::service::therapist_card(tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let service = store::catalog::offered_by(tx, therapist)
        .await?
        .into_iter()
        .find(|one| one.id == service)
        .ok_or(Error::NotFound)?;
    if service.line != line_of(patient.kind) {
        return Err(Error::invalid("service", "unfit"));
    }
    if !card.licence_states.contains(&patient.state_code) {
        return Err(Error::NoLicence);
    }
    Ok(Pair {
        patient,
        therapist: card,
        service,
    })
}

/// The licence covers the patient's state on the day of the visit. No reason overrules the law, not even overbooking.
///
/// # Errors
/// `NoLicence`.
pub async fn require_licence(tx: &mut Tx, meeting: &Meeting) -> Result<(), Error> {
    if people::service::licensed_at(tx, meeting.therapist, meeting.patient, meeting.starts).await? {
        Ok(())
    } else {
        Err(Error::NoLicence)
    }
}

/// Children come for child therapy, adults for mental health.
pub const fn line_of(kind: PatientKind) -> Line {
    match kind {
        PatientKind::Child => Line::ChildTherapy,
        PatientKind::Adult => Line::MentalHealth,
    }
}

/// An absence is no claim: staff may book into it only as they overbook.
///
/// # Errors
/// `TherapistAway`.
pub async fn require_present(tx: &mut Tx, meeting: &Meeting, overbook: bool) -> Result<(), Error> {
    if overbook
        || store::hours::absences(tx, meeting.therapist, meeting.starts, meeting.ends)
            .await?
            .is_empty()
    {
        Ok(())
    } else {
        Err(Error::TherapistAway)
    }
}
