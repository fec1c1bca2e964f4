//! One request with all that the decision needs: checks, the therapist's day, the nearest free times (R12, U1).

use crate::{
    Error,
    api::view::{CheckState, CheckView, DayBlock, DayBlockKind, OtherOffer, RequestDetailView},
    model::{Line, Parameters},
    store::{
        self,
        agenda::{self, Entry},
        catalog::Service,
        free_time::Aim,
        hours::Absence,
        request::RequestRow,
        taken::{Taken, TakenBy},
    },
};
use chrono::{DateTime, Duration, Utc};
use kernel::{
    Ctx, PatientId, RequestId, Tx, Zone,
    audit::{self, Looked, Subject},
};
use uuid::Uuid;

use super::{
    care_calendar::Day,
    cast::Cast,
    free::{self, FreeTimes},
    history,
    list_requests::row_view,
    prescreen,
    question::questions,
    role, rules,
    sealed::Text,
    therapist_times, zones,
};

/// # Errors
/// `NotFound` for every role but liaison, and for an absent request.
pub async fn request_detail(ctx: &Ctx, id: RequestId) -> Result<RequestDetailView, Error> {
    role::desk(ctx)?;
    let now = ctx.clock.now();
    let mut tx = ctx.db.begin(&ctx.actor).await?;
    let row = store::request::read(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let known = therapist_day_rows(&mut tx, &row).await?;
    let patients = known.iter().map(|visit| visit.patient).chain([row.patient]);
    let cast = Cast::load(&mut tx, patients, [row.therapist]).await?;
    let zone = cast.therapist_zone(row.therapist)?;
    let patient_zone = cast.patient_zone(row.patient)?;
    let service = cast.service(row.service)?.clone();
    let day = Day::new(zone, zone.date(row.starts));
    let (from, until) = day.bounds();

    let scene = Scene {
        row: &row,
        taken: store::taken::taken(&mut tx, row.therapist, from, until, now).await?,
        absences: store::hours::absences(&mut tx, row.therapist, from, until).await?,
        visits: known,
        day,
    };
    let patient_rows = patient_day(&mut tx, &row, patient_zone, now).await?;
    let open = store::request::open_of(&mut tx, row.patient, now).await?.len();
    let pairs = patient_rows.iter().map(|other| (other.service, other.therapist));
    let book = rules::of_all(&mut tx, pairs.chain([(row.service, row.therapist)]), now).await?;
    let rules = book.of(row.service, row.therapist);
    let offers = free_times(&mut tx, &row, &service, &rules, now).await?;
    let reason = Text::RequestReason
        .open(&ctx.vault, &mut tx, row.patient, id.uuid(), row.reason.as_deref())
        .await?;
    let asked = prescreen::read(ctx, &mut tx, id, patient_zone).await?;
    let questions = questions(ctx, &mut tx, id, row.patient, patient_zone).await?;
    let others = others(&mut tx, &cast, row.patient, service.line).await?;
    let past = store::history::of_booking(&mut tx, None, Some(id)).await?;
    let history = history::rows(ctx, &mut tx, row.patient, past, patient_zone).await?;
    audit::record(
        &mut tx,
        Looked::Read,
        Subject::new("request", id.uuid()).of(row.patient),
    );
    tx.commit().await?;

    let cast = cast.under(book);
    let checks = checks(&cast, &scene, &patient_rows, open, &offers, &rules, now);
    let undecided = row.request.at(now).is_undecided();
    let stop = checks.iter().any(|check| check.state == CheckState::Stop);
    Ok(RequestDetailView {
        therapist_when: zones::when(zone, row.starts, row.ends),
        reason,
        answers: asked.answers,
        unanswered: asked.unanswered,
        therapist_day: scene.blocks(&cast, &offers.hours),
        patient_day: patient_rows
            .iter()
            .map(|one| cast.agenda_row(ctx, one, patient_zone, now))
            .collect::<Result<_, Error>>()?,
        nearest: therapist_times::nearest(&offers.starts, row.starts, patient_zone),
        history,
        can_approve: row.request.approve(now).is_ok() && !stop,
        can_decline: undecided,
        key: ctx.ids.next(),
        text_limit: u32::try_from(rules::TEXT_LIMIT).unwrap_or(u32::MAX),
        questions,
        others,
        row: row_view(&cast, &row, cast.patient_zone(row.patient)?, now)?,
        checks,
    })
}

/// The therapist's visits around the request, for the names in the bar.
async fn therapist_day_rows(tx: &mut Tx, row: &RequestRow) -> Result<Vec<agenda::Row>, Error> {
    let around = Duration::days(1);
    Ok(store::agenda::of_therapist(tx, row.therapist, row.starts - around, row.ends + around).await?)
}

/// The patient's other bookings of the same local day.
async fn patient_day(tx: &mut Tx, row: &RequestRow, zone: Zone, now: DateTime<Utc>) -> Result<Vec<agenda::Row>, Error> {
    let (from, until) = Day::new(zone, zone.date(row.starts)).bounds();
    let mut rows = store::agenda::of_patients(tx, &[row.patient.uuid()], from, until, now).await?;
    rows.retain(|other| !matches!(other.entry, Entry::Request(id, _) if id == row.id));
    Ok(rows)
}

/// Who could see this patient instead, and for what: licensed where the patient is, in the same line of care.
async fn others(tx: &mut Tx, cast: &Cast, patient: PatientId, line: Line) -> Result<Vec<OtherOffer>, Error> {
    match cast.patient_card(patient) {
        Some(card) => Ok(store::catalog::offers(tx, line, &card.state_code).await?),
        None => Ok(Vec::new()),
    }
}

/// What the therapist's calendar offers now.
struct Offers {
    /// Free start times within the horizon.
    starts: Vec<i64>,
    /// Working hours of the request's day, absences cut out.
    hours: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// The therapist's licence for the patient's state is valid on that day.
    licensed: bool,
}

async fn free_times(
    tx: &mut Tx,
    row: &RequestRow,
    service: &Service,
    rules: &Parameters,
    now: DateTime<Utc>,
) -> Result<Offers, Error> {
    let holders = [row.therapist.uuid(), row.patient.uuid()];
    let (from, until) = free::reach(now, rules);
    let aim = Aim {
        service: Some(service.id),
        patient: Some(row.patient),
    };
    let times = store::free_time::load_for(tx, aim, &holders, (from, until), now).await?;
    let of = |holder: Uuid| times.iter().find(|time| time.holder == holder);
    let busy = of(row.patient.uuid()).map_or(&[][..], |time| &time.busy);
    let mut offers = Offers {
        starts: Vec::new(),
        hours: Vec::new(),
        licensed: false,
    };
    if let Some(time) = of(row.therapist.uuid()) {
        let mut free = FreeTimes::new(time, busy, free::grid(service, now, rules));
        free.first(usize::MAX / 2, &mut offers.starts);
        offers.hours = free.hours_around(row.starts);
        offers.licensed = row.starts.timestamp() < time.licensed_until;
    }
    Ok(offers)
}

/// The request in the middle of the therapist's day.
struct Scene<'a> {
    row: &'a RequestRow,
    visits: Vec<agenda::Row>,
    taken: Vec<Taken>,
    absences: Vec<Absence>,
    day: Day,
}

