//! Visits that staff plan without a request, and overbooking with a reason.

use crate::clinic::{Clinic, code};
use chrono::Duration;
use kernel::{PatientId, TherapistId};
use scheduling::{
    model::{ServiceId, VisitState},
    service::{self, Move, Offer, Plan, ProposalOf, WantedTime},
};

fn plan<'a>(
    clinic: &Clinic,
    patient: PatientId,
    therapist: Option<TherapistId>,
    service: ServiceId,
    starts: &'a str,
) -> Plan<'a> {
    Plan {
        patient,
        therapist,
        service,
        time: WantedTime::at(starts),
        minutes: "",
        message: "",
        overbook: "",
        overbook_words: "",
        key: clinic.key(),
    }
}

#[tokio::test]
async fn a_therapist_plans_a_visit_with_an_own_patient() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let starts = (slot.starts + Duration::minutes(7)).to_rfc3339();
    let wish = Plan {
        message: "Bring the diary.",
        minutes: "30",
        ..plan(&clinic, clinic.patient("Ana"), None, service_id, &starts)
    };
    let planned = service::plan_visit(&tess, &wish).await.unwrap();
    assert_eq!(
        planned,
        service::plan_visit(&tess, &wish).await.unwrap(),
        "pressed twice, planned once"
    );
    let view = service::get_visit(&ana, planned.visit).await.unwrap();
    assert_eq!(
        (view.state, view.message.as_str()),
        (VisitState::Scheduled, "Bring the diary.")
    );
    assert_eq!(view.when.ends - view.when.starts, Duration::minutes(30));
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);
    let sealed: Vec<u8> = sqlx::query_scalar("SELECT message FROM scheduling.visit WHERE id = $1")
        .bind(planned.visit.uuid())
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("diary"));
    // Somebody else's calendar, a stranger and a patient who plans are not there.
    let (_, stranger) = clinic.newcomer(1).await;
    let other_time = (slot.starts + Duration::days(1)).to_rfc3339();
    let foreign = plan(&clinic, stranger, None, service_id, &other_time);
    assert_eq!(code(service::plan_visit(&tess, &foreign).await), "not_found");
    let mara = Some(clinic.therapist("mara"));
    let elsewhere = plan(&clinic, clinic.patient("Ana"), mara, service_id, &other_time);
    assert_eq!(code(service::plan_visit(&tess, &elsewhere).await), "not_found");
    let own = plan(&clinic, clinic.patient("Ana"), None, service_id, &other_time);
    assert_eq!(code(service::plan_visit(&ana, &own).await), "not_found");
}

#[tokio::test]
async fn the_desk_plans_for_anyone_and_the_therapist_joins_the_care_team() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let (service_id, slot) = clinic.slot(&clinic.ana(), "tess", "Ana").await;
    let (_, stranger) = clinic.newcomer(1).await;
    let starts = slot.starts.to_rfc3339();
    let nobody = plan(&clinic, stranger, None, service_id, &starts);
    assert_eq!(code(service::plan_visit(&lia, &nobody).await), "invalid");
    let tess = Some(clinic.therapist("tess"));
    let planned = service::plan_visit(&lia, &plan(&clinic, stranger, tess, service_id, &starts))
        .await
        .unwrap();
    assert!(service::get_visit(&clinic.tess_acts(), planned.visit).await.is_ok());
    // A child does not come for an adult's service.
    let child = plan(&clinic, clinic.patient("Benjamin"), tess, service_id, &starts);
    assert_eq!(code(service::plan_visit(&lia, &child).await), "invalid");
}

