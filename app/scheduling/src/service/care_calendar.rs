//! The therapist's days: hours, visits, kept times without a name (R14), absences.

use crate::{
    Error,
    api::view::{CareBlock, CareBlockKind, CareDay, CareDaysView},
    store::day::Only,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use kernel::{
    Ctx, Zone,
    audit::{self, Looked, Subject},
};

use super::{
    cast::{Cast, patients_of},
    page_clock::{monday, page_clock},
    parse, role, therapist_days, zones,
};

/// The longest stretch one page shows.
const LONGEST: u16 = 31;

/// # Errors
/// `Invalid(from)`, `NotFound` for every role but therapist.
pub async fn care_calendar(ctx: &Ctx, from: &str, days: u16) -> Result<CareDaysView, Error> {
    let therapist = role::therapist(ctx)?;
    let wanted = parse::optional_date("from", from)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let card = people::service::therapist_card(&mut tx, therapist)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zones::parse(&card.zone)?;
    let today = zone.date(now);
    let first = wanted.unwrap_or_else(|| if days == 1 { today } else { monday(today) });
    let days = days.clamp(1, LONGEST);
    let last = first.checked_add_days(Days::new(u64::from(days))).unwrap_or(first);
    let stretch = (zones::midnight(zone, first), zones::midnight(zone, last));

    let loaded = therapist_days::Days::load(&mut tx, &[therapist.uuid()], stretch, Only::default(), now).await?;
    let cast = Cast::of_rows(&mut tx, &loaded.visits, now).await?;
    for patient in patients_of(&loaded.visits) {
        audit::record(&mut tx, Looked::Read, Subject::kind("calendar").of(patient));
    }
    tx.commit().await?;

    let mut out = Vec::with_capacity(usize::from(days));
    for date in first.iter_days().take(usize::from(days)) {
        let day = Day::new(zone, date);
        out.push(CareDay {
            date,
            day: zones::day(date),
            open: loaded.open(therapist, &day),
            blocks: loaded.blocks(ctx, &cast, therapist, &day, now)?,
        });
    }
    Ok(CareDaysView {
        clock: page_clock(zone, now),
        days: out,
        cut_off: loaded.cut_off,
    })
}

/// A local day, to cut blocks to.
pub struct Day {
    zone: Zone,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Day {
    pub fn new(zone: Zone, date: NaiveDate) -> Self {
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        Self {
            zone,
            start: zones::midnight(zone, date),
            end: zones::midnight(zone, next),
        }
    }

    pub const fn zone(&self) -> Zone {
        self.zone
    }

    pub const fn bounds(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (self.start, self.end)
    }

    /// The part of a stretch that lies on this day.
    pub fn cut(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let cut = (from.max(self.start), until.min(self.end));
        (cut.0 < cut.1).then_some(cut)
    }

    /// Minutes after local midnight, by the wall clock; the end of the day is 1440.
    pub fn minute(&self, at: DateTime<Utc>) -> u16 {
        use chrono::Timelike;
        if at >= self.end {
            return 1_440;
        }
        let local = self.zone.local(at);
        u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default()
    }

    /// "10:00"; the end of the day is "24:00".
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        parse::clock(self.minute(at))
    }

    pub fn block(&self, kind: CareBlockKind, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<CareBlock> {
        let (from, until) = self.cut(from, until)?;
        Some(CareBlock {
            kind,
            when: zones::when(self.zone, from, until),
            from_minute: self.minute(from),
            until_minute: self.minute(until),
            visit: None,
            movable: false,
        })
    }
}
