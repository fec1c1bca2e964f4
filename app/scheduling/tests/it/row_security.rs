//! The same rules one floor below: in SQL, as the app role, whatever a service forgets.

#![expect(clippy::unwrap_used, reason = "helpers of tests, which may")]

use crate::clinic::Clinic;
use kernel::{Ctx, StoreError, Tx};

const TABLES: [&str; 6] = [
    "visit",
    "booking_request",
    "slot_hold",
    "calendar_claim",
    "visit_history",
    "presence",
];

async fn count(tx: &mut Tx, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM scheduling.{table}")))
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

async fn seen(clinic: &Clinic, ctx: &Ctx, table: &str) -> i64 {
    let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
    count(&mut tx, table).await
}

#[tokio::test]
async fn nobody_sees_nothing() {
    let clinic = Clinic::start().await;
    clinic.hold(&clinic.ana(), "tess", "Ana").await.unwrap();
    for table in TABLES.iter().chain(&["time_off", "service", "calendar"]) {
        // A bare connection of the app role: `app.uid` and `app.role` are unset.
        let rows: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM scheduling.{table}")))
            .fetch_one(clinic.test.house.db.pool())
            .await
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    let free: i64 =
        sqlx::query_scalar("SELECT count(*) FROM scheduling.free_time(ARRAY[$1], tstzrange(now(), NULL), now())")
            .bind(clinic.therapist("tess").uuid())
            .fetch_one(clinic.test.house.db.pool())
            .await
            .unwrap();
    assert_eq!(free, 0);
}

#[tokio::test]
async fn each_role_sees_its_own() {
    let clinic = Clinic::start().await; // 7 visits: Ana 4 with Tess, Bo 2 with Theo and 1 with Tess; 4 requests
    let (stranger, _) = clinic.newcomer(1).await;
    for (ctx, visits, requests, who) in [
        (clinic.ana(), 4, 2, "Ana"),
        (clinic.gus(), 3, 2, "Gus"),
        (clinic.noah(), 0, 0, "Noah"),
        (stranger, 0, 0, "a stranger"),
        (clinic.lia(), 7, 4, "the desk"),
        (
            clinic.tess_acts(),
            7,
            2,
            "Tess: her five, and Bo's others as his care team",
        ),
        (
            clinic.theo_acts(),
            3,
            0,
            "Theo: his two, and Bo's other; no request is his yet",
        ),
        (
            clinic.act(clinic.demo.account("ada@demo.example").unwrap(), kernel::Role::Admin),
            0,
            0,
            "the admin",
        ),
        (
            clinic.act(clinic.demo.account("pat@demo.example").unwrap(), kernel::Role::Partner),
            0,
            0,
            "the partner",
        ),
    ] {
        assert_eq!(seen(&clinic, &ctx, "visit").await, visits, "visits of {who}");
        assert_eq!(
            seen(&clinic, &ctx, "booking_request").await,
            requests,
            "requests of {who}"
        );
    }
}

#[tokio::test]
async fn free_time_tells_when_and_never_who() {
    let clinic = Clinic::start().await;
    clinic.request(&clinic.ana(), "tess", "Ana", "").await;
    let noah = clinic.noah();
    let mut tx = clinic.test.house.db.begin(&noah.actor).await.unwrap();
    assert_eq!(count(&mut tx, "calendar_claim").await, 0);
    let busy: i64 = sqlx::query_scalar(
        "SELECT cardinality(busy_from)::bigint FROM scheduling.free_time(ARRAY[$1], tstzrange($2, NULL), $2)",
    )
    .bind(clinic.therapist("tess").uuid())
    .bind(clinic.now())
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    assert_eq!(busy, 3);
    // Another patient's time stays unseen.
    let foreign: i64 =
        sqlx::query_scalar("SELECT count(*) FROM scheduling.free_time(ARRAY[$1], tstzrange($2, NULL), $2)")
            .bind(clinic.patient("Ana").uuid())
            .bind(clinic.now())
            .fetch_one(&mut *tx)
            .await
            .unwrap();
    assert_eq!(foreign, 0);
}

#[tokio::test]
async fn history_only_grows_and_names_its_author() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let change = sqlx::query("UPDATE scheduling.visit_history SET to_state = 'completed'")
        .execute(&mut *tx)
        .await;
    assert!(change.is_err());
    drop(tx);
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    let forged = sqlx::query(
        "INSERT INTO scheduling.visit_history (id, visit_id, patient_id, therapist_id, at, by_account, by_role, to_state)
         SELECT gen_random_uuid(), id, patient_id, therapist_id, now(), $1, 'liaison', 'cancelled' FROM scheduling.visit LIMIT 1",
    )
    .bind(clinic.lia().actor.account.uuid())
    .execute(&mut *tx)
    .await;
    assert!(forged.is_err());
}

#[tokio::test]
async fn the_desk_is_in_no_visit() {
    let clinic = Clinic::start().await;
    for (ctx, expected) in [(clinic.lia(), 0_i64), (clinic.ana(), 4), (clinic.noah(), 0)] {
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let inside: i64 = sqlx::query_scalar("SELECT count(*) FROM scheduling.visit WHERE scheduling.in_visit(id)")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(inside, expected, "{}", ctx.actor.role);
    }
}

#[tokio::test]
async fn who_waits_is_known_to_them_and_the_desk_alone() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.ana(), clinic.tess_acts());
    let (service, _) = clinic.slot(&ana, "tess", "Ana").await;
    let joining = scheduling::service::Joining {
        patient: Some(clinic.patient("Ana")),
        service: Some(service),
        therapist: Some(clinic.therapist("tess")),
        visit: None,
        request: None,
        days: &[],
        parts: &[],
        weeks: "8",
        reason: "",
        key: clinic.key(),
    };
    scheduling::service::join_waitlist(&ana, &joining).await.unwrap();
    scheduling::service::keep_waitlist(&clinic.test.house).await.unwrap();
    for (ctx, rows) in [
        (&ana, 1),
        (&clinic.lia(), 1),
        (&clinic.noah(), 0),
        (&clinic.gus(), 0),
        (&tess, 0),
        (&clinic.ada(), 0),
    ] {
        assert_eq!(seen(&clinic, ctx, "waitlist_wish").await, rows, "{}", ctx.actor.role);
        assert_eq!(seen(&clinic, ctx, "waitlist_offer").await, rows, "{}", ctx.actor.role);
    }
    // Nobody waits in another's name, offers themselves a time, or waits for a visit that is not theirs.
    let wish = "INSERT INTO scheduling.waitlist_wish (id, patient_id, service_id, therapist_id, weekdays, parts, until, state,
                                                      joined_at, joined_by, visit_id)
                SELECT gen_random_uuid(), $1, service_id, therapist_id, 127, 7, now() + interval '1 year', 'waiting', now(),
                       kernel.uid(), $2 FROM scheduling.offer WHERE therapist_id = $3 LIMIT 1";
    let offer = "INSERT INTO scheduling.waitlist_offer (id, wish_id, patient_id, therapist_id, service_id, during, state, created_at,
                                                        created_by, expires_at)
                 SELECT gen_random_uuid(), id, patient_id, therapist_id, service_id, tstzrange(now(), now() + interval '1 hour'),
                        'open', now(), kernel.uid(), now() FROM scheduling.waitlist_wish";
    let bos_visit: uuid::Uuid = sqlx::query_scalar(
        "SELECT v.id FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id WHERE p.kind = 'child' LIMIT 1",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    for (ctx, visit) in [
        (clinic.noah(), None),
        (clinic.lia(), None),
        (ana.clone(), Some(bos_visit)),
    ] {
        let mut tx = clinic.test.house.db.begin(&ctx.actor).await.unwrap();
        let forged = sqlx::query(wish)
            .bind(clinic.patient("Ana").uuid())
            .bind(visit)
            .bind(clinic.therapist("tess").uuid())
            .execute(&mut *tx)
            .await;
        assert!(forged.is_err(), "{}", ctx.actor.role);
    }
    let mut tx = clinic.test.house.db.begin(&ana.actor).await.unwrap();
    assert!(sqlx::query(offer).execute(&mut *tx).await.is_err());
    // The worker takes time for offers and for nothing else.
    let mut tx = clinic.test.house.db.begin_task(kernel::Task::Worker).await.unwrap();
    let claim = sqlx::query(
        "INSERT INTO scheduling.calendar_claim (id, holder_id, therapist_id, patient_id, during, cause, cause_id)
         VALUES (gen_random_uuid(), $1, $1, $2, tstzrange('2028-01-01', '2028-01-01 01:00'), 'visit', gen_random_uuid())",
    )
    .bind(clinic.therapist("tess").uuid())
    .bind(clinic.patient("Ana").uuid())
    .execute(&mut *tx)
    .await;
    assert!(claim.is_err());
}

