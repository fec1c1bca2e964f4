//! The rules of booking, changed while the house runs: what is offered, kept and approved follows at once.

#![expect(clippy::expect_used, reason = "helpers of tests: what fails must stop the test")]
#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use crate::clinic::{Clinic, code};
use chrono::Duration;
use kernel::{ApiError, Ctx};
use scheduling::{
    Error,
    api::{PreviewAsk, RulesPlace, view::Fate},
    model::{HoldState, Parameter, RequestState, VisitState},
    service::{self, RulesInput},
};
use std::collections::BTreeMap;

fn place(group: &str) -> RulesPlace {
    RulesPlace {
        group: group.to_owned(),
        ..RulesPlace::default()
    }
}

fn typed(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Saves as an administrator who has just loaded the page.
async fn set(clinic: &Clinic, place: &RulesPlace, values: &[(&str, &str)]) -> Result<(), Error> {
    set_from(clinic, place, values, "").await
}

async fn set_from(clinic: &Clinic, place: &RulesPlace, values: &[(&str, &str)], from: &str) -> Result<(), Error> {
    let ada = clinic.ada();
    let seen = service::rules_page(&ada, place).await.unwrap().number;
    let input = RulesInput {
        place,
        values: &typed(values),
        reason: "We try this",
        from,
        seen,
    };
    service::save_rules(&ada, &input, clinic.key()).await
}

fn fields_of(answer: Result<(), Error>) -> Vec<(String, String)> {
    match ApiError::from(answer.expect_err("a refusal")) {
        ApiError::Invalid(fields) => fields.into_iter().map(|wrong| (wrong.field, wrong.code)).collect(),
        other => vec![(String::new(), other.code().to_owned())],
    }
}

#[tokio::test]
async fn a_longer_notice_takes_the_near_times_away_and_is_put_back() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let before = clinic.times(&ana, "tess", "Ana").await.next_available.unwrap();
    set(&clinic, &place("notice"), &[("notice", "2880")]).await.unwrap();
    let after = clinic.times(&ana, "tess", "Ana").await.next_available.unwrap();
    assert!(before.starts < clinic.now() + Duration::days(2) && after.starts >= clinic.now() + Duration::days(2));
    // A time that is no longer offered is not kept either, whatever a page still shows.
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let (tess, patient) = (clinic.therapist("tess"), clinic.patient("Ana"));
    let late = service::take_hold(&ana, tess, service_id, before.starts, patient).await;
    assert_eq!(code(late), "slot_taken");

    let log = service::rules_page(&clinic.ada(), &place("notice")).await.unwrap().log;
    assert_eq!(
        (log[0].by.as_str(), log[0].reason.as_str(), log[0].number),
        ("Ada Berg", "We try this", 1)
    );
    service::put_back_rules(&clinic.ada(), log[0].version, clinic.key())
        .await
        .unwrap();
    assert_eq!(
        clinic.times(&ana, "tess", "Ana").await.next_available.unwrap().starts,
        before.starts
    );
    let log = service::rules_page(&clinic.ada(), &place("notice")).await.unwrap().log;
    assert_eq!(
        (log.len(), log[0].changes[0].was, log[0].changes[0].value),
        (2, Some(2_880), None)
    );
    let again = service::put_back_rules(&clinic.ada(), log[1].version, clinic.key()).await;
    assert_eq!(fields_of(again), [(String::new(), "nothing_changed".to_owned())]);
}

#[tokio::test]
async fn an_override_rules_its_own_therapist_only() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let of_tess = RulesPlace {
        therapist: clinic.therapist("tess").to_string(),
        ..place("notice")
    };
    let mara = clinic.times(&ana, "june", "Ana").await.next_available;
    set(&clinic, &of_tess, &[("notice", "4320")]).await.unwrap();
    let tess = clinic.times(&ana, "tess", "Ana").await.next_available.unwrap();
    assert!(tess.starts >= clinic.now() + Duration::days(3));
    assert_eq!(clinic.times(&ana, "june", "Ana").await.next_available, mara);
    // The search goes by each therapist's own rules, too.
    let found = service::find_therapists(&ana, &service::Wish::default()).await.unwrap();
    for hit in &found.hits {
        let first = hit.next.first().map(|slot| slot.starts);
        if hit.face.therapist == clinic.therapist("tess") {
            assert_eq!(first, Some(tess.starts));
        } else if let Some(first) = first {
            assert!(first < clinic.now() + Duration::days(3));
        }
    }
    assert!(
        found
            .hits
            .iter()
            .any(|hit| hit.face.therapist == clinic.therapist("tess"))
    );
}

