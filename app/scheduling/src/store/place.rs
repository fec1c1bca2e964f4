//! Taking a time: one statement that knows what may be booked, one that takes it. Both say themselves who asks, so that they
//! need no transaction around them; inside of one they do the same.

use super::{
    catalog::{self, Service},
    claim::Claim,
    free_time::{self, HolderTime},
    hold::HoldRow,
    particulars, range,
    rules::{self, Told},
};
use crate::{
    Error,
    model::{HoldId, Parameters, ServiceId},
};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Actor, OnConstraint, PatientId, StoreError, TherapistId, audit::Entries};
use people::{
    PatientKind, Scope,
    model::{Relation, RelationKind},
};
use sqlx::{PgConnection, types::Json};
use std::str::FromStr;
use uuid::Uuid;

/// Whose time is wanted, for what and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub therapist: TherapistId,
    pub service: ServiceId,
    pub starts: DateTime<Utc>,
    pub patient: PatientId,
}

/// What stands around a wish, as one link between the actor and the patient has it.
#[derive(Debug)]
pub struct Offered {
    pub link: Relation,
    pub kind: PatientKind,
    /// The therapist has a licence, valid on the day of the visit, for the state the patient is in.
    pub licensed: bool,
    /// The therapist's terms let this patient book it: whether they met before, and their age on that day.
    pub admitted: bool,
    /// The therapist takes new patients, or has met this one before.
    pub welcome: bool,
    /// As this therapist gives it.
    pub service: Service,
    /// The therapist's hours and absences of that day and the one before.
    pub time: HolderTime,
    /// The rules in force for the two.
    pub rules: Parameters,
    /// What the account typed for this patient and never sent: the hold it stands at, and the sealed text.
    pub draft: Option<(HoldId, Vec<u8>)>,
}

struct Row {
    relation: String,
    scope: Vec<String>,
    linked_from: DateTime<Utc>,
    linked_until: Option<DateTime<Utc>>,
    patient_kind: String,
    licence_end: Option<DateTime<Utc>>,
    age: Option<i16>,
    accepts_new: bool,
    met: bool,
    more: Option<Json<particulars::Raw>>,
    line: String,
    name: String,
    minutes: i16,
    step: i16,
    buffer_before: i16,
    buffer_after: i16,
    price_cents: i64,
    zone: Option<String>,
    weekly: Option<Vec<i32>>,
    dated_on: Option<Vec<NaiveDate>>,
    dated_from: Option<Vec<Option<i16>>>,
    dated_until: Option<Vec<Option<i16>>>,
    away_from: Option<Vec<DateTime<Utc>>>,
    away_until: Option<Vec<DateTime<Utc>>>,
    rules: Told,
    draft_of: Option<Uuid>,
    draft: Option<Vec<u8>>,
}