impl Scene<'_> {
    fn is_this(&self, taken: &Taken) -> bool {
        taken.cause == self.row.id.uuid()
    }

    fn clashes(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
        from < self.row.ends && self.row.starts < until
    }

    fn therapist_is_away(&self) -> bool {
        self.absences
            .iter()
            .any(|absence| self.clashes(absence.from, absence.until))
    }

    fn blocks(&self, cast: &Cast, hours: &[(DateTime<Utc>, DateTime<Utc>)]) -> Vec<DayBlock> {
        let mut blocks = Vec::new();
        let mut add = |kind, from, until, label: String, clash| {
            if let Some((from, until)) = self.day.cut(from, until) {
                blocks.push(DayBlock {
                    kind,
                    from_minute: self.day.minute(from),
                    until_minute: self.day.minute(until),
                    from: self.day.clock(from),
                    until: self.day.clock(until),
                    label,
                    clash,
                });
            }
        };
        for (from, until) in hours {
            add(DayBlockKind::Hours, *from, *until, String::new(), false);
        }
        for absence in &self.absences {
            let clash = self.clashes(absence.from, absence.until);
            add(
                DayBlockKind::TimeOff,
                absence.from,
                absence.until,
                absence.reason.clone(),
                clash,
            );
        }
        for taken in self.taken.iter().filter(|taken| !self.is_this(taken)) {
            let clash = self.clashes(taken.from, taken.until);
            match (taken.by, self.visits.iter().find(|visit| is_visit(visit, taken.cause))) {
                (TakenBy::Visit, Some(visit)) => {
                    add(DayBlockKind::Buffer, taken.from, visit.starts, String::new(), false);
                    let name = cast.person(visit.patient).name;
                    add(DayBlockKind::Visit, visit.starts, visit.ends, name, clash);
                    add(DayBlockKind::Buffer, visit.ends, taken.until, String::new(), false);
                }
                _ => add(DayBlockKind::Kept, taken.from, taken.until, String::new(), clash),
            }
        }
        add(DayBlockKind::This, self.row.starts, self.row.ends, String::new(), false);
        blocks.sort_by_key(|block| (block.kind != DayBlockKind::Hours, block.from_minute, block.until_minute));
        blocks
    }
}