#[tokio::test]
async fn a_buffer_of_the_house_is_kept_free_and_kept_by_the_hold() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    set(
        &clinic,
        &place("slots"),
        &[("hold", "20"), ("buffer_before", "30"), ("interval", "15")],
    )
    .await
    .unwrap();
    let (service_id, slot) = clinic.slot(&ana, "tess", "Ana").await;
    let (tess, patient) = (clinic.therapist("tess"), clinic.patient("Ana"));
    let hold = service::take_hold(&ana, tess, service_id, slot.starts, patient)
        .await
        .unwrap();
    let claimed: chrono::DateTime<chrono::Utc> =
        sqlx::query_scalar("SELECT starts_at FROM scheduling.calendar_claim WHERE cause_id = $1 AND holder_id = $2")
            .bind(hold.uuid())
            .bind(tess.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap();
    assert_eq!(claimed, slot.starts - Duration::minutes(30));
    let view = service::get_hold(&ana, hold).await.unwrap();
    assert_eq!(view.expires_at, clinic.now() + Duration::minutes(20));
    clinic.advance(Duration::minutes(19));
    assert_eq!(service::get_hold(&ana, hold).await.unwrap().state, HoldState::Active);
}

#[tokio::test]
async fn a_change_for_later_holds_from_its_day_on() {
    let clinic = Clinic::start().await;
    let ada = clinic.ada();
    set_from(&clinic, &place("notice"), &[("cut_off", "48")], "2027-03-05")
        .await
        .unwrap();
    let cut_off = async || {
        let view = service::rules_page(&ada, &place("notice")).await.unwrap();
        let field = view
            .fields
            .into_iter()
            .find(|field| field.parameter == Parameter::CutOff);
        field.unwrap().value()
    };
    assert_eq!(cut_off().await, 24);
    assert!(service::rules_page(&ada, &place("notice")).await.unwrap().log[0].planned);
    // What is changed meanwhile neither waits for it nor undoes it.
    set(&clinic, &place("notice"), &[("notice", "60")]).await.unwrap();
    clinic.advance(Duration::days(4));
    assert_eq!(cut_off().await, 48);
    assert_eq!(
        fields_of(set_from(&clinic, &place("notice"), &[("cut_off", "12")], "2027-03-05").await),
        [("from".to_owned(), "in_the_past".to_owned())]
    );
}

#[tokio::test]
async fn what_contradicts_itself_is_refused_with_both_names() {
    let clinic = Clinic::start().await;
    assert_eq!(
        fields_of(set(&clinic, &place("reminders"), &[("reminder_3", "60")]).await),
        [
            ("values[reminder_2]".to_owned(), "must_differ:reminder_3".to_owned()),
            ("values[reminder_3]".to_owned(), "must_differ:reminder_2".to_owned())
        ]
    );
    assert_eq!(
        fields_of(set(&clinic, &place("slots"), &[("hold", "31"), ("interval", "x")]).await),
        [
            ("values[hold]".to_owned(), "out_of_range".to_owned()),
            ("values[interval]".to_owned(), "malformed".to_owned())
        ]
    );
    assert_eq!(
        fields_of(set(&clinic, &place("slots"), &[("hold", "5")]).await),
        [(String::new(), "nothing_changed".to_owned())]
    );
    // An override that a wider change would contradict is not forgotten.
    let of_tess = RulesPlace {
        therapist: clinic.therapist("tess").to_string(),
        ..place("notice")
    };
    set(&clinic, &of_tess, &[("notice", "14400")]).await.unwrap();
    assert_eq!(
        fields_of(set(&clinic, &place("notice"), &[("horizon", "5")]).await),
        [(String::new(), "contradicts".to_owned())]
    );
    let of_tess = RulesPlace {
        group: "approval".to_owned(),
        ..of_tess
    };
    assert_eq!(
        fields_of(set(&clinic, &of_tess, &[("open_requests", "9")]).await),
        [("values[open_requests]".to_owned(), "not_here".to_owned())]
    );
}

