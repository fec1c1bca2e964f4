//! The clock a calendar page is written in.

use crate::{Error, api::view::PageClock};
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};
use kernel::{Ctx, Zone};

use super::zones;

/// The zone in which the reader reads dates: that of the own account.
pub async fn reader_zone(ctx: &Ctx) -> Result<Zone, Error> {
    let me = identity::service::me(ctx).await.map_err(|_| Error::NotFound)?;
    Ok(zones::parse(&me.zone)?)
}

pub fn page_clock(zone: Zone, now: DateTime<Utc>) -> PageClock {
    let local = zone.local(now);
    PageClock {
        today: local.date(),
        minute: u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default(),
        zone: zones::view(zone, now),
    }
}

pub fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
        .unwrap_or(date)
}
