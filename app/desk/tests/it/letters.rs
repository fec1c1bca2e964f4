//! Letters that did not arrive, at the desk.

use crate::{
    clinic::Clinic,
    desk::{code, leo, number, open, queue, sql},
};
use chrono::Duration;
use desk::{
    api::view::Body,
    model::{ItemId, Kind, Risk},
    service,
};
use kernel::VisitId;
use letters::model::LetterId;

/// A letter of Ana's about a visit, in the state it came to.
async fn plant(clinic: &Clinic, visit: VisitId, state: &str, kind: &str) -> LetterId {
    let id = clinic.test.house.ids.uuid();
    let (now, account, patient) = (
        clinic.now().to_rfc3339(),
        clinic.ana().actor.account,
        clinic.patient("Ana"),
    );
    sql(
        clinic,
        &format!(
            "INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, cause, state, created_at, run_at,
                                         settled_at, outcome)
             VALUES ('{id}', '{kind}', '{account}', '{patient}', '{visit}', 'planted', '{state}', '{now}', '{now}', '{now}', '550')",
        ),
    )
    .await;
    LetterId::new(id)
}

const fn item(letter: LetterId) -> ItemId {
    ItemId {
        kind: Kind::Letter,
        id: letter.uuid(),
    }
}

async fn waits(clinic: &Clinic, letter: LetterId) -> bool {
    queue(&clinic.lia())
        .await
        .rows
        .iter()
        .any(|row| row.item == item(letter))
}

#[tokio::test]
async fn a_letter_that_did_not_arrive_waits_until_it_is_sent_again_or_its_reader_knows() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let lost = plant(&clinic, visit, "dead", "visit_confirmed").await;
    let perhaps = plant(&clinic, visit, "unknown", "reminder").await;
    let sent = plant(&clinic, visit, "sent", "visit_moved").await;
    assert!(waits(&clinic, lost).await && waits(&clinic, perhaps).await && !waits(&clinic, sent).await);

    let rows = queue(&lia).await.rows;
    let row = rows.iter().find(|row| row.item == item(lost)).unwrap();
    assert_eq!(row.person.name, "Ana Alvarez");
    let view = open(&lia, item(lost)).await;
    assert!(view.position > 0 && view.patient.is_some(), "whom to call");
    let Body::Letter(_, letter) = view.body else {
        panic!("not a letter")
    };
    assert_eq!(
        (letter.lost, letter.outcome.as_str(), letter.visit),
        (true, "550", Some(visit))
    );
    assert_eq!(open(&lia, item(sent)).await.position, 0, "it does not wait");

    service::send_letter(&lia, lost).await.unwrap();
    service::put_aside(&lia, item(perhaps)).await.unwrap();
    assert!(!waits(&clinic, lost).await && !waits(&clinic, perhaps).await);
    let queued =
        format!("SELECT count(*) FROM letters.letter WHERE id = '{lost}' AND state = 'queued' AND outcome IS NULL");
    assert_eq!(number(&clinic, &queued).await, 1);
    assert_eq!(code(service::send_letter(&lia, lost).await), "already_sent");
    let audited = format!("SELECT count(*) FROM kernel.audit_entry WHERE object = '{lost}' AND action = 'changed'");
    assert_eq!(number(&clinic, &audited).await, 1);
}

#[tokio::test]
async fn a_letter_a_colleague_works_on_is_theirs_and_other_roles_have_none() {
    let clinic = Clinic::start().await;
    let leo = leo(&clinic).await;
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let lost = plant(&clinic, visit, "dead", "visit_confirmed").await;
    service::take(&leo, item(lost), false).await.unwrap();
    assert_eq!(code(service::send_letter(&clinic.lia(), lost).await), "taken_by_other");
    for other in [clinic.ana(), clinic.tess_acts(), clinic.ada()] {
        assert_eq!(code(service::send_letter(&other, lost).await), "not_found");
    }
    let dead = format!("SELECT count(*) FROM letters.letter WHERE id = '{lost}' AND state = 'dead'");
    assert_eq!(number(&clinic, &dead).await, 1);
}

#[tokio::test]
async fn a_lost_letter_presses_before_the_visit_and_waits_for_nobody_after_it() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let lost = plant(&clinic, visit, "dead", "visit_confirmed").await;
    let when = scheduling::service::get_visit(&lia, visit).await.unwrap().when;
    clinic.advance(when.starts - clinic.now() - Duration::hours(3));
    let rows = queue(&lia).await.rows;
    let row = rows.iter().find(|row| row.item == item(lost)).unwrap();
    assert_eq!(row.risk, Risk::Now, "somebody may not come, or come in vain");
    clinic.advance(when.ends - clinic.now() + Duration::minutes(1));
    assert!(!waits(&clinic, lost).await);
}

/// A letter about other times concerns nobody once the times are answered or kept no longer.
#[tokio::test]
async fn a_lost_letter_about_proposed_times_goes_with_them() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let times = clinic.times(&clinic.ana(), "tess", "Ana").await;
    let later = clinic.now() + Duration::days(4);
    let mut free = times
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .filter(|slot| slot.starts > later);
    let mut proposed = async || {
        let starts = free.next().unwrap().starts.to_rfc3339();
        let offer = scheduling::service::Offer {
            of: scheduling::service::ProposalOf::Visit(visit),
            therapist: None,
            times: &[scheduling::service::WantedTime::at(&starts)],
            words: "",
            key: clinic.key(),
        };
        let proposal = scheduling::service::propose_times(&lia, &offer).await.unwrap();
        let letter = plant(&clinic, visit, "dead", "times_proposed").await;
        sql(
            &clinic,
            &format!(
                "UPDATE letters.letter SET visit_id = NULL, proposal_id = '{proposal}', cause = '{proposal}'
                 WHERE id = '{letter}'"
            ),
        )
        .await;
        (proposal, letter)
    };
    let (first, about_first) = proposed().await;
    assert!(
        waits(&clinic, about_first).await,
        "the patient does not know that they are asked"
    );
    scheduling::service::decline_proposal(&clinic.ana(), first, clinic.key())
        .await
        .unwrap();
    assert!(!waits(&clinic, about_first).await, "they answered");

    let (_, about_second) = proposed().await;
    assert!(waits(&clinic, about_second).await);
    clinic.advance(Duration::hours(25));
    scheduling::service::jobs::expire_holds_and_requests(&clinic.test.house)
        .await
        .unwrap();
    assert!(!waits(&clinic, about_second).await, "the times are kept no longer");
    let asked = letters::service::dead_letters;
    let mut tx = clinic.test.house.db.begin(&lia.actor).await.unwrap();
    let lost = asked(&mut tx, clinic.now(), 10).await.unwrap();
    assert!(lost.is_empty(), "nor do they take the place of others: {lost:?}");
}