#[tokio::test]
async fn overbooking_is_chosen_explained_and_counts_as_taken() {
    let clinic = Clinic::start().await;
    let (ana, noah, lia, tess) = (clinic.ana(), clinic.noah(), clinic.lia(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let at = service::get_visit(&ana, visit).await.unwrap().when.starts;
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let starts = at.to_rfc3339();
    let noah_id = clinic.patient("Noah");
    let tess_id = Some(clinic.therapist("tess"));
    let wish = plan(&clinic, noah_id, tess_id, service_id, &starts);
    assert_eq!(code(service::plan_visit(&lia, &wish).await), "slot_taken");
    let unexplained = Plan {
        overbook: "other",
        ..plan(&clinic, noah_id, tess_id, service_id, &starts)
    };
    assert_eq!(code(service::plan_visit(&lia, &unexplained).await), "invalid");
    let chosen = Plan {
        overbook: "urgent",
        overbook_words: "Called in distress",
        ..plan(&clinic, noah_id, tess_id, service_id, &starts)
    };
    let planned = service::plan_visit(&lia, &chosen).await.unwrap();
    assert!(planned.overbooked);
    let for_staff = service::get_visit(&tess, planned.visit).await.unwrap().history;
    let step = for_staff.last().unwrap();
    assert_eq!(
        (step.to.as_str(), step.why.as_str(), step.words.as_str()),
        ("overbooked", "urgent", "Called in distress")
    );
    let for_noah = service::get_visit(&noah, planned.visit).await.unwrap().history;
    assert!(for_noah.iter().all(|step| step.to != "overbooked"));
    // Nobody is in two visits at once, whatever the reason.
    let twice = Plan {
        overbook: "urgent",
        ..plan(&clinic, noah_id, tess_id, service_id, &starts)
    };
    assert_eq!(code(service::plan_visit(&lia, &twice).await), "patient_busy");

    // The visit below goes; the overbooked one still takes the time, for whoever asks for it directly too.
    service::cancel_visit(&ana, visit, "unwell", "", clinic.key())
        .await
        .unwrap();
    let (stranger, patient) = clinic.newcomer(1).await;
    let hold = service::take_hold(&stranger, clinic.therapist("tess"), service_id, at, patient).await;
    assert_eq!(code(hold), "slot_taken");
}

#[tokio::test]
async fn overbooking_is_not_for_patients_one_floor_below_either() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let forged = sqlx::query(
        "INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id, overbooked_by)
         VALUES (gen_random_uuid(), $1, $1, $2, tstzrange(now(), now() + interval '1 hour'), 'visit', gen_random_uuid(), $3)",
    )
    .bind(clinic.therapist("tess").uuid())
    .bind(clinic.patient("Ana").uuid())
    .bind(ana.actor.account.uuid())
    .execute(&mut *tx)
    .await;
    assert!(forged.is_err());
}

#[tokio::test]
async fn a_visit_planned_by_mistake_leaves_the_lists() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let listed = async |ctx: &kernel::Ctx| {
        let past = service::my_calendar(ctx, true, None, "").await.unwrap().rows.len();
        let lia = clinic.lia();
        let filter = service::VisitFilter {
            from: clinic.now(),
            until: clinic.now() + chrono::Duration::days(60),
            state: None,
            therapist: None,
            service: None,
            patients: None,
        };
        let mut tx = lia.db.begin(&lia.actor).await.unwrap();
        let desk = service::all_visits(&lia, &mut tx, &filter, service::Leaf::First, 100, kernel::Zone::UTC)
            .await
            .unwrap();
        (past, desk.rows.len())
    };
    let (past, all) = listed(&ana).await;
    let by_patient = service::cancel_visit(&ana, visit, "planned_by_mistake", "", clinic.key()).await;
    assert_eq!(code(by_patient), "invalid");
    service::cancel_visit(&tess, visit, "planned_by_mistake", "", clinic.key())
        .await
        .unwrap();
    assert_eq!(listed(&ana).await, (past, all - 1));
}

/// A licence that ends between today and the visit is none for the visit, whatever staff do to get it there.
#[tokio::test]
async fn nobody_is_booked_beyond_the_last_day_of_a_licence() {
    let clinic = Clinic::start().await;
    let (tess, lia, ana) = (clinic.tess_acts(), clinic.lia(), clinic.ana());
    let visit = clinic.visit(&ana, "tess", "Ana").await;
    let (kind, slot) = clinic.slot(&ana, "tess", "Ana").await;
    sqlx::query("UPDATE people.licence SET valid_until = $2 WHERE therapist_id = $1")
        .bind(clinic.therapist("tess").uuid())
        .bind((slot.starts + Duration::days(3)).date_naive())
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let late = (slot.starts + Duration::days(7)).to_rfc3339();
    let over = Plan {
        overbook: "urgent",
        ..plan(&clinic, clinic.patient("Ana"), None, kind, &late)
    };
    assert_eq!(code(service::plan_visit(&tess, &over).await), "no_licence");
    let away = Move {
        visit,
        time: WantedTime::at(&late),
        therapist: None,
        reason: "patient_asked",
        words: "",
        overbook: "urgent",
        overbook_words: "",
        key: clinic.key(),
    };
    assert_eq!(code(service::move_visit(&lia, &away).await), "no_licence");
    let times = [WantedTime::at(&late)];
    let offer = Offer {
        of: ProposalOf::Visit(visit),
        therapist: None,
        times: &times,
        words: "",
        key: clinic.key(),
    };
    assert_eq!(code(service::propose_times(&lia, &offer).await), "no_licence");
    let soon = (slot.starts + Duration::days(1)).to_rfc3339();
    let within = plan(&clinic, clinic.patient("Ana"), None, kind, &soon);
    service::plan_visit(&tess, &within).await.unwrap();
}
