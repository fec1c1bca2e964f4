//! What can honestly be taken back: for a minute, before the news has left, before anybody has looked.

use crate::{
    clinic::Clinic,
    desk::{code, leo, number, open, queue},
};
use chrono::Duration;
use desk::service;
use scheduling::model::RequestState;

async fn state(clinic: &Clinic, request: kernel::RequestId) -> RequestState {
    let rows = scheduling::service::list_requests(&clinic.lia(), "", "").await.unwrap();
    rows.rows
        .iter()
        .find(|row| row.request == request)
        .map_or(RequestState::Approved, |row| row.state)
}

#[tokio::test]
async fn an_approval_is_taken_back_as_if_it_had_not_been() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let (newcomer, patient) = clinic.newcomer(1).await;
    let request = ask_for(&clinic, &newcomer, patient).await;
    let team = format!(
        "SELECT count(*) FROM people.relation WHERE kind = 'care_team' AND patient_id = '{patient}' AND ends_at IS NULL"
    );
    let before = number(&clinic, &team).await;
    let visit = service::approve(&lia, request, clinic.key()).await.unwrap();
    assert_eq!(number(&clinic, &team).await, before + 1);
    assert_eq!(queue(&lia).await.undoable.len(), 1);
    clinic.advance(Duration::seconds(59));
    service::undo(&lia, request).await.unwrap();

    assert_eq!(state(&clinic, request).await, RequestState::Pending);
    assert_eq!(
        number(&clinic, &team).await,
        before,
        "the therapist is not of the team any more"
    );
    assert_eq!(
        code_of(scheduling::service::get_visit(&lia, visit).await),
        "not_found",
        "that visit never was"
    );
    let calendar = scheduling::service::my_calendar(&newcomer, true, None, "")
        .await
        .unwrap();
    assert!(calendar.rows.is_empty(), "nothing cancelled is shown to the patient");
    let left = number(
        &clinic,
        "SELECT count(*) FROM kernel.outbox WHERE topic = 'scheduling.visit_scheduled' AND last_error IS DISTINCT FROM 'recalled'
         AND run_at > (SELECT max(run_at) FROM kernel.outbox) - interval '1 second'",
    )
    .await;
    assert_eq!(left, 0, "no letter leaves");
    let again = service::approve(&lia, request, clinic.key()).await.unwrap();
    assert_ne!(again, visit, "and it can be decided anew");
}

/// A request of somebody who has no visits yet.
async fn ask_for(clinic: &Clinic, ctx: &kernel::Ctx, patient: kernel::PatientId) -> kernel::RequestId {
    let tess = clinic.therapist("tess");
    let wish = scheduling::service::TimesWish {
        therapist: tess,
        for_patient: Some(patient),
        service: None,
        month: String::new(),
        around: String::new(),
    };
    let times = scheduling::service::therapist_times(ctx, &wish).await.unwrap();
    let (offered, slot) = (times.service.unwrap().service, times.next_available.unwrap());
    let hold = scheduling::service::take_hold(ctx, tess, offered, slot.starts, patient)
        .await
        .unwrap();
    scheduling::service::request_visit(ctx, hold, "", None, clinic.key())
        .await
        .unwrap()
}

fn code_of<T: std::fmt::Debug>(answer: Result<T, scheduling::Error>) -> String {
    crate::clinic::code(answer)
}

#[tokio::test]
async fn a_decline_is_taken_back_with_its_time_unless_that_is_gone() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    service::decline(&lia, request, "papers_missing", "Please send it.", clinic.key())
        .await
        .unwrap();
    service::undo(&lia, request).await.unwrap();
    let detail = open(&lia, request).await;
    assert!(detail.decided.is_none());
    service::decline(&lia, request, "papers_missing", "", clinic.key())
        .await
        .unwrap();
    // Somebody else books the time meanwhile.
    crate::desk::sql(
        &clinic,
        &format!(
            "INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
             SELECT gen_random_uuid(), therapist_id, therapist_id, '{}', during, 'visit', gen_random_uuid()
             FROM scheduling.booking_request WHERE id = '{request}'",
            clinic.patient("Noah")
        ),
    )
    .await;
    assert_eq!(code(service::undo(&lia, request).await), "time_gone");
}

#[tokio::test]
async fn nothing_is_taken_back_after_a_minute_by_others_or_once_somebody_has_looked() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let leo = leo(&clinic).await;
    let late = clinic.request(&ana, "tess", "Ana", "").await;
    service::approve(&lia, late, clinic.key()).await.unwrap();
    assert_eq!(code(service::undo(&leo, late).await), "not_found", "not a colleague's");
    clinic.advance(Duration::seconds(60));
    assert_eq!(code(service::undo(&lia, late).await), "too_late");

    let seen = clinic.request(&ana, "tess", "Ana", "").await;
    service::approve(&lia, seen, clinic.key()).await.unwrap();
    scheduling::service::my_calendar(&ana, false, None, "").await.unwrap();
    assert_eq!(
        code(service::undo(&lia, seen).await),
        "too_late",
        "the patient has read Confirmed"
    );
}
