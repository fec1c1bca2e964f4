//! Visits that an absence lies over, each with a way out: the colleague who stands in, or the same therapist later. The visits
//! stay until somebody moves them.

use crate::{
    Error,
    api::view::{AffectedView, WayOut, WaysOutView},
    model::{
        Rulebook, ServiceId,
        slots::{self, Span},
    },
    store::{
        self,
        affected::{Affected, Of},
        catalog::Service,
        free_time::{Aim, HolderTime},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, PatientId, TherapistId, Tx, VisitId, Zone,
    audit::{self, Looked, Subject},
};
use std::collections::HashMap;

use super::{
    around,
    cast::{Cast, service_view},
    free::{self, FreeTimes},
    role, rules, zones,
};

/// Rows of one look.
const MOST: i64 = 50;

/// What the desk can do for one affected visit: the way out, and times that its therapist has free and could be proposed, as the
/// patient reads them. Nothing for a visit that no absence lies over. The audit entry of the look at the visit is the caller's.
///
/// # Errors
/// `NotFound` for every role but liaison.
pub async fn ways_out(ctx: &Ctx, tx: &mut Tx, visit: VisitId) -> Result<WaysOutView, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let rows = store::affected::coming(tx, Of::Visit(visit), now, 1).await?;
    let Some(row) = rows.first() else {
        return Ok(WaysOutView::default());
    };
    let therapists = row.colleague.into_iter().chain([row.therapist]);
    let cast = Cast::load(tx, [row.patient], therapists).await?;
    let calendars = Calendars::load(tx, &rows, &cast, now).await?;
    let service = cast.service(row.service)?;
    let zone = cast.patient_zone(row.patient)?;
    let own = calendars.starts(row, service, row.therapist);
    Ok(WaysOutView {
        way_out: calendars.shown(row, &cast, zone)?,
        nearest: around::nearest(&own, row.starts, zone),
        closure: row.closure,
    })
}

/// Those of one therapist. Writes the audit entries of the names it tells.
pub(super) async fn affected(ctx: &Ctx, tx: &mut Tx, of: TherapistId) -> Result<Vec<AffectedView>, Error> {
    let now = ctx.clock.now();
    let rows = store::affected::coming(tx, Of::Therapist(of), now, MOST).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let therapists = rows
        .iter()
        .flat_map(|row| row.colleague.into_iter().chain([row.therapist]));
    let cast = Cast::load(tx, rows.iter().map(|row| row.patient), therapists).await?;
    let calendars = Calendars::load(tx, &rows, &cast, now).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        audit::record(
            tx,
            Looked::Read,
            Subject::new("visit", row.visit.uuid()).of(row.patient),
        );
        let service = cast.service(row.service)?;
        let zone = cast.therapist_zone(row.therapist)?;
        let way_out = calendars.shown(row, &cast, zone)?;
        views.push(AffectedView {
            visit: row.visit,
            person: cast.person(row.patient),
            therapist: cast.face(row.therapist),
            service: service_view(service),
            when: zones::when(zone, row.starts, row.ends),
            closure: row.closure,
            way_out,
        });
    }
    Ok(views)
}

/// The times of everybody who could give one of the visits, a statement for each service among them.
struct Calendars {
    now: DateTime<Utc>,
    rules: Rulebook,
    times: HashMap<ServiceId, Vec<HolderTime>>,
    licence_ends: HashMap<(TherapistId, PatientId), DateTime<Utc>>,
    offers: Vec<(TherapistId, ServiceId)>,
}

