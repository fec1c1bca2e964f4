//! An administrator changes the rules, or takes a change back (R30). A version is only ever added.

use crate::{
    Error,
    api::RulesPlace,
    model::{Contradiction, Group, Parameter, Rulebook, RulesVersionId, Scope, Typed, contradictions, read_rule},
    store::{
        self,
        rules::{Change, NewVersion},
    },
};
use chrono::{DateTime, Utc};
use kernel::{
    Ctx, FieldError, IdempotencyKey, Tx,
    audit::{self, Looked, Subject},
    idempotency,
};
use std::collections::BTreeMap;

use super::{
    again::again,
    parse, role,
    rules_page::{locate, own_zone},
    zones,
};

/// Longest reason, as the table has it.
const REASON_LIMIT: usize = 300;

/// The form as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct RulesInput<'a> {
    pub place: &'a RulesPlace,
    /// By the code of the parameter.
    pub values: &'a BTreeMap<String, String>,
    pub reason: &'a str,
    /// A date in the administrator's zone; empty: now.
    pub from: &'a str,
    /// The newest version that the administrator saw.
    pub seen: i32,
}

/// # Errors
/// `AllInvalid`, `Invalid`, `RulesMovedOn`, `OtherRequest`; `NotFound` for every role but admin.
pub async fn save_rules(ctx: &Ctx, input: &RulesInput<'_>, key: IdempotencyKey) -> Result<(), Error> {
    role::admin(ctx)?;
    again(|| save(ctx, input, key)).await
}

