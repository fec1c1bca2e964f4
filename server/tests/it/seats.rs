//! A seat in a room is judged again while somebody sits in it: it ends with the right to it.

use crate::clinic::Clinic;
use kernel::{Actor, Role, VisitId};
use live::Closing;
use room::{HouseBackstage, model::Seat, session::Backstage};
use sqlx::Row;
use uuid::Uuid;

/// The next visit of the guardian's child with Tess, at the minute it begins.
struct Sitting {
    clinic: Clinic,
    visit: VisitId,
}

impl Sitting {
    async fn begin() -> Self {
        let clinic = Clinic::start().await;
        let found = sqlx::query(
            "SELECT v.id, lower(v.during) FROM scheduling.visit v JOIN people.patient p ON p.id = v.patient_id
             WHERE p.given_name = 'Benjamin' AND v.state = 'scheduled' ORDER BY 2 LIMIT 1",
        )
        .fetch_one(&clinic.house.owner)
        .await
        .expect("a visit");
        let starts: chrono::DateTime<chrono::Utc> = found.get(1);
        clinic.house.clock.advance(starts - clinic.house.house.clock.now());
        Self {
            visit: VisitId::new(found.get(0)),
            clinic,
        }
    }

    async fn judged(&self, email: &str, role: Role, seat: Seat) -> Option<Closing> {
        let account: Uuid = sqlx::query_scalar("SELECT id FROM identity.account WHERE email = $1")
            .bind(email)
            .fetch_one(&self.clinic.house.owner)
            .await
            .expect("an account");
        let house = &self.clinic.house.house;
        let actor = Actor {
            account: kernel::AccountId::new(account),
            role,
            session: house.ids.next(),
        };
        HouseBackstage(house.clone())
            .has_to_go(&actor, self.visit, seat)
            .await
            .expect("the database answers")
    }

    async fn guardian(&self) -> Option<Closing> {
        self.judged("gus@demo.example", Role::Guardian, Seat::Guardian).await
    }

    async fn host(&self) -> Option<Closing> {
        self.judged("tess@demo.example", Role::Therapist, Seat::Host).await
    }

    /// As the owner of the database, in this visit's row.
    async fn visit(&self, set: &str) {
        self.plant(&format!("UPDATE scheduling.visit SET {set} WHERE id = $1"))
            .await;
    }

    /// As the owner of the database, about this visit.
    async fn plant(&self, sql: &str) {
        let changed = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .bind(self.visit.uuid())
            .execute(&self.clinic.house.owner)
            .await
            .expect("the owner may");
        assert!(changed.rows_affected() > 0, "{sql}");
    }
}

const REMOVED: Option<Closing> = Some(Closing::Removed);
const CALLED_OFF: Option<Closing> = Some(Closing::CalledOff);

#[tokio::test]
async fn whoever_lost_the_right_to_a_seat_has_to_go_and_nobody_else() {
    let sitting = Sitting::begin().await;
    let both = async || (sitting.guardian().await, sitting.host().await);
    assert_eq!(both().await, (None, None));
    // Over by the record; its people may still be saying good-bye.
    sitting.visit("state = 'ended'").await;
    assert_eq!(both().await, (None, None));
    sitting
        .visit("state = 'scheduled', during = tstzrange(starts_at + interval '1 day', ends_at + interval '1 day')")
        .await;
    assert_eq!(both().await, (CALLED_OFF, CALLED_OFF), "moved away");
    sitting
        .visit("during = tstzrange(starts_at - interval '1 day', ends_at - interval '1 day')")
        .await;
    sitting
        .visit("state = 'cancelled', cancel_reason = 'other', cancel_role = 'liaison', cancel_late = false")
        .await;
    assert_eq!(both().await, (CALLED_OFF, CALLED_OFF), "cancelled");
    sitting
        .visit("state = 'scheduled', cancel_reason = NULL, cancel_role = NULL, cancel_late = NULL")
        .await;
    let mara = "(SELECT id FROM identity.account WHERE email = 'mara@demo.example')";
    sitting.visit(&format!("therapist_id = {mara}")).await;
    assert_eq!(both().await, (None, REMOVED), "a colleague took over");
    let tess = "(SELECT id FROM identity.account WHERE email = 'tess@demo.example')";
    sitting.visit(&format!("therapist_id = {tess}")).await;
    sitting
        .plant(
            "UPDATE people.relation SET ends_at = starts_at
             WHERE kind = 'guardian' AND patient_id = (SELECT patient_id FROM scheduling.visit WHERE id = $1)",
        )
        .await;
    assert_eq!(both().await, (REMOVED, None), "no guardian any more");
}