#[tokio::test]
async fn the_second_of_two_administrators_is_told_and_a_retry_acts_once() {
    let clinic = Clinic::start().await;
    let (ada, slots) = (clinic.ada(), place("slots"));
    let key = clinic.key();
    let (seven, nine) = (typed(&[("hold", "7")]), typed(&[("hold", "9")]));
    let input = |values| RulesInput {
        place: &slots,
        values,
        reason: "Longer forms",
        from: "",
        seen: 0,
    };
    service::save_rules(&ada, &input(&seven), key).await.unwrap();
    service::save_rules(&ada, &input(&seven), key).await.unwrap();
    let second = service::save_rules(&ada, &input(&nine), clinic.key()).await;
    assert_eq!(code(second), "rules_moved_on");
    let view = service::rules_page(&ada, &slots).await.unwrap();
    assert_eq!((view.number, view.fields[0].set), (1, Some(7)));
    // Both at the same moment: the database counts.
    let (one, other) = (input(&seven), input(&nine));
    let (one, other) = (RulesInput { seen: 1, ..one }, RulesInput { seen: 1, ..other });
    let eleven = typed(&[("hold", "11")]);
    let one = RulesInput { values: &eleven, ..one };
    let (first, second) = tokio::join!(
        service::save_rules(&ada, &one, clinic.key()),
        service::save_rules(&ada, &other, clinic.key())
    );
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
}

#[tokio::test]
async fn the_preview_shows_what_saving_would_do() {
    let clinic = Clinic::start().await;
    let ask = |values| PreviewAsk {
        place: place("notice"),
        values: typed(values),
        sample_therapist: clinic.therapist("tess").to_string(),
        ..PreviewAsk::default()
    };
    let ada = clinic.ada();
    let same = service::preview_rules(&ada, &ask(&[])).await.unwrap().unwrap();
    assert!(same.before > 0 && same.before == same.after);
    let longer = service::preview_rules(&ada, &ask(&[("notice", "2880")]))
        .await
        .unwrap()
        .unwrap();
    assert!(longer.after < longer.before);
    let gone = longer
        .days
        .iter()
        .flat_map(|day| &day.times)
        .filter(|time| time.fate == Fate::Goes);
    assert_eq!(u32::try_from(gone.count()).unwrap(), longer.before - longer.after);
    // Nothing was saved by looking.
    assert_eq!(service::rules_page(&ada, &place("notice")).await.unwrap().number, 0);
    let refused = service::preview_rules(&ada, &ask(&[("notice", "-1")])).await;
    assert_eq!(code(refused), "invalid");
}

async fn ask_again(clinic: &Clinic, ctx: &Ctx, therapist: &str, patient: &str) -> (RequestState, bool) {
    let request = clinic.request(ctx, therapist, patient, "").await;
    let view = service::get_request(ctx, request).await.unwrap();
    (view.state, view.visit.is_some())
}

#[tokio::test]
async fn a_known_patient_needs_no_approval_where_a_rule_says_so() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana(); // has had two visits with Tess that took place
    assert_eq!(
        ask_again(&clinic, &ana, "tess", "Ana").await,
        (RequestState::Pending, false)
    );
    set(&clinic, &place("approval"), &[("skip_same_therapist", "1")])
        .await
        .unwrap();
    let sent = clinic.events("scheduling.request_sent").await;
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!(view.state, RequestState::Approved);
    let visit = service::get_visit(&ana, view.visit.unwrap()).await.unwrap();
    assert_eq!(visit.state, VisitState::Scheduled);
    assert_eq!(clinic.events("scheduling.visit_scheduled").await, 1);
    assert_eq!(
        clinic.events("scheduling.request_sent").await,
        sent,
        "nobody is asked to answer it"
    );
    let why: Vec<String> = sqlx::query_scalar("SELECT why FROM scheduling.visit_history WHERE visit_id = $1")
        .bind(visit.visit.uuid())
        .fetch_all(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(why, ["by_rule_same_therapist"]);
    // A therapist whom she does not know, and a patient who is new here, still wait.
    assert_eq!(
        ask_again(&clinic, &ana, "june", "Ana").await,
        (RequestState::Pending, false)
    );
    let noah = clinic.noah();
    assert_eq!(
        ask_again(&clinic, &noah, "tess", "Noah").await,
        (RequestState::Pending, false)
    );
}

