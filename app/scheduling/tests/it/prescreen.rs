//! Questions before a visit (R11): written by our team, answered under the version that was asked, sealed, and read by those
//! who meet or decide.

#![expect(clippy::panic, reason = "helpers of tests: what fails must stop the test")]
#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::{Clinic, code};
use chrono::Duration;
use kernel::{ApiError, Ctx, RequestId, VisitId};
use scheduling::{
    Error,
    api::{
        QuestionForm,
        view::{AnswersView, PrescreenView},
    },
    model::{HoldId, PrescreenId, prescreen::Typed},
    service::{self, Said},
};

pub fn typed(fields: &[(&str, &str)]) -> Typed {
    fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

async fn open(ctx: &Ctx, form: PrescreenId) -> PrescreenView {
    service::open_prescreen(ctx, form).await.unwrap()
}

async fn add(ctx: &Ctx, form: PrescreenId, kind: &str, label: &str) {
    let seen = open(ctx, form).await.edition;
    service::add_question(ctx, form, seen, kind, label).await.unwrap();
}

async fn publish(ctx: &Ctx, form: PrescreenId) {
    let seen = open(ctx, form).await.edition;
    service::publish_prescreen(ctx, form, seen).await.unwrap();
}

/// A form for everybody: a needed text and a scale.
pub async fn published(clinic: &Clinic) -> PrescreenId {
    let lia = clinic.lia();
    let form = service::add_prescreen(&lia, "Before a talk", None).await.unwrap();
    add(&lia, form, "text", "What brings you here?").await;
    add(&lia, form, "scale", "How well do you sleep?").await;
    let seen = open(&lia, form).await.edition;
    let needed = QuestionForm {
        label: "What brings you here?".to_owned(),
        required: Some("true".to_owned()),
        ..QuestionForm::default()
    };
    service::save_question(&lia, form, seen, 1, &needed).await.unwrap();
    publish(&lia, form).await;
    form
}

pub async fn consent(clinic: &Clinic, form: PrescreenId) {
    add(&clinic.lia(), form, "consent", "I agree to meet by video.").await;
    publish(&clinic.lia(), form).await;
}

async fn send(clinic: &Clinic, ctx: &Ctx, hold: HoldId, answers: &Typed) -> Result<RequestId, Error> {
    let said = Said {
        reason: "Sleep",
        answers,
    };
    service::request_visit(ctx, hold, said, None, clinic.key()).await
}

pub fn words(answers: &AnswersView) -> Vec<Option<&str>> {
    answers.rows.iter().map(|row| row.answer.as_deref()).collect()
}

/// Fields and codes of a refusal.
pub fn wrong<T: std::fmt::Debug>(answer: Result<T, Error>) -> Vec<(String, String)> {
    match ApiError::from(answer.unwrap_err()) {
        ApiError::Invalid(fields) => fields.into_iter().map(|one| (one.field, one.code)).collect(),
        other => panic!("{other:?}"),
    }
}

async fn count(clinic: &Clinic, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&clinic.test.owner).await.unwrap()
}

async fn approved(clinic: &Clinic, request: RequestId) -> VisitId {
    service::approve_request(&clinic.lia(), request, clinic.key())
        .await
        .unwrap()
}

#[tokio::test]
async fn answers_travel_from_the_form_to_those_who_may_read_them() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let asked = clinic.hold_view(&ana, hold).await.asked.unwrap();
    assert_eq!(asked.questions.len(), 2);
    let request = send(&clinic, &ana, hold, &typed(&[("q1", "Worry <at> night"), ("q2", "4")]))
        .await
        .unwrap();

    let expected = [Some("Worry <at> night"), Some("4 (from 0 to 10)")];
    let own = service::get_request(&ana, request).await.unwrap().answers.unwrap();
    assert_eq!((words(&own), own.version), (expected.to_vec(), 1));
    let desk = service::request_detail(&clinic.lia(), request).await.unwrap();
    assert_eq!(words(&desk.answers.unwrap()), expected);

    let visit = approved(&clinic, request).await;
    let tess = service::get_visit(&clinic.tess_acts(), visit).await.unwrap();
    assert_eq!(words(&tess.answers.unwrap()), expected);
    assert!(service::get_visit(&ana, visit).await.unwrap().answers.is_some());
    let for_desk = service::get_visit(&clinic.lia(), visit).await.unwrap();
    assert_eq!(for_desk.answers, None, "the desk reads them where it decides");

    let days = service::care_calendar(&clinic.tess_acts(), "", 14).await.unwrap();
    let given: Vec<_> = days
        .days
        .iter()
        .flat_map(|day| &day.blocks)
        .filter_map(|block| block.visit.as_ref())
        .filter(|row| row.answered)
        .collect();
    assert_eq!(given.len(), 1, "one visit has answers and its row says so");
}