async fn save(ctx: &Ctx, input: &RulesInput<'_>, key: IdempotencyKey) -> Result<(), Error> {
    let asked = ("rules", input.place, input.values, input.reason, input.from, input.seen);
    let now = ctx.clock.now();
    let from = starts(ctx, input.from, now).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let (group, scope) = locate(&mut tx, input.place).await?;
    let typed = read_form(group, scope, input.values)?;
    let reason = parse::text("reason", input.reason, REASON_LIMIT)?;
    if store::rules::newest(&mut tx, scope).await? != input.seen {
        return Err(Error::RulesMovedOn);
    }
    let book = store::rules::in_force(&mut tx, None, None, from).await?;
    let changes = changes(&book, scope, &typed);
    refuse_contradictions(&book, scope, &changes)?;
    if changes.is_empty() {
        return Err(Error::invalid("", "nothing_changed"));
    }
    let version = NewVersion {
        id: ctx.ids.next(),
        scope,
        number: input.seen.saturating_add(1),
        at: now,
        by: ctx.actor.account,
        reason: &reason.ok_or_else(|| Error::invalid("reason", "required"))?,
        effective_from: from,
        puts_back: None,
    };
    write(&mut tx, &version, &changes).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

/// # Errors
/// `RulesMovedOn`, `Invalid`, `OtherRequest`; `NotFound` for every role but admin and an absent version.
pub async fn put_back_rules(ctx: &Ctx, id: RulesVersionId, key: IdempotencyKey) -> Result<(), Error> {
    role::admin(ctx)?;
    again(|| put_back(ctx, id, key)).await
}

async fn put_back(ctx: &Ctx, id: RulesVersionId, key: IdempotencyKey) -> Result<(), Error> {
    let asked = ("put back", id);
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    if idempotency::replay::<()>(&mut tx, key, &asked).await?.is_some() {
        return Ok(());
    }
    let old = store::rules::version(&mut tx, id).await?.ok_or(Error::NotFound)?;
    // A change that does not hold yet is taken back at its own beginning: until then nothing was changed.
    let from = old.effective_from.max(now);
    let book = store::rules::in_force(&mut tx, None, None, from).await?;
    let before: Vec<Typed> = old
        .changes
        .iter()
        .map(|change| (change.parameter, change.was))
        .collect();
    let changes = changes(&book, old.scope, &before);
    refuse_contradictions(&book, old.scope, &changes)?;
    if changes.is_empty() {
        return Err(Error::invalid("", "nothing_changed"));
    }
    let version = NewVersion {
        id: ctx.ids.next(),
        scope: old.scope,
        number: store::rules::newest(&mut tx, old.scope).await?.saturating_add(1),
        at: now,
        by: ctx.actor.account,
        reason: &format!("Put back change {}", old.number),
        effective_from: from,
        puts_back: Some(id),
    };
    write(&mut tx, &version, &changes).await?;
    idempotency::remember(&mut tx, key, &asked, &()).await?;
    tx.commit().await?;
    Ok(())
}

async fn write(tx: &mut Tx, version: &NewVersion<'_>, changes: &[Change]) -> Result<(), Error> {
    store::rules::add(tx, version, changes).await?;
    audit::record(tx, Looked::Changed, Subject::new("rules", version.id.uuid()));
    Ok(())
}

/// Now, or midnight of a later day in the administrator's zone.
async fn starts(ctx: &Ctx, from: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let Some(date) = parse::optional_date("from", from)? else {
        return Ok(now);
    };
    let zone = own_zone(ctx).await?;
    match date.cmp(&zone.date(now)) {
        std::cmp::Ordering::Less => Err(Error::invalid("from", "in_the_past")),
        std::cmp::Ordering::Equal => Ok(now),
        std::cmp::Ordering::Greater => Ok(zones::midnight(zone, date)),
    }
}

/// The fields of a group that were sent; every wrong one is named.
///
/// # Errors
/// `AllInvalid`.
pub fn read_form(group: Group, scope: Scope, values: &BTreeMap<String, String>) -> Result<Vec<Typed>, Error> {
    let mut wrong = Vec::new();
    let mut typed = Vec::new();
    for parameter in Parameter::of(group) {
        let Some(text) = values.get(parameter.as_str()) else {
            continue;
        };
        match read_rule(parameter, text, &scope) {
            Ok(one) => typed.push(one),
            Err(code) => wrong.push(at(parameter, code.to_owned())),
        }
    }
    if wrong.is_empty() {
        Ok(typed)
    } else {
        Err(Error::AllInvalid(wrong))
    }
}

/// What differs from what is set.
pub fn changes(book: &Rulebook, scope: Scope, typed: &[Typed]) -> Vec<Change> {
    typed
        .iter()
        .filter_map(|(parameter, value)| {
            let was = book.set_at(&scope, *parameter);
            // The organisation's form shows the default where nothing is set: leaving it there sets nothing.
            let left = scope == Scope::HOUSE && was.is_none() && *value == Some(parameter.spec().default);
            (was != *value && !left).then_some(Change {
                parameter: *parameter,
                was,
                value: *value,
            })
        })
        .collect()
}

/// The book after the changes must contradict itself nowhere: not in the scope, and in none that is narrower. What it
/// contradicts already is not this change's to answer for.
///
/// # Errors
/// `AllInvalid` with both fields of each contradiction; the form as a whole when it lies in a narrower scope.
pub fn refuse_contradictions(book: &Rulebook, scope: Scope, changes: &[Change]) -> Result<(), Error> {
    let typed: Vec<Typed> = changes.iter().map(|change| (change.parameter, change.value)).collect();
    let after = book.with(scope, &typed);
    let mut wrong: Vec<FieldError> = Vec::new();
    for below in after.below(scope) {
        let before = contradictions(&book.values(&below));
        let mut fresh = contradictions(&after.values(&below));
        fresh.retain(|one| !before.contains(one));
        if below == scope {
            wrong.extend(fresh.into_iter().flat_map(both));
        } else if !fresh.is_empty() && wrong.is_empty() {
            wrong.push(FieldError {
                field: String::new(),
                code: "contradicts".to_owned(),
            });
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::AllInvalid(wrong))
    }
}

/// Each of the two names the other: `must_differ:reminder_2`.
fn both(found: Contradiction) -> [FieldError; 2] {
    let Contradiction { first, second, clash } = found;
    [
        at(first, format!("{clash}:{second}")),
        at(second, format!("{clash}:{first}")),
    ]
}

fn at(parameter: Parameter, code: String) -> FieldError {
    FieldError {
        field: format!("values[{parameter}]"),
        code,
    }
}
