//! What several visits of one pair would meet with: taken time, absences, hours, the licence. Loaded once for all of them. It
//! tells people what is in the way; whether a time is free is the exclusion constraint's to say.

use crate::{
    Error,
    api::view::{Hindrance, HindranceKind, OccurrenceView, SlotView},
    model::{
        ServiceId,
        series::NEARBY,
        slots::{self, Grid, Span},
    },
    store::{
        self,
        catalog::Service,
        free_time::{Aim, HolderTime},
        meeting::Meeting,
        series::InTheWay,
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, Role, Tx, Zone,
    audit::{self, Looked, Subject},
};

use super::super::{
    around,
    cast::Cast,
    free::{self, FreeTimes},
    zones,
};

/// Free times that are named for a visit that is hindered.
const NEAREST: usize = 3;

pub(super) struct Ground {
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    times: Vec<HolderTime>,
    agreed: Vec<InTheWay>,
}

impl Ground {
    /// Loads what lies around these meetings, all of one pair.
    pub async fn load(ctx: &Ctx, tx: &mut Tx, service: ServiceId, meetings: &[Meeting]) -> Result<Self, Error> {
        let now = ctx.clock.now();
        let (Some(first), Some(until)) = (meetings.first(), meetings.iter().map(|one| one.until).max()) else {
            return Err(Error::NotFound);
        };
        let from = meetings.iter().map(|one| one.from).min().unwrap_or(now);
        let room = NEARBY + Duration::days(1);
        let reach = (from - room, until + room);
        let aim = Aim {
            service: Some(service),
            patient: Some(first.patient),
        };
        let holders = [first.therapist.uuid(), first.patient.uuid()];
        let mut times = store::free_time::load_for(tx, aim, &holders, reach, now).await?;
        if !times.iter().any(|time| time.zone.is_some()) {
            bring_home(tx, first, reach, &mut times).await?;
        }
        Ok(Self {
            now,
            until: reach.1,
            times,
            agreed: store::series::agreed(tx, (first.therapist, first.patient), reach).await?,
        })
    }

    /// What this meeting takes counts as free: it goes when it moves.
    pub fn let_go(&mut self, own: &Meeting) {
        for time in &mut self.times {
            around::let_go(time, own);
        }
    }

    /// Takes that back: it stays.
    pub fn keep(&mut self, own: &Meeting) {
        for time in &mut self.times {
            around::keep(time, own);
        }
    }

    fn of(&self, holder: uuid::Uuid) -> Option<&HolderTime> {
        self.times.iter().find(|time| time.holder == holder)
    }

    /// What is in the way of a meeting, the graver first.
    pub fn hindrance(&self, meeting: &Meeting) -> Option<HindranceKind> {
        let (visit, taken) = (
            Span::new(meeting.starts.timestamp(), meeting.ends.timestamp()),
            Span::new(meeting.from.timestamp(), meeting.until.timestamp()),
        );
        if meeting.starts <= self.now {
            return Some(HindranceKind::Past);
        }
        if let Some(time) = self.of(meeting.therapist.uuid()) {
            if time.licensed_until <= visit.from {
                return Some(HindranceKind::NoLicence);
            }
            if time.away.iter().any(|away| away.overlaps(visit)) {
                return Some(HindranceKind::Away);
            }
            if time.busy.iter().any(|busy| busy.overlaps(taken)) {
                return Some(HindranceKind::TherapistBusy);
            }
        }
        let patient = self.of(meeting.patient.uuid())?;
        let busy = patient.busy.iter().any(|busy| busy.overlaps(visit));
        busy.then_some(HindranceKind::PatientBusy)
    }

    /// The therapist does not work then. Who never set hours works at no time that anybody wrote down.
    pub fn is_outside_hours(&self, meeting: &Meeting) -> bool {
        let hours = self
            .of(meeting.therapist.uuid())
            .map(|time| FreeTimes::hours_of(time, meeting.starts))
            .unwrap_or_default();
        !hours
            .iter()
            .any(|(from, until)| *from <= meeting.starts && meeting.ends <= *until)
    }

    /// Start times that the hours offer for a meeting like this one, sorted.
    pub fn offered(&self, service: &Service, like: &Meeting) -> Vec<i64> {
        let mut starts = Vec::new();
        let (Some(time), Some(patient)) = (self.of(like.therapist.uuid()), self.of(like.patient.uuid())) else {
            return starts;
        };
        let grid = Grid {
            length: (like.ends - like.starts).num_seconds(),
            step: i64::from(service.step) * 60,
            before: (like.starts - like.from).num_seconds(),
            after: (like.until - like.ends).num_seconds(),
            earliest: self.now.timestamp(),
            latest: self.until.timestamp(),
        };
        FreeTimes::new(time, &patient.busy, grid).first(usize::MAX / 2, &mut starts);
        starts
    }

    /// Times near to a hindered meeting at which nothing is in the way.
    fn instead(&self, offered: &[i64], meeting: &Meeting, zone: Zone) -> Vec<SlotView> {
        let nearest = slots::nearest(offered, meeting.starts.timestamp(), NEAREST);
        let near = nearest.iter().filter(|at| {
            DateTime::from_timestamp(**at, 0).is_some_and(|at| {
                let by = at - meeting.starts;
                by.abs() <= NEARBY && self.hindrance(&meeting.later_by(by)).is_none()
            })
        });
        near.filter_map(|at| free::slot(zone, *at)).collect()
    }

    /// The meetings as pages show them. Writes the audit entries of the visits it tells of.
    pub async fn show(
        &self,
        ctx: &Ctx,
        tx: &mut Tx,
        service: Option<&Service>,
        meetings: &[Meeting],
        zone: Zone,
    ) -> Result<Vec<OccurrenceView>, Error> {
        let judged: Vec<_> = meetings
            .iter()
            .map(|meeting| {
                let what = self.hindrance(meeting).map(|kind| (kind, self.who(kind, meeting)));
                (meeting, what)
            })
            .collect();
        let told: Vec<&InTheWay> = judged
            .iter()
            .filter_map(|(_, what)| what.and_then(|(_, who)| who))
            .collect();
        let cast = if told.is_empty() {
            Cast::default()
        } else {
            let patients = told.iter().map(|one| one.patient);
            Cast::load(tx, patients, told.iter().map(|one| one.therapist)).await?
        };
        for one in &told {
            audit::record(
                tx,
                Looked::Read,
                Subject::new("visit", one.visit.uuid()).of(one.patient),
            );
        }
        let hindered = judged
            .iter()
            .find_map(|(meeting, what)| what.is_some().then_some(*meeting));
        let offered = match (service, hindered) {
            (Some(service), Some(like)) => self.offered(service, like),
            _ => Vec::new(),
        };
        Ok(judged
            .into_iter()
            .map(|(meeting, what)| OccurrenceView {
                when: zones::when(zone, meeting.starts, meeting.ends),
                outside_hours: self.is_outside_hours(meeting),
                skipped: false,
                instead: match what {
                    Some((kind, _)) if kind != HindranceKind::NoLicence => self.instead(&offered, meeting, zone),
                    _ => Vec::new(),
                },
                hindrance: what.map(|(kind, who)| Hindrance {
                    kind,
                    with: match (kind, who) {
                        (HindranceKind::TherapistBusy, Some(who)) => cast.person(who.patient).name,
                        // Whom else a patient meets is the desk's to know.
                        (HindranceKind::PatientBusy, Some(who)) if ctx.actor.role == Role::Liaison => {
                            cast.face(who.therapist).name
                        }
                        _ => String::new(),
                    },
                }),
            })
            .collect())
    }

    /// The visit that is in the way, if it is one and the actor sees it. What a holder keeps includes the buffers around it.
    fn who(&self, kind: HindranceKind, meeting: &Meeting) -> Option<&InTheWay> {
        let of_therapist = kind == HindranceKind::TherapistBusy;
        if !of_therapist && kind != HindranceKind::PatientBusy {
            return None;
        }
        let (holder, from, until) = if of_therapist {
            (meeting.therapist.uuid(), meeting.from, meeting.until)
        } else {
            (meeting.patient.uuid(), meeting.starts, meeting.ends)
        };
        let wanted = Span::new(from.timestamp(), until.timestamp());
        let taken = self.of(holder)?.busy.iter().find(|busy| busy.overlaps(wanted))?;
        self.agreed.iter().find(|one| {
            let its = if of_therapist {
                one.therapist.uuid()
            } else {
                one.patient.uuid()
            };
            its == holder && taken.from <= one.starts.timestamp() && one.ends.timestamp() <= taken.until
        })
    }
}

/// A therapist who never set hours is away, and licensed, like everybody else; only the search for free times knows nothing of
/// them.
async fn bring_home(
    tx: &mut Tx,
    pair: &Meeting,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    times: &mut Vec<HolderTime>,
) -> Result<(), Error> {
    let holder = pair.therapist.uuid();
    let place = times.iter().position(|time| time.holder == holder);
    let mut time = place.map_or_else(|| HolderTime::empty(holder), |place| times.swap_remove(place));
    let absences = store::hours::absences(tx, pair.therapist, from, until).await?;
    time.away = absences
        .iter()
        .map(|absence| Span::new(absence.from.timestamp(), absence.until.timestamp()))
        .collect();
    let ends = people::service::licence_ends(tx, &[(pair.therapist, pair.patient)]).await?;
    let end = ends.get(&(pair.therapist, pair.patient));
    time.licensed_until = end.map_or(i64::MIN, DateTime::timestamp);
    times.push(time);
    Ok(())
}