#[tokio::test]
async fn nothing_of_an_answer_stands_readable_in_the_database() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let answers = typed(&[("q1", "Worry at night"), ("q2", "4")]);
    service::save_answers(&ana, hold, None, &answers).await.unwrap();
    let readable = "SELECT count(*) FROM (SELECT answers FROM scheduling.prescreen_draft UNION ALL
                    SELECT answers FROM scheduling.prescreen_answers) a WHERE position('Worry'::bytea in a.answers) > 0";
    let rows = "SELECT (SELECT count(*) FROM scheduling.prescreen_draft) + (SELECT count(*) FROM scheduling.prescreen_answers)";
    assert_eq!((count(&clinic, rows).await, count(&clinic, readable).await), (1, 0));
    send(&clinic, &ana, hold, &answers).await.unwrap();
    assert_eq!(
        (count(&clinic, rows).await, count(&clinic, readable).await),
        (1, 0),
        "sent is a draft no more"
    );
}

#[tokio::test]
async fn only_the_therapist_of_the_visit_reads_and_only_once_there_is_one() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let gus = clinic.gus();
    let hold = clinic.hold(&gus, "theo", "Benjamin").await.unwrap();
    let request = send(&clinic, &gus, hold, &typed(&[("q1", "Waiting his turn")]))
        .await
        .unwrap();
    let seen = async |ctx: &Ctx| {
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.prescreen_answers")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        rows
    };
    let (theo, tess) = (clinic.theo_acts(), clinic.tess_acts());
    assert_eq!(seen(&theo).await, 0, "it is a request, not a visit (R14)");
    for (ctx, rows) in [(&gus, 1), (&clinic.lia(), 1), (&clinic.ana(), 0), (&clinic.ada(), 0)] {
        assert_eq!(seen(ctx).await, rows, "{}", ctx.actor.role);
    }
    approved(&clinic, request).await;
    assert_eq!(
        (seen(&theo).await, seen(&tess).await),
        (1, 0),
        "a colleague of the care team does not"
    );
    assert_eq!(code(service::get_request(&clinic.ana(), request).await), "not_found");
}

#[tokio::test]
async fn reading_is_in_the_audit_and_names_the_child_a_guardian_acts_for() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let gus = clinic.gus();
    let hold = clinic.hold(&gus, "theo", "Benjamin").await.unwrap();
    let request = send(&clinic, &gus, hold, &typed(&[("q1", "Waiting")])).await.unwrap();
    service::get_request(&gus, request).await.unwrap();
    service::request_detail(&clinic.lia(), request).await.unwrap();
    let read = "SELECT count(*) FROM kernel.audit_entry WHERE kind = 'prescreen_answers' AND action = 'read'";
    assert_eq!(count(&clinic, read).await, 2);
    let named = "SELECT count(*) FROM kernel.audit_entry e JOIN people.patient p ON p.id = e.patient
                 WHERE e.kind = 'prescreen_answers' AND p.given_name = 'Benjamin'";
    assert_eq!(count(&clinic, named).await, 2);
}

#[tokio::test]
async fn a_form_may_be_left_out_but_not_half_answered() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let half = send(&clinic, &ana, hold, &typed(&[("q1", ""), ("q2", "4")])).await;
    assert_eq!(wrong(half), [("answers[q1]".to_owned(), "required".to_owned())]);
    let kept = clinic.hold_view(&ana, hold).await;
    assert_eq!(
        kept.asked.unwrap().answers,
        typed(&[("q2", "4")]),
        "a refusal keeps the answers"
    );
    assert_eq!(kept.reason, "Sleep", "and the reason");
    let request = send(&clinic, &ana, hold, &Typed::new()).await.unwrap();
    assert_eq!(service::get_request(&ana, request).await.unwrap().answers, None);
}

#[tokio::test]
async fn without_a_needed_consent_nobody_requests() {
    let clinic = Clinic::start().await;
    let form = published(&clinic).await;
    consent(&clinic, form).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    assert_eq!(
        wrong(send(&clinic, &ana, hold, &Typed::new()).await),
        [("answers[q3]".to_owned(), "consent".to_owned())]
    );
    let request = send(&clinic, &ana, hold, &typed(&[("q3", "true")])).await.unwrap();
    let answers = service::get_request(&ana, request).await.unwrap().answers.unwrap();
    assert_eq!(words(&answers), [None, None, Some("Agreed")]);
}

