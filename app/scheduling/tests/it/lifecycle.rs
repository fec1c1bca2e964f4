//! From a free time to a confirmed visit in everybody's past, through every role.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use scheduling::{
    api::view::{Bookable, Standing},
    model::{RequestState, VisitState},
    service,
};

#[tokio::test]
#[expect(clippy::too_many_lines, clippy::similar_names, reason = "one walk, told in order")]
async fn a_visit_is_found_requested_approved_held_and_confirmed() {
    let clinic = Clinic::start().await;
    let (ana, lia, tess) = (clinic.ana(), clinic.lia(), clinic.tess_acts());

    // Found: earliest first, in the patient's zone, only where the licence fits.
    let found = service::find_therapists(
        &ana,
        &service::Wish {
            specialty: "anxiety".into(),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    assert_eq!(
        found.hits.iter().map(|hit| hit.face.name.as_str()).collect::<Vec<_>>(),
        ["Tess Moreno"]
    );
    assert_eq!(
        (found.state_code.as_str(), found.zone.unwrap().label.as_str()),
        ("IL", "Chicago (Central)")
    );
    assert_eq!(found.hits[0].next.len(), 3);
    assert!(
        found.hits[0]
            .next
            .iter()
            .all(|slot| slot.starts >= clinic.now() + Duration::minutes(120))
    );

    // Kept, then asked for.
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let view = clinic.hold_view(&ana, hold).await;
    assert_eq!(view.expires_at - view.server_now, Duration::minutes(5));
    let key = clinic.key();
    let request = service::request_visit(&ana, hold, " Sunday evenings ", None, key)
        .await
        .unwrap();
    let again = service::request_visit(&ana, hold, " Sunday evenings ", None, key)
        .await
        .unwrap();
    assert_eq!(request, again, "pressed twice, sent once");
    let sent = service::get_request(&ana, request).await.unwrap();
    assert_eq!(
        (sent.state, sent.reason.as_str(), sent.can_withdraw),
        (RequestState::Pending, "Sunday evenings", true)
    );
    // A running request takes its time from everybody (G1).
    let (_, slot) = clinic.slot(&clinic.noah(), "tess", "Noah").await;
    assert_ne!(slot.starts, sent.when.starts);

    // Decided at the desk.
    let queue = service::list_requests(&lia, "", "").await.unwrap();
    assert_eq!(queue.open, 3, "two of the demo and this one");
    let detail = service::request_detail(&lia, request).await.unwrap();
    assert!(detail.can_approve, "{:?}", detail.checks);
    assert_eq!(detail.reason, "Sunday evenings");
    let visit = service::approve_request(&lia, request, clinic.key()).await.unwrap();
    assert_eq!(service::get_request(&ana, request).await.unwrap().visit, Some(visit));
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);

    // Planned for both.
    let calendar = service::my_calendar(&ana, false, None, "").await.unwrap();
    let row = calendar
        .rows
        .iter()
        .find(|row| row.about == Bookable::Visit(visit))
        .expect("the visit");
    assert_eq!(row.standing, Standing::Visit(VisitState::Scheduled));
    let seen = service::get_visit(&tess, visit).await.unwrap();
    assert_eq!(
        (seen.person.name.as_str(), seen.reason.as_str()),
        ("Ana Alvarez", "Sunday evenings")
    );
    assert_eq!(seen.when.zone.name, "America/New_York");
    assert!(!seen.acts.confirm && !seen.acts.join);

    // Held: check in, begin, end, with presence.
    clinic.advance(seen.when.starts - clinic.now());
    let now = clinic.now();
    let house = &clinic.test.house;
    let mut tx = house.db.begin(&ana.actor).await.unwrap();
    let seat = service::visit_for_room(&mut tx, &ana.actor, visit)
        .await
        .unwrap()
        .unwrap()
        .seat;
    assert_eq!(
        service::check_in(&mut tx, now, visit, house).await.unwrap(),
        VisitState::Waiting
    );
    service::record_presence(&mut tx, visit, ana.actor.account, seat, now, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(service::today(&tess).await.unwrap().waiting.len(), 1);
    let mut tx = house.db.begin(&tess.actor).await.unwrap();
    assert_eq!(
        service::begin_visit(&mut tx, now, visit, house).await.unwrap(),
        VisitState::InProgress
    );
    assert_eq!(
        service::begin_visit(&mut tx, now, visit, house).await.unwrap(),
        VisitState::InProgress
    );
    let end = now + Duration::minutes(40);
    assert_eq!(
        service::end_visit(&mut tx, end, visit, house).await.unwrap(),
        VisitState::Ended
    );
    tx.commit().await.unwrap();

    // Confirmed, once, with a sealed summary.
    clinic.advance(Duration::minutes(45));
    let key = clinic.key();
    service::complete_visit(&tess, visit, "completed", "Agreed on one step.", key)
        .await
        .unwrap();
    service::complete_visit(&tess, visit, "completed", "Agreed on one step.", key)
        .await
        .unwrap();
    assert_eq!(clinic.events("scheduling.visit_completed").await, 1);
    let stored: Vec<u8> = sqlx::query_scalar("SELECT summary FROM scheduling.visit WHERE id = $1")
        .bind(visit.uuid())
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&stored).contains("step"));

    // In everybody's past, with the fields of their role.
    let past = service::my_calendar(&ana, true, None, "").await.unwrap();
    assert_eq!(past.rows[0].about, Bookable::Visit(visit));
    let (for_ana, for_lia) = (
        service::get_visit(&ana, visit).await.unwrap(),
        service::get_visit(&lia, visit).await.unwrap(),
    );
    assert_eq!(for_ana.summary.as_deref(), Some("Agreed on one step."));
    assert!(for_ana.presence.is_empty());
    assert_eq!(
        for_lia.summary, None,
        "what happened in a visit is not the desk's to read"
    );
    assert_eq!(for_lia.presence.len(), 1);
    let steps: Vec<&str> = for_ana.history.iter().map(|step| step.to.as_str()).collect();
    let expected = [
        "pending",
        "approved",
        "scheduled",
        "waiting",
        "in_progress",
        "ended",
        "completed",
    ];
    assert_eq!(steps, expected);
    let verdict = kernel::audit::verify(&clinic.test.owner).await.unwrap();
    assert!(
        matches!(verdict, kernel::audit::Verdict::Holds(entries) if entries > 10),
        "{verdict:?}"
    );

    // Nobody else's.
    assert_eq!(code(service::get_visit(&clinic.noah(), visit).await), "not_found");
    assert_eq!(code(service::get_visit(&clinic.theo_acts(), visit).await), "not_found");
    assert_eq!(code(service::get_request(&clinic.gus(), request).await), "not_found");
}