#[tokio::test]
async fn a_new_therapist_of_a_known_patient_joins_the_care_team() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    set(&clinic, &place("approval"), &[("skip_known_patient", "1")])
        .await
        .unwrap();
    assert_eq!(
        ask_again(&clinic, &ana, "june", "Ana").await,
        (RequestState::Approved, true)
    );
    let joined: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM people.relation WHERE account_id = $1 AND patient_id = $2 AND kind = 'care_team'",
    )
    .bind(clinic.therapist("june").uuid())
    .bind(clinic.patient("Ana").uuid())
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(joined, 1);
}

#[tokio::test]
async fn a_rule_never_agrees_to_a_time_at_which_the_therapist_went_away() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    set(&clinic, &place("approval"), &[("skip_known_patient", "1")])
        .await
        .unwrap();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let day = service::get_hold(&ana, hold).await.unwrap().when.date.to_string();
    let absence = service::AbsenceForm {
        first: &day,
        last: "",
        reason: "Ill",
        colleague: "",
    };
    service::add_time_off(&clinic.tess_acts(), None, absence).await.unwrap();
    let request = service::request_visit(&ana, hold, "", None, clinic.key())
        .await
        .unwrap();
    let view = service::get_request(&ana, request).await.unwrap();
    assert_eq!(view.state, RequestState::Pending, "the desk can do more than a rule");
}

#[tokio::test]
async fn the_order_of_a_search_goes_by_the_weights() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let names = async || -> Vec<String> {
        let found = service::find_therapists(&ana, &service::Wish::default()).await.unwrap();
        found.hits.into_iter().map(|hit| hit.face.name).collect()
    };
    let by_time = names().await;
    set(
        &clinic,
        &place("matching"),
        &[("weight_continuity", "100"), ("weight_earliest", "1")],
    )
    .await
    .unwrap();
    let known_first = names().await;
    assert!(known_first[0].starts_with("Tess"), "{by_time:?} -> {known_first:?}");
    assert_eq!(by_time.len(), known_first.len());
}

#[tokio::test]
async fn the_rules_are_read_by_everybody_and_written_by_admins_alone() {
    let clinic = Clinic::start().await;
    set(&clinic, &place("slots"), &[("hold", "7")]).await.unwrap();
    for ctx in [clinic.ana(), clinic.gus(), clinic.tess_acts(), clinic.lia()] {
        assert_eq!(code(service::rules_page(&ctx, &place("slots")).await), "not_found");
        assert_eq!(
            code(service::preview_rules(&ctx, &PreviewAsk::default()).await),
            "not_found"
        );
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let (values, versions): (i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM scheduling.rule_value), (SELECT count(*) FROM scheduling.rules_version)",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!(
            (values, versions),
            (1, 0),
            "{}: who changed it and why is the admins'",
            ctx.actor.role
        );
        let forged = sqlx::query(
            "INSERT INTO scheduling.rule_value (version_id, number, effective_from, parameter, value)
             SELECT version_id, 2, now(), 'notice', 0 FROM scheduling.rule_value",
        )
        .execute(&mut *tx)
        .await;
        assert!(forged.is_err(), "{}", ctx.actor.role);
    }
    let ada = clinic.ada();
    let mut tx = clinic.test.house.db.begin(&ada.actor).await.unwrap();
    let rewritten = sqlx::query("UPDATE scheduling.rule_value SET value = 1")
        .execute(&mut *tx)
        .await;
    assert!(rewritten.is_err(), "versions are only added");
}

#[tokio::test]
async fn no_visit_is_written_in_a_patients_name_without_a_rule() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let forged = sqlx::query(
        "INSERT INTO scheduling.visit (id, request_id, patient_id, therapist_id, service_id, during, state, agreed_at)
         SELECT gen_random_uuid(), id, patient_id, therapist_id, service_id, during, 'scheduled', sent_at
         FROM scheduling.booking_request WHERE id = $1",
    )
    .bind(request.uuid())
    .execute(&mut *tx)
    .await;
    assert!(forged.is_err());
}
