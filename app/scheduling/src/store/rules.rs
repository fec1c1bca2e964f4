//! The rules of booking as they were set. Rows are only added.

use crate::{
    Error,
    model::{Parameter, Rulebook, RulesVersionId, Scope, ServiceId, Setting},
};
use chrono::{DateTime, Utc};
use kernel::{AccountId, OnConstraint, StoreError, TherapistId, Tx};
use sqlx::types::Json;
use uuid::Uuid;

/// What `scheduling.rules_in_force` answers: service, therapist, parameter, value.
pub type Told = Json<Vec<(Option<Uuid>, Option<Uuid>, String, i64)>>;

/// A parameter that this release does not know is left out: the one before or after it may run beside.
pub fn book(told: Told) -> Rulebook {
    let settings = told.0.into_iter().filter_map(|(service, therapist, parameter, value)| {
        Some(Setting {
            scope: Scope {
                service: service.map(ServiceId::new),
                therapist: therapist.map(TherapistId::new),
            },
            parameter: parameter.parse().ok()?,
            value,
        })
    });
    Rulebook::new(settings.collect())
}

/// The rules in force at `at`. `None`: those of every service, of every therapist.
pub async fn in_force(
    tx: &mut Tx,
    services: Option<&[Uuid]>,
    therapists: Option<&[Uuid]>,
    at: DateTime<Utc>,
) -> Result<Rulebook, StoreError> {
    let told = sqlx::query_scalar!(
        r#"SELECT scheduling.rules_in_force($1, $2, $3) AS "told!: Told""#,
        services,
        therapists,
        at
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(book(told))
}

/// A version to write.
#[derive(Debug)]
pub struct NewVersion<'a> {
    pub id: RulesVersionId,
    pub scope: Scope,
    /// One more than the version that its author saw.
    pub number: i32,
    pub at: DateTime<Utc>,
    pub by: AccountId,
    pub reason: &'a str,
    pub effective_from: DateTime<Utc>,
    pub puts_back: Option<RulesVersionId>,
}

/// What a version does to one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub parameter: Parameter,
    pub was: Option<i64>,
    pub value: Option<i64>,
}

/// # Errors
/// `RulesMovedOn` when somebody wrote this number of this scope first.
pub async fn add(tx: &mut Tx, version: &NewVersion<'_>, changes: &[Change]) -> Result<(), Error> {
    let (service, therapist) = ids(version.scope);
    sqlx::query!(
        "INSERT INTO scheduling.rules_version
             (id, service_id, therapist_id, number, at, by_account, reason, effective_from, puts_back)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        version.id.uuid(),
        service,
        therapist,
        version.number,
        version.at,
        version.by.uuid(),
        version.reason,
        version.effective_from,
        version.puts_back.map(RulesVersionId::uuid)
    )
    .execute(&mut **tx)
    .await
    .on_constraint("rules_version_next", Error::RulesMovedOn)?;
    let parameters: Vec<String> = changes.iter().map(|change| change.parameter.to_string()).collect();
    let values: Vec<Option<i64>> = changes.iter().map(|change| change.value).collect();
    let before: Vec<Option<i64>> = changes.iter().map(|change| change.was).collect();
    sqlx::query!(
        "INSERT INTO scheduling.rule_value
             (version_id, service_id, therapist_id, number, effective_from, parameter, value, was)
         SELECT $1, $2, $3, $4, $5, * FROM unnest($6::text[], $7::bigint[], $8::bigint[])",
        version.id.uuid(),
        service,
        therapist,
        version.number,
        version.effective_from,
        &parameters,
        &values as &[Option<i64>],
        &before as &[Option<i64>]
    )
    .execute(&mut **tx)
    .await
    .map_err(StoreError::from)?;
    Ok(())
}

fn ids(scope: Scope) -> (Option<Uuid>, Option<Uuid>) {
    (
        scope.service.map(ServiceId::uuid),
        scope.therapist.map(TherapistId::uuid),
    )
}

/// A version as read.
#[derive(Debug)]
pub struct Version {
    pub id: RulesVersionId,
    pub scope: Scope,
    pub number: i32,
    pub at: DateTime<Utc>,
    pub by: AccountId,
    pub reason: String,
    pub effective_from: DateTime<Utc>,
    pub changes: Vec<Change>,
}

struct Row {
    id: Uuid,
    service_id: Option<Uuid>,
    therapist_id: Option<Uuid>,
    number: i32,
    at: DateTime<Utc>,
    by_account: Uuid,
    reason: String,
    effective_from: DateTime<Utc>,
    parameters: Vec<String>,
    before: Vec<Option<i64>>,
    after: Vec<Option<i64>>,
}

impl From<Row> for Version {
    fn from(row: Row) -> Self {
        let changes = row.parameters.iter().zip(row.before.iter().zip(&row.after));
        Self {
            id: row.id.into(),
            scope: Scope {
                service: row.service_id.map(ServiceId::new),
                therapist: row.therapist_id.map(TherapistId::new),
            },
            number: row.number,
            at: row.at,
            by: row.by_account.into(),
            reason: row.reason,
            effective_from: row.effective_from,
            changes: changes
                .filter_map(|(parameter, (was, value))| {
                    Some(Change {
                        parameter: parameter.parse().ok()?,
                        was: *was,
                        value: *value,
                    })
                })
                .collect(),
        }
    }
}

/// Versions with their values that fit the rest of the statement.
macro_rules! versions {
    ($rest:tt $(, $argument:expr)*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT v.id, v.service_id, v.therapist_id, v.number, v.at, v.by_account, v.reason, v.effective_from,
                      x.parameters AS "parameters!", x.before AS "before!: Vec<Option<i64>>",
                      x.after AS "after!: Vec<Option<i64>>"
               FROM scheduling.rules_version v
               CROSS JOIN LATERAL (
                   SELECT COALESCE(array_agg(r.parameter ORDER BY r.parameter), '{}') AS parameters,
                          COALESCE(array_agg(r.was ORDER BY r.parameter), '{}') AS before,
                          COALESCE(array_agg(r.value ORDER BY r.parameter), '{}') AS after
                   FROM scheduling.rule_value r WHERE r.version_id = v.id
               ) x "# + $rest
            $(, $argument)*
        )
    };
}

/// The last versions of a scope, the newest first.
pub async fn log(tx: &mut Tx, scope: Scope, limit: i64) -> Result<Vec<Version>, StoreError> {
    let (service, therapist) = ids(scope);
    let rows = versions!(
        "WHERE v.service_id IS NOT DISTINCT FROM $1 AND v.therapist_id IS NOT DISTINCT FROM $2
         ORDER BY v.number DESC LIMIT $3",
        service,
        therapist,
        limit
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

pub async fn version(tx: &mut Tx, id: RulesVersionId) -> Result<Option<Version>, StoreError> {
    let row = versions!("WHERE v.id = $1", id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(Version::from))
}

/// The number of a scope's newest version; 0 without one.
pub async fn newest(tx: &mut Tx, scope: Scope) -> Result<i32, StoreError> {
    let (service, therapist) = ids(scope);
    let number = sqlx::query_scalar!(
        r#"SELECT COALESCE(max(number), 0) AS "number!" FROM scheduling.rules_version
           WHERE service_id IS NOT DISTINCT FROM $1 AND therapist_id IS NOT DISTINCT FROM $2"#,
        service,
        therapist
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(number)
}