impl Calendars {
    async fn load(tx: &mut Tx, rows: &[Affected], cast: &Cast, now: DateTime<Utc>) -> Result<Self, Error> {
        let pairs = rows
            .iter()
            .flat_map(|row| candidates(row).map(|therapist| (row.service, therapist)));
        let rules = rules::of_all(tx, pairs, now).await?;
        let (from, until) = (now, now + AHEAD);
        let mut times = HashMap::new();
        for row in rows {
            if times.contains_key(&row.service) {
                continue;
            }
            let mut holders: Vec<_> = rows
                .iter()
                .filter(|other| other.service == row.service)
                .flat_map(|other| {
                    let colleague = other.colleague.map(TherapistId::uuid);
                    colleague
                        .into_iter()
                        .chain([other.therapist.uuid(), other.patient.uuid()])
                })
                .collect();
            holders.sort_unstable();
            holders.dedup();
            let aim = Aim {
                service: Some(cast.service(row.service)?.id),
                patient: None,
            };
            times.insert(
                row.service,
                store::free_time::load_for(tx, aim, &holders, (from, until), now).await?,
            );
        }
        let able: Vec<(TherapistId, PatientId)> = rows
            .iter()
            .flat_map(|row| candidates(row).map(|therapist| (therapist, row.patient)))
            .collect();
        let mut therapists: Vec<TherapistId> = able.iter().map(|(therapist, _)| *therapist).collect();
        therapists.sort_unstable();
        therapists.dedup();
        Ok(Self {
            now,
            rules,
            times,
            licence_ends: people::service::licence_ends(tx, &able).await?,
            offers: store::offer::offers_of(tx, &therapists).await?,
        })
    }

    /// The way out with its time in `zone`.
    fn shown(&self, row: &Affected, cast: &Cast, zone: Zone) -> Result<Option<WayOut>, Error> {
        let way_out = self.way_out(row, cast.service(row.service)?);
        Ok(way_out.map(|(therapist, starts)| WayOut {
            therapist: cast.face(therapist),
            starts,
            when: zones::when(zone, starts, starts + (row.ends - row.starts)),
            colleague: therapist != row.therapist,
        }))
    }

    /// The colleague's time nearest to the visit, else the therapist's own first one after the absence.
    fn way_out(&self, row: &Affected, service: &Service) -> Option<(TherapistId, DateTime<Utc>)> {
        candidates(row).find_map(|therapist| {
            let starts = self.starts(row, service, therapist);
            let start = if therapist == row.therapist {
                starts.iter().find(|start| **start >= row.back.timestamp())
            } else {
                slots::nearest(&starts, row.starts.timestamp(), 1).first()
            };
            Some((therapist, DateTime::from_timestamp(*start?, 0)?))
        })
    }

    fn starts(&self, row: &Affected, service: &Service, therapist: TherapistId) -> Vec<i64> {
        let times = self.times.get(&row.service).map_or(&[][..], Vec::as_slice);
        let of = |holder| times.iter().find(|time| time.holder == holder);
        let licence = self.licence_ends.get(&(therapist, row.patient));
        let (Some(time), Some(licence)) = (of(therapist.uuid()), licence) else {
            return Vec::new();
        };
        if !self.offers.contains(&(therapist, row.service)) {
            return Vec::new();
        }
        // The visit itself makes way for its new time.
        let this = Span::new(row.starts.timestamp(), row.ends.timestamp());
        let busy: Vec<Span> = of(row.patient.uuid())
            .map(|time| time.busy.iter().copied().filter(|span| *span != this).collect())
            .unwrap_or_default();
        let mut grid = free::grid(service, self.now, &self.rules.of(row.service, therapist));
        // What is taken was loaded no farther; a day to spare for whatever touches the edge.
        let loaded = self.now + AHEAD - Duration::days(1);
        grid.latest = grid.latest.min(licence.timestamp()).min(loaded.timestamp());
        let mut starts = Vec::new();
        FreeTimes::new(time, &busy, grid).first(usize::MAX / 2, &mut starts);
        starts
    }
}

/// Who could give the visit, the one who stands in first.
fn candidates(row: &Affected) -> impl Iterator<Item = TherapistId> + use<> {
    row.colleague.into_iter().chain([row.therapist])
}

/// How far ahead a therapist's page looks for agreed visits.
pub(super) const AHEAD: Duration = Duration::days(60);
