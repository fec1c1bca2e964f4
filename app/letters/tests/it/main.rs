//! Who may choose which letters, and who sees them. What is written and sent is tested beside the mail server
//! (`server/adapters/tests`).
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod feed;

use identity::service::hasher::Hasher;
use kernel::{Actor, Ctx, Role, SessionId, testing::TestHouse};
use letters::{
    Error,
    service::{my_letters, save_my_letters},
};
use people::service::Demo;
use uuid::Uuid;

struct Clinic {
    test: TestHouse,
    demo: Demo,
}

impl Clinic {
    async fn start() -> Self {
        let test = TestHouse::start().await;
        let hasher = Hasher::new().await.expect("a hasher");
        let demo = people::service::seed(&test.house, &hasher)
            .await
            .expect("people")
            .expect("an empty database");
        Self { test, demo }
    }

    fn act(&self, name: &str, role: Role) -> Ctx {
        Ctx {
            actor: Actor {
                account: self
                    .demo
                    .account(&format!("{name}@demo.example"))
                    .expect("a demo account"),
                role,
                session: SessionId::new(Uuid::now_v7()),
            },
            house: self.test.house.clone(),
        }
    }
}

#[tokio::test]
async fn a_choice_is_kept_and_is_nobody_elses() {
    let clinic = Clinic::start().await;
    let (ana, noah) = (clinic.act("ana", Role::Patient), clinic.act("noah", Role::Patient));
    let before = my_letters(&ana).await.unwrap();
    assert!(before.optional.iter().all(|kind| kind.wanted));
    assert_eq!(before.reminders.iter().find(|r| r.chosen).unwrap().code, "usual");
    save_my_letters(&ana, &[], "three").await.unwrap();
    save_my_letters(&ana, &[], "hour").await.unwrap();
    let after = my_letters(&ana).await.unwrap();
    assert!(after.optional.iter().all(|kind| !kind.wanted));
    assert_eq!(after.reminders.iter().find(|r| r.chosen).unwrap().code, "hour");
    assert_eq!(my_letters(&noah).await.unwrap(), before);
}

#[tokio::test]
async fn nobody_turns_off_what_care_needs_and_a_role_chooses_among_its_own() {
    let clinic = Clinic::start().await;
    let (ana, tess) = (clinic.act("ana", Role::Patient), clinic.act("tess", Role::Therapist));
    for (ctx, wanted, reminders) in [
        (&ana, "visit_confirmed", "usual"),
        (&ana, "confirm_nudge", "usual"),
        (&ana, "request_received", "weekly"),
        (&tess, "request_received", "usual"),
        (&tess, "new_visit", "three"),
    ] {
        let answer = save_my_letters(ctx, &[wanted.to_owned()], reminders).await;
        assert!(matches!(answer, Err(Error::Invalid { .. })), "{wanted} {reminders}");
    }
    for (name, role) in [("lia", Role::Liaison), ("pat", Role::Partner), ("ada", Role::Admin)] {
        let other = clinic.act(name, role);
        assert!(matches!(my_letters(&other).await, Err(Error::NotFound)), "{role}");
        assert!(matches!(
            save_my_letters(&other, &[], "usual").await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn row_security_shows_letters_to_the_desk_alone() {
    let clinic = Clinic::start().await;
    sqlx::query(
        "INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, cause, state, created_at, run_at)
         SELECT gen_random_uuid(), 'reminder', id, id, id, 'x', 'queued', now(), now()
         FROM identity.account WHERE email = 'ana@demo.example'",
    )
    .execute(&clinic.test.owner)
    .await
    .unwrap();
    for (name, role, sees) in [
        ("ana", Role::Patient, 0_i64),
        ("gus", Role::Guardian, 0),
        ("tess", Role::Therapist, 0),
        ("ada", Role::Admin, 0),
        ("pat", Role::Partner, 0),
        ("lia", Role::Liaison, 1),
    ] {
        let ctx = clinic.act(name, role);
        let mut tx = ctx.db.begin(&ctx.actor).await.unwrap();
        let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM letters.letter")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        assert_eq!(seen, sees, "{role}");
        let written = sqlx::query(
            "INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, cause, state, created_at, run_at)
             VALUES (gen_random_uuid(), 'reminder', kernel.uid(), kernel.uid(), kernel.uid(), 'y', 'queued', now(), now())",
        )
        .execute(&mut *tx)
        .await;
        assert!(written.is_err(), "{role} writes a letter");
    }
}

#[tokio::test]
async fn an_admin_learns_how_the_post_stands_and_nobody_else() {
    let clinic = Clinic::start().await;
    let now = clinic.test.house.clock.now();
    let plant = |state: &'static str, age: i64| {
        let (owner, ana) = (
            clinic.test.owner.clone(),
            clinic.act("ana", Role::Patient).actor.account,
        );
        let at = now - chrono::Duration::minutes(age);
        async move {
            sqlx::query(
                "INSERT INTO letters.letter (id, kind, account_id, patient_id, visit_id, cause, state, created_at, run_at, settled_at)
                 VALUES ($1, 'visit_confirmed', $2, $2, $1, $1::text, $3, $4, $4,
                         CASE WHEN $3 IN ('sent', 'unknown', 'dead') THEN $4 END)",
            )
            .bind(Uuid::now_v7())
            .bind(ana.uuid())
            .bind(state)
            .bind(at)
            .execute(&owner)
            .await
            .unwrap();
        }
    };
    let ada = clinic.act("ada", Role::Admin);
    let quiet = letters::service::post_standing(&ada).await.unwrap();
    assert_eq!(
        (quiet.late, quiet.given_up, quiet.unsure, quiet.last_sent),
        (0, 0, 0, None)
    );
    for (state, age) in [
        ("queued", 5),
        ("queued", 20),
        ("failed", 40),
        ("dead", 60),
        ("unknown", 90),
        ("sent", 120),
    ] {
        plant(state, age).await;
    }
    let standing = letters::service::post_standing(&ada).await.unwrap();
    assert_eq!(
        (standing.late, standing.given_up, standing.unsure),
        (2, 1, 1),
        "five minutes are not late"
    );
    assert!(standing.last_sent.is_some());
    for (name, role) in [("lia", Role::Liaison), ("ana", Role::Patient), ("pat", Role::Partner)] {
        let answer = letters::service::post_standing(&clinic.act(name, role)).await;
        assert!(matches!(answer, Err(Error::NotFound)), "{role}");
    }
}