#[tokio::test]
async fn answers_belong_to_the_version_that_was_asked() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let form = published(&clinic).await;
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    clinic.advance(Duration::minutes(1));
    // While the form is open somebody asks for something else, and for a consent.
    let seen = open(&lia, form).await.edition;
    let other = QuestionForm {
        label: "Whom may we call?".to_owned(),
        ..QuestionForm::default()
    };
    service::save_question(&lia, form, seen, 1, &other).await.unwrap();
    consent(&clinic, form).await;
    let asked = clinic.hold_view(&ana, hold).await.asked.unwrap();
    assert_eq!(asked.questions[0].label, "What brings you here?");
    let request = send(&clinic, &ana, hold, &typed(&[("q1", "Sleep")])).await.unwrap();
    let answers = service::get_request(&ana, request).await.unwrap().answers.unwrap();
    assert_eq!((answers.version, answers.rows.len()), (1, 2));
    assert_eq!(answers.rows[0].question, "What brings you here?");

    // The next one is asked the new version; a published version cannot be changed by anybody.
    let noah = clinic.noah();
    let hold = clinic.hold(&noah, "tess", "Noah").await.unwrap();
    assert_eq!(clinic.hold_view(&noah, hold).await.asked.unwrap().questions.len(), 3);
    let mut tx = clinic.test.house.db.begin(&lia.actor).await.unwrap();
    let change = sqlx::query("UPDATE scheduling.prescreen_version SET questions = '[]'")
        .execute(&mut *tx)
        .await;
    assert!(change.is_err());
}

#[tokio::test]
async fn a_draft_outlives_the_kept_time_and_a_new_version() {
    let clinic = Clinic::start().await;
    let form = published(&clinic).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    let answers = typed(&[("q1", "Sleep"), ("q2", "7")]);
    service::save_answers(&ana, hold, None, &answers).await.unwrap();
    clinic.advance(Duration::minutes(6));
    assert_eq!(code(send(&clinic, &ana, hold, &answers).await), "hold_expired");
    let lia = clinic.lia();
    let seen = open(&lia, form).await.edition;
    let reworded = QuestionForm {
        label: "How was your sleep?".to_owned(),
        least: "0".to_owned(),
        most: "10".to_owned(),
        ..QuestionForm::default()
    };
    service::save_question(&lia, form, seen, 2, &reworded).await.unwrap();
    publish(&lia, form).await;
    let fresh = service::retake_hold(&ana, hold, None).await.unwrap();
    let asked = clinic.hold_view(&ana, fresh).await.asked.unwrap();
    assert_eq!(
        asked.answers,
        typed(&[("q1", "Sleep")]),
        "only what answers the same question"
    );

    // Another account's draft is its own, and so is another child's.
    let (gus, sister) = (clinic.gus(), clinic.patient("Mila"));
    let for_bo = clinic.hold(&gus, "theo", "Benjamin").await.unwrap();
    service::save_answers(&gus, for_bo, None, &typed(&[("q1", "About Bo")]))
        .await
        .unwrap();
    let (service_id, slot) = clinic.slot(&gus, "theo", "Mila").await;
    let for_mila = service::take_hold(&gus, clinic.therapist("theo"), service_id, slot.starts, sister)
        .await
        .unwrap();
    assert_eq!(
        clinic.hold_view(&gus, for_mila).await.asked.unwrap().answers,
        Typed::new()
    );
    assert_eq!(
        code(service::save_answers(&ana, for_mila, None, &typed(&[("q1", "mine")])).await),
        "not_found"
    );
}

#[tokio::test]
async fn what_was_never_sent_is_forgotten_after_a_day() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let ana = clinic.ana();
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    service::save_answers(&ana, hold, None, &typed(&[("q1", "Sleep")]))
        .await
        .unwrap();
    let drafts = "SELECT count(*) FROM scheduling.prescreen_draft";
    clinic.advance(Duration::hours(23));
    service::jobs::expire_holds_and_requests(&clinic.test.house)
        .await
        .unwrap();
    assert_eq!(count(&clinic, drafts).await, 1);
    clinic.advance(Duration::hours(2));
    service::jobs::expire_holds_and_requests(&clinic.test.house)
        .await
        .unwrap();
    assert_eq!(count(&clinic, drafts).await, 0);
}

#[tokio::test]
async fn a_service_with_a_form_of_its_own_is_not_asked_the_one_for_all() {
    let clinic = Clinic::start().await;
    let (ana, lia) = (clinic.ana(), clinic.lia());
    let general = published(&clinic).await;
    let (service_id, _) = clinic.slot(&ana, "tess", "Ana").await;
    let own = service::add_prescreen(&lia, "Therapy", Some(service_id)).await.unwrap();
    add(&lia, own, "date", "Since when?").await;
    let asked = async || {
        let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
        let asked = clinic.hold_view(&ana, hold).await.asked;
        asked.map(|asked| asked.questions[0].label.clone())
    };
    assert_eq!(asked().await.unwrap(), "What brings you here?", "a draft asks nobody");
    publish(&lia, own).await;
    assert_eq!(asked().await.unwrap(), "Since when?");
    assert_eq!(
        code(service::add_prescreen(&lia, "Twice", Some(service_id)).await),
        "one_already"
    );
    assert_eq!(code(service::add_prescreen(&lia, "Twice", None).await), "one_already");
    for form in [own, general] {
        let seen = open(&lia, form).await.edition;
        service::retire_prescreen(&lia, form, seen, true).await.unwrap();
    }
    assert_eq!(asked().await, None);
    let view = service::list_prescreens(&lia).await.unwrap();
    let asking: Vec<_> = view
        .forms
        .iter()
        .filter(|form| !form.retired)
        .map(|form| form.name.as_str())
        .collect();
    assert_eq!(
        (asking, view.has_general),
        (vec!["Before a first visit"], false),
        "only the demo's own"
    );
}

