//! Free times around a booking that exists: for moving it, and for answering a refused move.

use crate::{
    Error,
    api::view::SlotView,
    model::{
        Parameters,
        slots::{Grid, Span},
    },
    store::{self, catalog::Service, free_time::HolderTime, meeting::Meeting},
};
use chrono::{DateTime, Utc};
use kernel::{Ctx, Tx, Zone};

use super::{
    free::{self, FreeTimes},
    therapist_times::NEAREST,
};

/// The grid of a service for a visit of this length.
fn grid(service: &Service, rules: &Parameters, meeting: &Meeting, now: DateTime<Utc>) -> Grid {
    Grid {
        length: (meeting.ends - meeting.starts).num_seconds(),
        ..free::grid(service, now, rules)
    }
}

/// All start times for a meeting like this one within the horizon, sorted. What `own` takes counts as free: it goes when it
/// moves. Its present start is left out.
pub async fn starts(
    ctx: &Ctx,
    tx: &mut Tx,
    service: &Service,
    rules: &Parameters,
    wanted: &Meeting,
    own: Option<&Meeting>,
) -> Result<Vec<i64>, Error> {
    let now = ctx.clock.now();
    let holders = [wanted.therapist.uuid(), wanted.patient.uuid()];
    let (from, until) = free::reach(now, rules);
    let mut times = store::free_time::load(tx, &holders, from, until, now).await?;
    if let Some(own) = own {
        for time in &mut times {
            let_go(time, own);
        }
    }
    let of = |holder| times.iter().find(|time| time.holder == holder);
    let busy = of(wanted.patient.uuid()).map_or(&[][..], |time| &time.busy);
    let mut starts = Vec::new();
    if let Some(time) = of(wanted.therapist.uuid()) {
        FreeTimes::new(time, busy, grid(service, rules, wanted, now)).first(usize::MAX / 2, &mut starts);
    }
    let same_therapist = own.filter(|own| own.therapist == wanted.therapist);
    starts.retain(|start| same_therapist.is_none_or(|own| own.starts.timestamp() != *start));
    Ok(starts)
}

/// Whether the therapist's hours offer this time to patients, on the grid, within notice and horizon. Whether it is taken is
/// the database's to judge.
pub async fn offered(
    ctx: &Ctx,
    tx: &mut Tx,
    service: &Service,
    rules: &Parameters,
    wanted: &Meeting,
) -> Result<bool, Error> {
    let now = ctx.clock.now();
    let a_day = chrono::Duration::days(1);
    let (from, until) = (wanted.starts - a_day, wanted.starts + a_day);
    let times = store::free_time::load(tx, &[wanted.therapist.uuid()], from, until, now).await?;
    Ok(times
        .first()
        .is_some_and(|time| FreeTimes::new(time, &[], grid(service, rules, wanted, now)).offers(wanted.starts)))
}

/// The start times nearest to a wish, as the reader's zone has them.
pub fn nearest(starts: &[i64], wish: DateTime<Utc>, zone: Zone) -> Vec<SlotView> {
    crate::model::slots::nearest(starts, wish.timestamp(), NEAREST)
        .iter()
        .filter_map(|at| free::slot(zone, *at))
        .collect()
}

/// Puts a meeting back that was let go.
pub(super) fn keep(time: &mut HolderTime, own: &Meeting) {
    let span = if time.holder == own.therapist.uuid() {
        Span::new(own.from.timestamp(), own.until.timestamp())
    } else if time.holder == own.patient.uuid() {
        Span::new(own.starts.timestamp(), own.ends.timestamp())
    } else {
        return;
    };
    let place = time.busy.partition_point(|busy| *busy < span);
    time.busy.insert(place, span);
}

/// Takes one meeting out of what is taken: the stretch around it, whatever buffers it was agreed with.
pub(super) fn let_go(time: &mut HolderTime, own: &Meeting) {
    if time.holder != own.therapist.uuid() && time.holder != own.patient.uuid() {
        return;
    }
    let (from, until) = (own.starts.timestamp(), own.ends.timestamp());
    if let Some(place) = time
        .busy
        .iter()
        .position(|busy| busy.from <= from && until <= busy.until)
    {
        time.busy.remove(place);
    }
}