#[tokio::test]
async fn a_guardian_books_for_a_child_and_both_are_on_the_record() {
    let clinic = Clinic::start().await;
    let gus = clinic.gus();
    let found = service::find_therapists(
        &gus,
        &service::Wish {
            for_patient: Some(clinic.patient("Benjamin")),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    assert!(found.people.iter().all(|person| person.child && !person.me));
    assert!(found.hits.iter().any(|hit| hit.face.name == "Theo Lindqvist"));
    let visit = clinic.visit(&gus, "theo", "Benjamin").await;
    let view = service::get_visit(&gus, visit).await.unwrap();
    assert_eq!((view.person.name.as_str(), view.person.child), ("Bo Grant", true));
    let both: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM kernel.audit_entry WHERE actor = $1 AND acting_for = $2 AND kind = 'request'",
    )
    .bind(gus.actor.account.uuid())
    .bind(clinic.patient("Benjamin").uuid())
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert!(both >= 1);
    // A patient cannot book for the child, nor the guardian for a stranger.
    assert_eq!(code(clinic_hold(&clinic, &clinic.ana(), "Benjamin").await), "not_found");
    assert_eq!(code(clinic_hold(&clinic, &gus, "Ana").await), "not_found");
}

async fn clinic_hold(
    clinic: &Clinic,
    ctx: &kernel::Ctx,
    patient: &str,
) -> Result<scheduling::model::HoldId, scheduling::Error> {
    let (service, slot) = clinic.slot(&clinic.gus(), "theo", "Benjamin").await;
    service::take_hold(
        ctx,
        clinic.therapist("theo"),
        service,
        slot.starts,
        clinic.patient(patient),
    )
    .await
}
