//! Who may wait, for how much and for how long.

use super::{OneTime, join, mine, serve, wish};
use crate::clinic::{Clinic, code};
use chrono::Duration;
use kernel::Ctx;
use scheduling::{
    Error,
    service::{self, Joining, jobs},
};
use tokio::task::JoinSet;

/// However many are sent at once, no more wait than may.
#[tokio::test]
async fn wishes_at_once_do_not_pass_the_limit() {
    const AT_ONCE: usize = 6;
    let clinic = Clinic::start_with(12).await;
    let ana = clinic.ana();
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let mut visits = Vec::new();
    for _ in 0..AT_ONCE {
        visits.push(clinic.visit(&ana, "tess", "Ana").await);
    }
    // Else the first is through before the others have a connection.
    crate::budget::open_every_connection(&clinic).await;
    let mut all = JoinSet::new();
    for visit in visits {
        let sooner = Joining {
            patient: None,
            service: None,
            therapist: None,
            visit: Some(visit),
            ..wish(&clinic, patient, service_id)
        };
        let ana = ana.clone();
        all.spawn(async move { service::join_waitlist(&ana, &sooner).await });
    }
    let joined = all.join_all().await.into_iter().flatten().count();
    assert_eq!((joined, mine(&ana).await.len()), (3, 3));
}

#[tokio::test]
async fn nobody_waits_for_more_than_they_may_ask_for() {
    let clinic = Clinic::start().await;
    let gus = clinic.gus();
    let ana = clinic.ana();
    let visits = (
        clinic.visit(&ana, "tess", "Ana").await,
        clinic.visit(&ana, "tess", "Ana").await,
    );
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let for_another = service::join_waitlist(&gus, &wish(&clinic, patient, service_id)).await;
    assert_eq!(code(for_another), "not_found");
    let by_staff = service::join_waitlist(&clinic.lia(), &wish(&clinic, patient, service_id)).await;
    assert_eq!(code(by_staff), "not_found");
    join(&clinic, &ana, patient, service_id).await;
    let anyone = Joining {
        therapist: None,
        ..wish(&clinic, patient, service_id)
    };
    service::join_waitlist(&ana, &anyone).await.unwrap();
    let sooner = |visit| Joining {
        patient: None,
        service: None,
        therapist: None,
        visit: Some(visit),
        ..wish(&clinic, patient, service_id)
    };
    service::join_waitlist(&ana, &sooner(visits.0)).await.unwrap();
    assert_eq!(
        code(service::join_waitlist(&ana, &sooner(visits.1)).await),
        "too_many_requests"
    );
}

#[tokio::test]
async fn a_wish_ends_with_its_time() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let time = OneTime::plant(&clinic, 20).await;
    let short = Joining {
        weeks: "2",
        ..wish(&clinic, clinic.patient("Ana"), time.service)
    };
    service::join_waitlist(&ana, &short).await.unwrap();
    assert_eq!(serve(&clinic).await, 0, "the free time is after the end of the wish");
    clinic.advance(Duration::weeks(2));
    service::keep_waitlist(&clinic.test.house).await.unwrap();
    assert_eq!(mine(&ana).await, []);
    let unlisted = Joining {
        weeks: "3",
        key: clinic.key(),
        ..short
    };
    assert!(matches!(
        service::join_waitlist(&ana, &unlisted).await,
        Err(Error::Invalid { .. })
    ));
}

#[tokio::test]
async fn a_refused_reason_comes_back_and_is_forgotten_with_the_wish() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let (service_id, patient) = (clinic.slot(&ana, "tess", "Ana").await.0, clinic.patient("Ana"));
    let about = service::About {
        patient: Some(patient),
        service: Some(service_id),
        therapist: Some(clinic.therapist("tess")),
        ..service::About::default()
    };
    let typed = async |ctx: &Ctx| service::join_page(ctx, &about).await.unwrap().reason;
    let refused = Joining {
        weeks: "3",
        reason: " Worry at night ",
        ..wish(&clinic, patient, service_id)
    };
    assert!(service::join_waitlist(&ana, &refused).await.is_err());
    assert_eq!(typed(&ana).await, "Worry at night");
    let kept = "SELECT count(*) FROM scheduling.waitlist_draft";
    let open = "SELECT count(*) FROM scheduling.waitlist_draft WHERE position('Worry'::bytea in reason) > 0";
    let count =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).fetch_one(&clinic.test.owner).await.unwrap() };
    assert_eq!((count(kept).await, count(open).await), (1, 0), "sealed");
    let foreign = Joining {
        key: clinic.key(),
        ..refused
    };
    assert_eq!(
        code(service::join_waitlist(&clinic.noah(), &foreign).await),
        "not_found"
    );
    assert_eq!(count(kept).await, 1, "nobody keeps words about somebody else");

    let joined = Joining {
        weeks: "2",
        key: clinic.key(),
        ..refused
    };
    service::join_waitlist(&ana, &joined).await.unwrap();
    assert_eq!(count(kept).await, 0);
    service::join_waitlist(&clinic.ana(), &refused).await.unwrap_err();
    clinic.advance(Duration::days(2));
    jobs::expire_holds_and_requests(&clinic.test.house).await.unwrap();
    assert_eq!(count(kept).await, 0, "forgotten after a day");
}