/// What writes a hold runs as its owner, whom no policy stops: it must ask itself what row security would have asked.
#[tokio::test]
async fn a_hold_is_placed_for_oneself_and_ones_own_only() {
    let clinic = Clinic::start().await;
    let (ana, gus, lia) = (clinic.ana(), clinic.gus(), clinic.lia());
    let service = clinic.slot(&ana, "tess", "Ana").await.0;
    for (actor, account, patient, allowed) in [
        (&ana, &ana, "Ana", true),
        (&gus, &gus, "Benjamin", true),
        (&ana, &ana, "Benjamin", false),
        (&ana, &gus, "Benjamin", false),
        (&lia, &lia, "Ana", false),
        (&lia, &ana, "Ana", false),
        (&clinic.tess_acts(), &ana, "Ana", false),
    ] {
        let mut tx = clinic.test.house.db.begin(&actor.actor).await.unwrap();
        let id = clinic.test.house.ids.uuid();
        let placed = sqlx::query(
            "SELECT scheduling.place_hold($1, $2, $3, $4, $5, tstzrange($6, $6 + interval '45 minutes'),
                    tstzrange($6, $6 + interval '45 minutes'), $7, $7 + interval '5 minutes', NULL,
                    ARRAY[gen_random_uuid(), gen_random_uuid()])",
        )
        .bind(id)
        .bind(account.actor.account.uuid())
        .bind(clinic.patient(patient).uuid())
        .bind(clinic.therapist("tess").uuid())
        .bind(service.uuid())
        .bind(clinic.now() + chrono::Duration::days(60))
        .bind(clinic.now())
        .execute(&mut *tx)
        .await;
        match placed {
            Ok(_) => assert!(allowed, "{} for {patient}", actor.actor.role),
            Err(error) => {
                assert!(!allowed, "{} for {patient}: {error}", actor.actor.role);
                assert!(matches!(StoreError::from(error), StoreError::Forbidden));
            }
        }
    }
}
