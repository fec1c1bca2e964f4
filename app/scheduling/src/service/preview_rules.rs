//! What a change of the rules would do, before it is made: one therapist's times in one week, before and after.

use crate::{
    Error,
    api::{
        PreviewAsk,
        view::{Around, Fate, PreviewDay, PreviewTime, PreviewVisit, RulesPreview},
    },
    model::{Parameters, Scope, Typed},
    store::{self, catalog::Service, free_time::HolderTime},
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use kernel::{Ctx, Tx, Zone};
use people::TherapistCard;
use std::collections::BTreeMap;

use super::{
    cast::{face, service_view},
    free::{self, FreeTimes},
    parse, role,
    rules_page::{locate, optional},
    save_rules::{changes, read_form, refuse_contradictions},
    zones,
};

const DAYS: u64 = 7;

/// `None` where nobody offers anything that the scope names.
///
/// # Errors
/// `AllInvalid`, `Invalid(week)`; `NotFound` for every role but admin.
pub async fn preview_rules(ctx: &Ctx, ask: &PreviewAsk) -> Result<Option<RulesPreview>, Error> {
    role::admin(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let (group, scope) = locate(&mut tx, &ask.place).await?;
    let typed = read_form(group, scope, &ask.values)?;
    let week = parse::optional_date("week", &ask.week)?;
    let Some((therapist, service)) = sample(&mut tx, ask, scope).await? else {
        return Ok(None);
    };
    let book = store::rules::in_force(&mut tx, None, None, now).await?;
    let changes = changes(&book, scope, &typed);
    refuse_contradictions(&book, scope, &changes)?;
    let new: Vec<Typed> = changes.iter().map(|change| (change.parameter, change.value)).collect();
    let (before, after) = (
        book.of(service.id, therapist.id),
        book.with(scope, &new).of(service.id, therapist.id),
    );

    let zone = zones::parse(&therapist.zone)?;
    let first = week.unwrap_or_else(|| zone.date(now));
    let (from, until) = bounds(zone, first);
    let a_day = Duration::days(1);
    let times = store::free_time::load(&mut tx, &[therapist.id.uuid()], from - a_day, until + a_day, now).await?;
    tx.commit().await?;

    let offered = |rules: &Parameters| match times.first() {
        Some(time) => starts(time, &service, rules, now, (from, until)),
        None => Vec::new(),
    };
    let (old, new) = (offered(&before), offered(&after));
    let sample = new
        .first()
        .or(old.first())
        .and_then(|at| DateTime::from_timestamp(*at, 0));
    let count = |starts: &[i64]| u32::try_from(starts.len()).unwrap_or(u32::MAX);
    Ok(Some(RulesPreview {
        therapist: face(&therapist),
        zone: zones::view(zone, now),
        week: first,
        before: count(&old),
        after: count(&new),
        days: days(zone, &old, &new),
        sample: sample.map(|starts| PreviewVisit {
            when: zones::when(zone, starts, starts + Duration::minutes(i64::from(service.minutes))),
            before: around(zone, starts, &before),
            after: around(zone, starts, &after),
        }),
        service: service_view(&service),
    }))
}

/// The therapist and service to look at: those asked for, as far as the scope leaves a choice.
async fn sample(tx: &mut Tx, ask: &PreviewAsk, scope: Scope) -> Result<Option<(TherapistCard, Service)>, Error> {
    let therapist = scope.therapist.or(optional(&ask.sample_therapist)?);
    let service = scope.service.or(optional(&ask.sample_service)?);
    let Some((therapist, service)) = store::catalog::any_offer(tx, service, therapist).await? else {
        return Ok(None);
    };
    let card = people::service::therapist_card(tx, therapist).await?;
    Ok(card.zip(Some(service)))
}

fn bounds(zone: Zone, first: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
    let after = first.checked_add_days(Days::new(DAYS)).unwrap_or(first);
    (zones::midnight(zone, first), zones::midnight(zone, after))
}

fn starts(
    time: &HolderTime,
    service: &Service,
    rules: &Parameters,
    now: DateTime<Utc>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<i64> {
    let mut grid = free::grid(service, now, rules);
    grid.earliest = grid.earliest.max(from.timestamp());
    grid.latest = grid.latest.min(until.timestamp());
    let mut starts = Vec::new();
    FreeTimes::new(time, &[], grid).first(usize::MAX / 2, &mut starts);
    starts
}

/// Every time that is offered before or after, by day.
fn days(zone: Zone, old: &[i64], new: &[i64]) -> Vec<PreviewDay> {
    let mut all: BTreeMap<i64, Fate> = old.iter().map(|start| (*start, Fate::Goes)).collect();
    for start in new {
        all.entry(*start)
            .and_modify(|fate| *fate = Fate::Stays)
            .or_insert(Fate::Comes);
    }
    let mut days: Vec<PreviewDay> = Vec::new();
    for (start, fate) in all {
        let Some(at) = DateTime::from_timestamp(start, 0) else {
            continue;
        };
        let (day, clock) = (zones::day(zone.date(at)), zones::clock(zone, at));
        let time = PreviewTime { clock, fate };
        match days.last_mut() {
            Some(last) if last.day == day => last.times.push(time),
            _ => days.push(PreviewDay { day, times: vec![time] }),
        }
    }
    days
}

fn around(zone: Zone, starts: DateTime<Utc>, rules: &Parameters) -> Around {
    let mut reminders: Vec<Duration> = rules.reminders.iter().flatten().copied().collect();
    reminders.sort_unstable_by(|one, other| other.cmp(one));
    Around {
        free_until: zones::moment(zone, starts - rules.cut_off),
        reminders: reminders
            .into_iter()
            .map(|before| zones::moment(zone, starts - before))
            .collect(),
        room_opens: zones::moment(zone, starts - rules.room_opens),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, days};
    use kernel::Zone;

    #[test]
    fn every_time_says_what_becomes_of_it() {
        let shown = days(Zone::UTC, &[0, 3_600], &[3_600, 90_000]);
        let fates: Vec<(&str, &str, Fate)> = shown
            .iter()
            .flat_map(|day| {
                day.times
                    .iter()
                    .map(|time| (day.day.as_str(), time.clock.as_str(), time.fate))
            })
            .collect();
        assert_eq!(
            fates,
            [
                ("Thu 1 Jan", "00:00", Fate::Goes),
                ("Thu 1 Jan", "01:00", Fate::Stays),
                ("Fri 2 Jan", "01:00", Fate::Comes)
            ]
        );
    }
}
