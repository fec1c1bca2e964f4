//! What waits, and in which order.

use crate::{
    clinic::Clinic,
    desk::{code, leo, open, queue, sql},
};
use chrono::Duration;
use desk::{
    api::view::Body,
    model::{ItemId, Kind, Risk},
    service::{self, Wanted},
};
use kernel::Ctx;

async fn only(ctx: &Ctx, kind: &str, owner: &str, age: &str) -> Vec<ItemId> {
    let wanted = Wanted {
        kind: kind.to_owned(),
        owner: owner.to_owned(),
        age: age.to_owned(),
        after: String::new(),
    };
    let page = service::queue(ctx, &wanted).await.unwrap();
    page.rows.iter().map(|row| row.item).collect()
}

#[tokio::test]
async fn everything_that_waits_is_in_one_list_and_leaves_when_decided() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let before = queue(&lia).await.counters.open;
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let date = scheduling::service::get_visit(&lia, visit)
        .await
        .unwrap()
        .when
        .date
        .to_string();
    let absence = scheduling::service::AbsenceForm {
        first: &date,
        last: &date,
        reason: "Conference",
        colleague: "",
    };
    scheduling::service::add_time_off(&clinic.tess_acts(), None, absence)
        .await
        .unwrap();
    let page = queue(&lia).await;
    let affected = ItemId {
        kind: Kind::Affected,
        id: visit.uuid(),
    };
    assert!(page.rows.iter().any(|row| row.item == affected));
    assert!(page.rows.iter().any(|row| row.item == request.into()));
    assert!(matches!(open(&lia, affected).await.body, Body::Visit(body) if body.visit.visit == visit));

    let detail = open(&lia, request).await;
    assert_eq!((detail.position > 0, detail.open), (true, page.counters.open));
    service::decline(&lia, request, "papers_missing", "", clinic.key())
        .await
        .unwrap();
    service::put_aside(&lia, affected).await.unwrap();
    assert_eq!(
        code(service::put_aside(&lia, request.into()).await),
        "not_found",
        "requests are decided"
    );
    let after = queue(&lia).await;
    assert!(
        after
            .rows
            .iter()
            .all(|row| row.item != affected && row.item != request.into())
    );
    assert!(after.counters.open >= before);
    let gone = open(&lia, request).await;
    assert_eq!((gone.position, gone.waits), (0, true));
    assert_eq!(gone.decided.unwrap().by, "Lia Novak");
}

#[tokio::test]
async fn a_visit_waits_for_its_word_a_day_after_it_ended() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let visit = clinic.visit(&clinic.ana(), "tess", "Ana").await;
    let ends = scheduling::service::get_visit(&lia, visit).await.unwrap().when.ends;
    let item = ItemId {
        kind: Kind::Confirm,
        id: visit.uuid(),
    };
    clinic.advance(ends - clinic.now() + Duration::hours(23));
    scheduling::service::jobs::end_visits(&clinic.test.house).await.unwrap();
    let loaded = queue(&lia).await;
    assert!(loaded.rows.iter().all(|row| row.item != item));
    clinic.advance(Duration::hours(1));
    let row = queue(&lia).await.rows.into_iter().find(|row| row.item == item).unwrap();
    assert_eq!(row.risk, Risk::Normal);
    assert_eq!(service::new_items(&lia, loaded.loaded_at).await.unwrap(), 1);
    clinic.advance(Duration::hours(24));
    let row = queue(&lia).await.rows.into_iter().find(|row| row.item == item).unwrap();
    assert_eq!((row.risk, row.due_in), (Risk::High, 0));
}

#[tokio::test]
async fn the_most_pressing_stands_first_and_pages_go_on_from_there() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let (first, second) = (
        clinic.request(&clinic.ana(), "tess", "Ana", "").await,
        clinic.request(&clinic.gus(), "theo", "Benjamin", "").await,
    );
    sql(
        &clinic,
        &format!(
            "UPDATE scheduling.booking_request SET expires_at = timestamptz '{}' WHERE id = '{second}'",
            (clinic.now() + Duration::hours(1)).to_rfc3339()
        ),
    )
    .await;
    let page = queue(&lia).await;
    assert_eq!(page.rows[0].item, second.into(), "it runs out in an hour");
    let place = |at: usize| page.rows[at].item;
    let risks: Vec<Risk> = page.rows.iter().map(|row| row.risk).collect();
    assert!(risks.is_sorted_by(|a, b| a >= b), "{risks:?}");
    assert!(page.rows.iter().any(|row| row.item == first.into()));
    let detail = open(&lia, place(1)).await;
    assert_eq!(
        (detail.previous, detail.next),
        (Some(place(0)), page.rows.get(2).map(|row| row.item))
    );
    assert_eq!(
        code(
            service::queue(
                &lia,
                &Wanted {
                    after: "x".to_owned(),
                    ..Wanted::default()
                }
            )
            .await
        ),
        "not_found"
    );
    assert_eq!(
        code(
            service::queue(
                &lia,
                &Wanted {
                    kind: "x".to_owned(),
                    ..Wanted::default()
                }
            )
            .await
        ),
        "invalid"
    );
}