fn is_visit(row: &agenda::Row, cause: Uuid) -> bool {
    matches!(row.entry, Entry::Visit(id, _) if id.uuid() == cause)
}

fn checks(
    cast: &Cast,
    scene: &Scene<'_>,
    patient_day: &[agenda::Row],
    open: usize,
    offers: &Offers,
    rules: &Parameters,
    now: DateTime<Utc>,
) -> Vec<CheckView> {
    let row = scene.row;
    let check = |code: &str, state, detail: String| CheckView {
        code: code.to_owned(),
        state,
        detail,
    };
    let ok_or = |fine: bool, otherwise| if fine { CheckState::Ok } else { otherwise };

    let state_code = cast
        .patient_card(row.patient)
        .map(|card| card.state_code.clone())
        .unwrap_or_default();
    let notice = (row.starts - now).num_minutes();
    let works = offers
        .hours
        .iter()
        .any(|(from, until)| *from <= row.starts && row.ends <= *until);
    let clash = patient_day.iter().any(|other| scene.clashes(other.starts, other.ends));
    let same_day = scene
        .visits
        .iter()
        .filter(|visit| scene.day.cut(visit.starts, visit.ends).is_some())
        .count();
    let free = !scene.therapist_is_away();
    vec![
        check("licence", ok_or(offers.licensed, CheckState::Stop), state_code),
        check(
            "notice",
            ok_or(notice >= rules.notice.num_minutes(), CheckState::Attention),
            notice.max(0).to_string(),
        ),
        check(
            "open_requests",
            ok_or(
                u32::try_from(open).is_ok_and(|open| open <= rules.open_requests),
                CheckState::Attention,
            ),
            format!("{open}/{}", rules.open_requests),
        ),
        check("therapist_free", ok_or(free, CheckState::Stop), String::new()),
        check("hours", ok_or(works || !free, CheckState::Attention), String::new()),
        check("patient_free", ok_or(!clash, CheckState::Stop), String::new()),
        check(
            "same_day",
            ok_or(same_day < BUSY_DAY, CheckState::Attention),
            same_day.to_string(),
        ),
    ]
}

/// From so many visits a day on the desk looks twice. Our own choice.
const BUSY_DAY: usize = 6;

/// Whether the request can still be kept, as far as its own calendar goes: used again inside the approval.
pub async fn time_is_gone(tx: &mut Tx, row: &RequestRow) -> Result<bool, Error> {
    let absences = store::hours::absences(tx, row.therapist, row.starts, row.ends).await?;
    Ok(!absences.is_empty())
}
