//! Whoever took a time of the waiting list was not shown our questions: the desk sees so, and the patient answers until the visit.

#![expect(clippy::panic, reason = "helpers of tests: what fails must stop the test")]
#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::{
    clinic::{Clinic, code},
    prescreen::{published, typed, words, wrong},
    waitlist::{OneTime, offered, serve, wish},
};
use chrono::Duration;
use kernel::{Ctx, RequestId};
use scheduling::service::{self, TakenAs};

/// Ana takes an offered time.
async fn taken(clinic: &Clinic) -> (Ctx, RequestId) {
    let ana = clinic.ana();
    let time = OneTime::plant(clinic, 20).await;
    service::join_waitlist(&ana, &wish(clinic, clinic.patient("Ana"), time.service))
        .await
        .unwrap();
    assert_eq!(serve(clinic).await, 1);
    let offer = offered(&ana).await.unwrap();
    let TakenAs::Request(request) = service::take_offer(&ana, offer, clinic.key()).await.unwrap() else {
        panic!("a request")
    };
    (ana, request)
}

#[tokio::test]
async fn who_took_an_offer_is_asked_and_the_desk_sees_that_nobody_answered() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let (ana, request) = taken(&clinic).await;
    assert!(service::waits_for_answers(&ana, request).await.unwrap());
    assert!(service::get_request(&ana, request).await.unwrap().unanswered);
    let desk = service::request_detail(&clinic.lia(), request).await.unwrap();
    assert!(desk.unanswered && desk.answers.is_none());
    let asked = service::later_questions(&ana, request).await.unwrap().asked.unwrap();
    assert_eq!(asked.questions.len(), 2);

    let answers = typed(&[("q1", "Worry at night"), ("q2", "4")]);
    for stranger in [clinic.noah(), clinic.lia(), clinic.tess_acts(), clinic.gus()] {
        assert_eq!(code(service::later_questions(&stranger, request).await), "not_found");
        assert_eq!(
            code(service::answer_later(&stranger, request, &answers).await),
            "not_found"
        );
    }
    service::answer_later(&ana, request, &answers).await.unwrap();
    let desk = service::request_detail(&clinic.lia(), request).await.unwrap();
    assert!(!desk.unanswered);
    assert_eq!(
        words(&desk.answers.unwrap()),
        [Some("Worry at night"), Some("4 (from 0 to 10)")]
    );
    assert_eq!(
        code(service::answer_later(&ana, request, &answers).await),
        "already_done"
    );
    assert_eq!(service::later_questions(&ana, request).await.unwrap().asked, None);
    assert!(!service::waits_for_answers(&ana, request).await.unwrap());
}

#[tokio::test]
async fn answers_are_given_until_the_visit_begins_and_its_row_says_so() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let (ana, request) = taken(&clinic).await;
    let visit = service::approve_request(&clinic.lia(), request, clinic.key())
        .await
        .unwrap();
    let tess = clinic.tess_acts();
    assert!(service::get_visit(&ana, visit).await.unwrap().unanswered);
    assert!(service::get_visit(&tess, visit).await.unwrap().unanswered);
    let said = async || -> bool {
        sqlx::query_scalar("SELECT answered FROM scheduling.visit WHERE id = $1")
            .bind(visit.uuid())
            .fetch_one(&clinic.test.owner)
            .await
            .unwrap()
    };
    assert!(!said().await);
    service::answer_later(&ana, request, &typed(&[("q1", "Worry")]))
        .await
        .unwrap();
    assert!(said().await, "calendars say that there are answers");
    let view = service::get_visit(&tess, visit).await.unwrap();
    assert_eq!(
        (view.unanswered, words(&view.answers.unwrap())[0]),
        (false, Some("Worry"))
    );
}

#[tokio::test]
async fn once_the_visit_has_begun_it_is_too_late() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let (ana, request) = taken(&clinic).await;
    let visit = service::approve_request(&clinic.lia(), request, clinic.key())
        .await
        .unwrap();
    clinic.advance(Duration::days(21));
    assert_eq!(
        code(service::answer_later(&ana, request, &typed(&[("q1", "Worry")])).await),
        "too_late"
    );
    assert!(!service::get_visit(&ana, visit).await.unwrap().unanswered);
    assert_eq!(service::later_questions(&ana, request).await.unwrap().asked, None);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let clinic = Clinic::start().await;
    published(&clinic).await;
    let (ana, request) = taken(&clinic).await;
    let half = service::answer_later(&ana, request, &typed(&[("q2", "4")])).await;
    assert_eq!(wrong(half), [("answers[q1]".to_owned(), "required".to_owned())]);
    let asked = service::later_questions(&ana, request).await.unwrap().asked.unwrap();
    assert_eq!(asked.answers, typed(&[("q2", "4")]));
    let nothing = service::answer_later(&ana, request, &typed(&[])).await;
    assert_eq!(wrong(nothing), [("answers[q1]".to_owned(), "required".to_owned())]);
    service::answer_later(&ana, request, &typed(&[("q1", "Worry")]))
        .await
        .unwrap();
    let drafts: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.prescreen_draft")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert_eq!(drafts, 0, "sent is a draft no more");
}

#[tokio::test]
async fn where_nothing_is_asked_nobody_is_told_to_answer() {
    let clinic = Clinic::start().await;
    let (ana, request) = taken(&clinic).await;
    assert!(!service::waits_for_answers(&ana, request).await.unwrap());
    assert!(!service::get_request(&ana, request).await.unwrap().unanswered);
    assert!(
        !service::request_detail(&clinic.lia(), request)
            .await
            .unwrap()
            .unanswered
    );
}