/// One for each living link between the actor and the patient. Empty when there is none, or when the therapist does not offer
/// the service today; whoever never set hours offers it at no time. Drafts of holds that ended before `drafts_since` stay behind.
pub async fn offered(
    conn: &mut PgConnection,
    actor: Actor,
    wish: Wish,
    now: DateTime<Utc>,
    drafts_since: DateTime<Utc>,
) -> Result<Vec<Offered>, StoreError> {
    let a_day = chrono::Duration::days(1);
    sqlx::query_as!(
        Row,
        r#"
        SELECT b.relation AS "relation!", b.scope AS "scope!", b.linked_from AS "linked_from!", b.linked_until,
               b.patient_kind AS "patient_kind!", b.licence_end, b.age, b.accepts_new AS "accepts_new!", b.met AS "met!",
               CASE WHEN b.particular THEN scheduling.particulars($4, $5, $6, $7) END AS "more: Json<particulars::Raw>",
               b.line AS "line!", b.name AS "name!", b.minutes AS "minutes!", b.step AS "step!",
               b.buffer_before AS "buffer_before!", b.buffer_after AS "buffer_after!", b.price_cents AS "price_cents!",
               b.zone, b.weekly, b.dated_on, b.dated_from AS "dated_from: Vec<Option<i16>>",
               b.dated_until AS "dated_until: Vec<Option<i16>>", b.away_from, b.away_until,
               scheduling.rules_in_force(ARRAY[$5::uuid], ARRAY[$4::uuid], $7) AS "rules!: Told", b.draft_of, b.draft
        FROM kernel.act_as($1, $2, $7) AS who (account)
        CROSS JOIN LATERAL scheduling.bookable(who.account, $3, $4, $5, $6, $9, $8) b
        "#,
        actor.account.uuid(),
        actor.role.as_str(),
        wish.patient.uuid(),
        wish.therapist.uuid(),
        wish.service.uuid(),
        range(wish.starts - a_day, wish.starts + a_day),
        now,
        drafts_since,
        wish.starts
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .map(|row| row.offered(wish, now))
    .collect()
}

impl Row {
    fn offered(self, wish: Wish, now: DateTime<Utc>) -> Result<Offered, StoreError> {
        let service = catalog::Row {
            id: wish.service.uuid(),
            line: self.line,
            name: self.name,
            minutes: self.minutes,
            step: self.step,
            buffer_before: self.buffer_before,
            buffer_after: self.buffer_after,
            price_cents: self.price_cents,
        };
        let time = free_time::Row {
            holder_id: wish.therapist.uuid(),
            zone: self.zone,
            weekly: self.weekly,
            dated_on: self.dated_on,
            dated_from: self.dated_from,
            dated_until: self.dated_until,
            away_from: self.away_from,
            away_until: self.away_until,
            busy_from: None,
            busy_until: None,
        };
        let scope: Result<Vec<Scope>, StoreError> = self.scope.iter().map(|text| word(text, "scope")).collect();
        let kind: RelationKind = word(&self.relation, "kind of relation")?;
        let time = HolderTime::try_from(time)?.with(self.more, now)?;
        let more = time.more.as_ref();
        Ok(Offered {
            admitted: more.is_none_or(|more| more.admits(self.met, self.age)),
            link: Relation {
                kind,
                scope: scope?,
                starts_at: self.linked_from,
                ends_at: self.linked_until,
            },
            kind: word(&self.patient_kind, "kind of patient")?,
            licensed: self.licence_end.is_some_and(|end| wish.starts < end),
            welcome: self.accepts_new || self.met,
            service: match more {
                Some(more) => more.given(service.try_into()?),
                None => service.try_into()?,
            },
            time,
            rules: rules::book(self.rules).of(wish.service, wish.therapist),
            draft: self.draft_of.map(HoldId::new).zip(self.draft),
        })
    }
}

fn word<T: FromStr>(text: &str, what: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(what))
}

/// Writes a hold with the claims on its therapist (buffers included) and its patient, after letting go of whatever the
/// account kept before; requests that were over make way, and the outbox hears of it. The exclusion constraint is the
/// judge; nothing is looked up to see whether the time is free. `entries` are for the audit chain: those of `Once`, or none
/// when the transaction around this one keeps its own.
///
/// # Errors
/// `SlotTaken`, `PatientBusy`.
pub async fn place(
    conn: &mut PgConnection,
    actor: Actor,
    entries: &Entries,
    hold: &HoldRow,
    (therapist, patient): (&Claim, &Claim),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let placed = sqlx::query!(
        r#"
        SELECT kernel.append_audit($1, $2, $3) AS appended
        FROM kernel.act_as($1, $2, $11) AS who (account)
        CROSS JOIN LATERAL scheduling.place_hold($4, who.account, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS placed
        WHERE placed
        "#,
        actor.account.uuid(),
        actor.role.as_str(),
        entries.as_json(),
        hold.id.uuid(),
        hold.patient.uuid(),
        hold.therapist.uuid(),
        hold.service.uuid(),
        range(patient.from, patient.until),
        range(therapist.from, therapist.until),
        now,
        hold.hold.expires_at,
        hold.reason,
        &[therapist.id, patient.id]
    )
    .fetch_one(conn)
    .await;
    match placed.on_constraint("calendar_claim_free", Error::SlotTaken) {
        Ok(_) => Ok(()),
        Err(Error::Store(StoreError::Database(error))) => {
            Err(error).on_constraint("calendar_claim_free_of_patient", Error::PatientBusy)
        }
        Err(other) => Err(other),
    }
}
