//! The queue: what waits, the most pressing first, a page at a time (S19).

use crate::{
    Error,
    api::view::{Counters, QueuePage},
    model::Place,
};
use chrono::{DateTime, Days, Utc};
use kernel::{
    Ctx,
    audit::{self, Looked, Subject},
};
use scheduling::service::{last_decision, zones};

use super::{
    items::{self, Item, Only},
    names::Names,
    role, undoable,
};

/// Rows of one page: what a liaison works through in one go.
const PAGE: usize = 50;

/// What the page asks for, as texts of its address; empty ones ask nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub kind: String,
    pub owner: String,
    pub age: String,
    pub after: String,
}

impl Wanted {
    /// # Errors
    /// `Invalid` at a text that is no listed code.
    pub fn only(&self) -> Result<Only, Error> {
        Ok(Only {
            kind: code("kind", &self.kind)?,
            owner: code("owner", &self.owner)?,
            age: code("age", &self.age)?,
        })
    }
}

fn code<T: std::str::FromStr>(field: &'static str, text: &str) -> Result<Option<T>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Error::invalid(field, "unknown")),
    }
}

/// # Errors
/// `Invalid(kind|owner|age)`, `NotFound` for every role but liaison or a place that is none.
pub async fn queue(ctx: &Ctx, wanted: &Wanted) -> Result<QueuePage, Error> {
    role::desk(ctx)?;
    let only = wanted.only()?;
    let after = match wanted.after.trim() {
        "" => None,
        text => Some(text.parse::<Place>().map_err(|_| Error::NotFound)?),
    };
    let (now, me) = (ctx.clock.now(), ctx.actor.account);
    let zone = role::own_zone(ctx).await?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let all = items::all(&mut tx, now).await?;
    let tomorrow = zone.date(now).checked_add_days(Days::new(1));
    let day_ends = tomorrow.map_or(now, |date| zones::midnight(zone, date));
    let counters = Counters {
        open: count(all.len()),
        mine: count(
            all.iter()
                .filter(|item| item.held.is_some_and(|held| held.by == me))
                .count(),
        ),
        due_today: count(all.iter().filter(|item| item.facts.due < day_ends).count()),
    };
    let mut fitting = all
        .into_iter()
        .filter(|item| only.fits(item, me, now) && after.is_none_or(|after| item.place(now) > after));
    let page: Vec<Item> = fitting.by_ref().take(PAGE).collect();
    let more = fitting.next().is_some();

    let names = Names::load(&mut tx, ctx.actor, zone, now, &page).await?;
    let last_decision = if page.is_empty() {
        last_decision(&mut tx).await?
    } else {
        None
    };
    let undoable = undoable::load(ctx, &mut tx, zone).await?;
    for item in &page {
        let subject = Subject::new(item.id().kind.as_str(), item.id().id).of(item.about.patient);
        audit::record(&mut tx, Looked::Read, subject);
    }
    tx.commit().await?;
    Ok(QueuePage {
        next: page.last().filter(|_| more).map(|item| item.place(now).to_string()),
        rows: page.iter().map(|item| names.row(item)).collect::<Result<_, Error>>()?,
        counters,
        last_decision: last_decision.map(|at| zones::moment(zone, at)),
        undoable,
        loaded_at: now,
    })
}

/// How many items have come since a page was loaded, for the bar above it.
///
/// # Errors
/// `NotFound` for every role but liaison.
pub async fn new_items(ctx: &Ctx, since: DateTime<Utc>) -> Result<u32, Error> {
    role::desk(ctx)?;
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let all = items::all(&mut tx, ctx.clock.now()).await?;
    tx.commit().await?;
    // An item of the kind "not confirmed" begins to wait for the desk a day after the visit, not at its end.
    let began = |item: &Item| match item.id().kind {
        crate::model::Kind::Confirm => item.about.ends + scheduling::model::CONFIRM_WITHIN,
        _ => item.facts.since,
    };
    Ok(count(all.iter().filter(|item| began(item) > since).count()))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
