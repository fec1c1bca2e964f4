//! What the database asks to repeat is repeated, a few times and no more.

#![expect(clippy::unwrap_used, reason = "a set-up that fails must stop the test")]

use crate::clinic::{Clinic, code};
use scheduling::service;
use sqlx::Executor;

/// Makes the first `times` inserts of a hold or a request fail as the victim of a deadlock would. A sequence does not roll back.
async fn deadlock(clinic: &Clinic, times: u32) {
    clinic
        .test
        .owner
        .execute(sqlx::AssertSqlSafe(format!(
            "CREATE SEQUENCE public.tries;
             GRANT USAGE ON public.tries TO tele_app;
             CREATE FUNCTION public.fails() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF nextval('public.tries') <= {times} THEN
                     RAISE EXCEPTION USING ERRCODE = 'deadlock_detected';
                 END IF;
                 RETURN NEW;
             END $$;
             CREATE TRIGGER fails BEFORE INSERT ON scheduling.slot_hold FOR EACH ROW EXECUTE FUNCTION public.fails();
             CREATE TRIGGER fails BEFORE INSERT ON scheduling.booking_request FOR EACH ROW EXECUTE FUNCTION public.fails()"
        )))
        .await
        .unwrap();
}

async fn count(clinic: &Clinic, table: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM scheduling.{table}")))
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_victim_of_a_deadlock_books_all_the_same_and_once() {
    let clinic = Clinic::start().await;
    let ana = clinic.ana();
    let before = (
        count(&clinic, "slot_hold").await,
        count(&clinic, "booking_request").await,
    );
    deadlock(&clinic, 2).await;
    let hold = clinic.hold(&ana, "tess", "Ana").await.unwrap();
    sqlx::query("SELECT setval('public.tries', 1)")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    service::request_visit(&ana, hold, "Sleep", None, clinic.key())
        .await
        .unwrap();
    let after = (
        count(&clinic, "slot_hold").await,
        count(&clinic, "booking_request").await,
    );
    assert_eq!(after, (before.0 + 1, before.1 + 1));
}

#[tokio::test]
async fn who_loses_every_time_hears_of_it() {
    let clinic = Clinic::start().await;
    deadlock(&clinic, 4).await;
    assert_eq!(code(clinic.hold(&clinic.ana(), "tess", "Ana").await), "unavailable");
    clinic.hold(&clinic.ana(), "tess", "Ana").await.unwrap();
}