#[tokio::test]
async fn nobody_saves_over_what_they_have_not_seen() {
    let clinic = Clinic::start().await;
    let (lia, ada) = (clinic.lia(), clinic.ada());
    let form = service::add_prescreen(&ada, "Before a talk", None).await.unwrap();
    service::add_question(&lia, form, 0, "choice", "When?").await.unwrap();
    assert_eq!(
        code(service::add_question(&ada, form, 0, "text", "Why?").await),
        "form_moved_on"
    );
    assert_eq!(
        code(service::arrange_question(&ada, form, 0, 1, "remove").await),
        "form_moved_on"
    );
    assert_eq!(
        wrong(service::publish_prescreen(&ada, form, 1).await),
        [("questions".to_owned(), "unfinished".to_owned())]
    );
    let options = QuestionForm {
        label: "When?".to_owned(),
        options: "Days\nEvenings".to_owned(),
        ..QuestionForm::default()
    };
    service::save_question(&ada, form, 1, 1, &options).await.unwrap();
    service::publish_prescreen(&ada, form, 2).await.unwrap();
    service::publish_prescreen(&ada, form, 2).await.unwrap();
    assert_eq!(
        open(&lia, form).await.versions.len(),
        1,
        "pressed twice, published once"
    );
    assert_eq!(
        code(service::save_question(&lia, form, 2, 9, &options).await),
        "not_found"
    );
}

#[tokio::test]
async fn a_form_is_written_by_liaisons_and_admins_alone() {
    let clinic = Clinic::start().await;
    let form = published(&clinic).await;
    for ctx in [clinic.ana(), clinic.gus(), clinic.tess_acts()] {
        assert_eq!(code(service::list_prescreens(&ctx).await), "not_found");
        assert_eq!(code(service::open_prescreen(&ctx, form).await), "not_found");
        assert_eq!(code(service::add_prescreen(&ctx, "Mine", None).await), "not_found");
        assert_eq!(code(service::publish_prescreen(&ctx, form, 0).await), "not_found");
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let changed = sqlx::query("UPDATE scheduling.prescreen SET questions = '[]'")
            .execute(&mut *tx)
            .await
            .unwrap();
        assert_eq!(changed.rows_affected(), 0, "{}", ctx.actor.role);
    }
    assert_eq!(open(&clinic.ada(), form).await.versions[0].answered, 0);
}

/// The guardian's time is kept for one child and the form names another: what was typed is about the other.
#[tokio::test]
async fn a_draft_is_kept_for_whom_the_form_names() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let (gus, mila) = (clinic.gus(), clinic.patient("Mila"));
    let hold = clinic.hold(&gus, "theo", "Benjamin").await.unwrap();
    let half = typed(&[("q2", "4")]);
    let said = Said {
        reason: "",
        answers: &half,
    };
    let refused = service::request_visit(&gus, hold, said, Some(mila), clinic.key()).await;
    assert_eq!(wrong(refused), [("answers[q1]".to_owned(), "required".to_owned())]);
    let for_mila = service::get_hold_for(&gus, hold, Some(mila)).await.unwrap();
    assert_eq!((for_mila.chosen, for_mila.asked.unwrap().answers), (mila, half));
    let for_bo = service::get_hold(&gus, hold).await.unwrap();
    assert_eq!(for_bo.asked.unwrap().answers, Typed::new(), "nothing was said of him");

    // Nobody's child but the guardian's own is named.
    let ana = clinic.patient("Ana");
    assert_eq!(
        code(service::save_answers(&gus, hold, Some(ana), &typed(&[("q1", "x")])).await),
        "not_found"
    );
    let foreign = service::get_hold_for(&gus, hold, Some(ana)).await.unwrap();
    assert_eq!(foreign.chosen, clinic.patient("Benjamin"));

    let whole = typed(&[("q1", "Waiting her turn")]);
    let said = Said {
        reason: "",
        answers: &whole,
    };
    service::request_visit(&gus, hold, said, Some(mila), clinic.key())
        .await
        .unwrap();
    assert_eq!(
        count(&clinic, "SELECT count(*) FROM scheduling.prescreen_draft").await,
        0
    );
}
