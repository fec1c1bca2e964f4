//! The desk asks, the patient answers, the request waits.

use crate::{
    clinic::Clinic,
    desk::{code, number, open},
};
use desk::{api::view::Body, service};
use scheduling::{model::RequestState, service as booking};

#[tokio::test]
async fn a_question_is_asked_and_answered_and_never_stored_in_the_open() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let key = clinic.key();
    service::ask(&lia, request, "Which days fit?", key).await.unwrap();
    service::ask(&lia, request, "Which days fit?", key).await.unwrap();
    assert_eq!(clinic.events("scheduling.question_asked").await, 1, "a retry asks once");
    assert_eq!(
        code(service::ask(&lia, request, "And where?", clinic.key()).await),
        "question_open"
    );
    let view = booking::get_request(&ana, request).await.unwrap();
    assert_eq!(
        (view.state, view.questions[0].question.as_str()),
        (RequestState::Pending, "Which days fit?")
    );
    for (ctx, refused) in [(clinic.noah(), "not_found"), (clinic.tess_acts(), "not_found")] {
        assert_eq!(
            crate::clinic::code(booking::answer_question(&ctx, request, "Mine").await),
            refused
        );
    }
    assert_eq!(
        crate::clinic::code(booking::answer_question(&ana, request, " ").await),
        "invalid"
    );
    booking::answer_question(&ana, request, "Mondays").await.unwrap();
    assert_eq!(
        crate::clinic::code(booking::answer_question(&ana, request, "Again").await),
        "already_decided"
    );
    let Body::Request(detail) = open(&lia, request).await.body else {
        panic!("a request");
    };
    assert_eq!(detail.questions[0].answer, "Mondays");
    assert_eq!(
        detail.history.iter().map(|step| step.to.as_str()).collect::<Vec<_>>(),
        ["pending", "asked", "answered"]
    );
    let open_text = number(
        &clinic,
        "SELECT count(*) FROM scheduling.request_question
         WHERE position(convert_to('days', 'UTF8') in question) > 0 OR position(convert_to('Mondays', 'UTF8') in answer) > 0",
    )
    .await;
    assert_eq!(open_text, 0);
}

#[tokio::test]
async fn a_request_is_given_another_time_and_therapist_before_it_is_decided() {
    let clinic = Clinic::start().await;
    let (lia, ana) = (clinic.lia(), clinic.ana());
    let request = clinic.request(&ana, "tess", "Ana", "").await;
    let Body::Request(before) = open(&lia, request).await.body else {
        panic!("a request");
    };
    let wish = |starts: String| service::ChangeWish {
        offer: format!("{}.{}", before.row.therapist.therapist, before.row.service.service),
        starts,
        ..service::ChangeWish::default()
    };
    let taken = clinic.visit(&clinic.noah(), "tess", "Noah").await;
    let taken = booking::get_visit(&lia, taken).await.unwrap().when.starts;
    assert_eq!(
        code(service::change(&lia, request, &wish(taken.to_rfc3339()), clinic.key()).await),
        "slot_taken"
    );
    let free = before.nearest.iter().find(|slot| slot.starts != taken).unwrap().starts;
    service::change(&lia, request, &wish(free.to_rfc3339()), clinic.key())
        .await
        .unwrap();
    let times = clinic.times(&clinic.noah(), "tess", "Noah").await;
    let offered: Vec<_> = times
        .days
        .iter()
        .flat_map(|day| &day.slots)
        .map(|slot| slot.starts)
        .collect();
    assert!(
        offered.contains(&before.row.when.starts) && !offered.contains(&free),
        "the old time is free, the new one kept"
    );
    let other = before
        .others
        .iter()
        .find(|offer| offer.therapist.therapist != before.row.therapist.therapist);
    if let Some(other) = other {
        let local = service::ChangeWish {
            offer: format!("{}.{}", other.therapist.therapist, other.service.service),
            date: "2027-03-10".to_owned(),
            clock: "11:00".to_owned(),
            ..service::ChangeWish::default()
        };
        service::change(&lia, request, &local, clinic.key()).await.unwrap();
        let Body::Request(after) = open(&lia, request).await.body else {
            panic!("a request");
        };
        assert_eq!(after.row.therapist, other.therapist);
        assert_eq!(
            (
                after.therapist_when.date.to_string().as_str(),
                after.therapist_when.from.as_str()
            ),
            ("2027-03-10", "11:00")
        );
    }
    let visit = service::approve(&lia, request, clinic.key()).await.unwrap();
    assert_eq!(
        booking::get_visit(&ana, visit).await.unwrap().state,
        scheduling::model::VisitState::Scheduled
    );
    assert_eq!(
        code(service::change(&lia, request, &wish(free.to_rfc3339()), clinic.key()).await),
        "already_decided"
    );
}

#[tokio::test]
async fn texts_are_kept_by_the_desk() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let new = service::NewTemplate {
        purpose: "decline".to_owned(),
        name: "Paper missing".to_owned(),
        body: "Please send the consent.".to_owned(),
        reason: "papers_missing".to_owned(),
        ..service::NewTemplate::default()
    };
    let template = service::save_template(&lia, &new).await.unwrap();
    assert_eq!(
        code(service::save_template(&lia, &new).await),
        "invalid",
        "a name is used once"
    );
    let changed = service::NewTemplate {
        template: Some(template),
        body: "Please send the signed consent.".to_owned(),
        ..new
    };
    service::save_template(&lia, &changed).await.unwrap();
    let all = service::templates(&lia).await.unwrap();
    assert_eq!(
        (all.len(), all[0].body.as_str()),
        (1, "Please send the signed consent.")
    );
    service::remove_template(&lia, template).await.unwrap();
    assert_eq!(code(service::remove_template(&lia, template).await), "not_found");
    assert_eq!(code(service::save_template(&lia, &changed).await), "not_found");
}