#[tokio::test]
async fn pages_hold_every_item_once() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let (patient, account) = (clinic.patient("Ana").uuid(), clinic.ana().actor.account.uuid());
    let service_id = clinic.slot(&clinic.ana(), "tess", "Ana").await.0;
    sql(
        &clinic,
        &format!(
            "INSERT INTO scheduling.booking_request (id, account_id, patient_id, therapist_id, service_id, during, state, sent_at, expires_at)
             SELECT gen_random_uuid(), '{account}', '{patient}', '{}', '{service_id}', tstzrange(at, at + interval '45 minutes'),
                    'pending', timestamptz '{now}', at - interval '1 day'
             FROM generate_series(timestamptz '{now}' + interval '2 days', timestamptz '{now}' + interval '40 days', interval '8 hours') at",
            clinic.therapist("tess"),
            now = clinic.now().to_rfc3339(),
        ),
    )
    .await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = service::queue(
            &lia,
            &Wanted {
                after,
                ..Wanted::default()
            },
        )
        .await
        .unwrap();
        seen.extend(page.rows.iter().map(|row| row.item));
        let Some(next) = page.next else {
            assert_eq!(seen.len(), usize::try_from(page.counters.open).unwrap());
            break;
        };
        after = next;
    }
    assert!(seen.len() > 100, "{}", seen.len());
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), seen.len());
}

#[tokio::test]
async fn filters_narrow_by_kind_owner_and_age() {
    let clinic = Clinic::start().await;
    let (lia, leo) = (clinic.lia(), leo(&clinic).await);
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    assert!(only(&lia, "request", "nobody", "today").await.contains(&request.into()));
    assert!(only(&lia, "affected", "", "").await.is_empty());
    service::take(&lia, request.into(), false).await.unwrap();
    assert_eq!(only(&lia, "", "me", "").await, [request.into()]);
    assert_eq!(only(&leo, "", "others", "").await, [request.into()]);
    assert!(only(&leo, "", "me", "").await.is_empty());
    assert_eq!(queue(&lia).await.counters.mine, 1);
    clinic.advance(Duration::hours(30));
    assert!(only(&lia, "", "me", "today").await.is_empty());
    assert_eq!(only(&lia, "", "me", "days").await, [request.into()]);
}

#[tokio::test]
async fn only_the_desk_sees_the_desk() {
    let clinic = Clinic::start().await;
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    for ctx in [clinic.ana(), clinic.gus(), clinic.tess_acts()] {
        assert_eq!(code(service::queue(&ctx, &Wanted::default()).await), "not_found");
        assert_eq!(
            code(service::open_item(&ctx, request.into(), &Wanted::default()).await),
            "not_found"
        );
        assert_eq!(code(service::take(&ctx, request.into(), false).await), "not_found");
        assert_eq!(code(service::approve(&ctx, request, clinic.key()).await), "not_found");
        assert_eq!(code(service::templates(&ctx).await), "not_found");
        assert_eq!(
            code(service::visits(&ctx, &service::VisitsWish::default()).await),
            "not_found"
        );
        assert_eq!(code(service::find_patients(&ctx, "Ana").await), "not_found");
    }
}

#[tokio::test]
async fn a_list_is_written_in_the_readers_clock() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let request = clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    // Neither the patient's zone nor the therapist's.
    sql(
        &clinic,
        "UPDATE identity.account SET zone = 'America/New_York' WHERE role = 'liaison'",
    )
    .await;
    sql(&clinic, "UPDATE people.patient SET zone = 'America/Los_Angeles'").await;
    let new_york = |zone: &str| assert_eq!(zone, "America/New_York");
    for row in queue(&lia).await.rows {
        new_york(&row.when.zone.name);
    }
    for row in scheduling::service::list_requests(&lia, "pending", "")
        .await
        .unwrap()
        .rows
    {
        new_york(&row.when.zone.name);
    }
    service::decline(&lia, request, "papers_missing", "", clinic.key())
        .await
        .unwrap();
    let undoable = queue(&lia).await.undoable;
    assert_eq!(undoable.len(), 1);
    new_york(&undoable[0].when.zone.name);
}
