//! Days of therapists as blocks: for the therapist's own calendar, and for the desk's many side by side.

use crate::{
    Error,
    api::view::{CareBlock, CareBlockKind},
    model::{Full, VisitState},
    store::{
        self,
        agenda::{Entry, Row},
        day::{Only, Stretch},
        free_time::HolderTime,
    },
};
use chrono::{DateTime, Utc};
use kernel::{Ctx, TherapistId, Tx};
use uuid::Uuid;

use super::{care_calendar::Day, cast::Cast};

/// More visits than these are no page any more; a day of the desk, or a filter, shows the rest.
const MOST_VISITS: i64 = 2_000;
/// The hours of a day may begin on the day before, and in another zone on the day after.
const DAYS_AROUND: u16 = 3;

/// What lies in a stretch of time.
pub struct Days {
    pub visits: Vec<Row>,
    kept: Vec<Stretch>,
    away: Vec<Stretch>,
    times: Vec<HolderTime>,
    /// There were more visits.
    pub cut_off: bool,
}

impl Days {
    /// Four statements, whatever the number of therapists.
    pub async fn load(
        tx: &mut Tx,
        therapists: &[Uuid],
        stretch: (DateTime<Utc>, DateTime<Utc>),
        only: Only,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let most = usize::try_from(MOST_VISITS).unwrap_or(usize::MAX);
        let mut visits = store::day::visits(tx, therapists, stretch, only, MOST_VISITS + 1).await?;
        let cut_off = visits.len() > most;
        visits.truncate(most);
        Ok(Self {
            visits,
            cut_off,
            kept: store::day::kept(tx, therapists, stretch, now).await?,
            away: store::day::away(tx, therapists, stretch).await?,
            times: store::free_time::load(tx, therapists, stretch.0, stretch.1, now).await?,
        })
    }

    /// What a therapist has on a day, in order. What is kept has no name (R14).
    pub fn blocks(
        &self,
        ctx: &Ctx,
        cast: &Cast,
        therapist: TherapistId,
        day: &Day,
        now: DateTime<Utc>,
    ) -> Result<Vec<CareBlock>, Error> {
        let mut blocks = Vec::new();
        for row in self.visits.iter().filter(|row| row.therapist == therapist) {
            if let (Entry::Visit(_, visit), Some(mut block)) =
                (row.entry, day.block(CareBlockKind::Visit, row.starts, row.ends))
            {
                block.visit = Some(cast.agenda_row(ctx, row, day.zone(), now)?);
                block.movable = matches!(visit.state, VisitState::Scheduled | VisitState::Waiting) && row.ends > now;
                blocks.push(block);
            }
        }
        let kept = self.kept.iter().filter(|one| one.therapist == Some(therapist));
        blocks.extend(kept.filter_map(|one| day.block(CareBlockKind::Kept, one.from, one.until)));
        let away = self
            .away
            .iter()
            .filter(|one| one.therapist.is_none_or(|whose| whose == therapist));
        blocks.extend(away.filter_map(|one| {
            let kind = if one.therapist.is_none() {
                CareBlockKind::Closure
            } else {
                CareBlockKind::TimeOff
            };
            day.block(kind, one.from, one.until)
        }));
        blocks.sort_by_key(|block| (block.from_minute, block.until_minute));
        Ok(blocks)
    }

    /// The therapist's hours on a day, as the day's clock reads them; hours that touch are one stretch.
    pub fn open(&self, therapist: TherapistId, day: &Day) -> Vec<(u16, u16)> {
        let found = self.times.iter().find(|time| time.holder == therapist.uuid());
        let Some((time, zone)) = found.and_then(|time| Some((time, time.zone?))) else {
            return Vec::new();
        };
        let mut windows = Vec::new();
        let (start, _) = day.bounds();
        if let Some(eve) = zone.date(start).pred_opt() {
            let instant = |_, local| zone.instant(local);
            time.hours
                .windows(eve, DAYS_AROUND, &Full::default(), instant, &mut windows);
        }
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let mut open: Vec<(u16, u16)> = windows
            .iter()
            .filter_map(|window| day.cut(at(window.from), at(window.until)))
            .map(|(from, until)| (day.minute(from), day.minute(until)))
            .collect();
        open.sort_unstable();
        open.dedup_by(|next, before| {
            let touch = next.0 <= before.1;
            if touch {
                before.1 = before.1.max(next.1);
            }
            touch
        });
        open
    }
}
