//! The demo clinic's services, hours, visits and requests, hung on the people that `people` planted. Every text is invented.

use crate::{
    Error,
    model::{
        Line, Outcome, Parameters, Request, RequestState, ServiceId, Shift, Visit, VisitState, Weekday, week::WeekShift,
    },
    store::{
        self,
        catalog::Service,
        claim::{Cause, Claim},
        request::RequestRow,
        visit::VisitRow,
    },
};
use chrono::{DateTime, Days, Duration, Timelike, Utc};
use kernel::{AccountId, Actor, House, Money, PatientId, Role, SessionId, Task, TherapistId, Tx, VisitId};
use people::service::Demo;

use super::{
    free::{self, FreeTimes},
    sealed::Text,
    seed_prescreen, steps, zones,
};

/// Name, line, minutes, distance of start times, minutes kept free afterwards, price in cents.
const SERVICES: [(&str, Line, u16, u16, u16, i64); 4] = [
    ("Therapy", Line::MentalHealth, 45, 60, 10, 8_600),
    ("First visit", Line::MentalHealth, 60, 75, 15, 12_000),
    ("Session with a child", Line::ChildTherapy, 30, 45, 10, 6_400),
    ("First session with a child", Line::ChildTherapy, 45, 60, 15, 8_000),
];

/// E-mail, services by their place above, shifts of a working day in minutes after midnight, days off.
type Offer = (
    &'static str,
    &'static [usize],
    &'static [(u16, u16)],
    &'static [Weekday],
);

const OFFERS: &[Offer] = &[
    (
        "tess@demo.example",
        &[0, 1, 2],
        &[(540, 720), (780, 1_080)],
        &[Weekday::Saturday, Weekday::Sunday],
    ),
    (
        "theo@demo.example",
        &[2, 3],
        &[(540, 720), (780, 960)],
        &[Weekday::Friday, Weekday::Saturday, Weekday::Sunday],
    ),
    (
        "mara@demo.example",
        &[0, 1],
        &[(600, 840), (900, 1_140)],
        &[Weekday::Sunday, Weekday::Monday],
    ),
    (
        "june@demo.example",
        &[0, 1],
        &[(480, 720)],
        &[Weekday::Wednesday, Weekday::Saturday, Weekday::Sunday],
    ),
    (
        "sami@demo.example",
        &[0],
        &[(720, 1_200)],
        &[Weekday::Saturday, Weekday::Sunday],
    ),
    (
        "ivy@demo.example",
        &[2, 3],
        &[(510, 690), (870, 1_110)],
        &[Weekday::Sunday],
    ),
];

/// Therapist, patient, days ago, what became of it, the therapist's summary.
const PAST: &[(&str, &str, u64, Outcome, &str)] = &[
    (
        "tess@demo.example",
        "Ana",
        28,
        Outcome::Completed,
        "First visit. We agreed on one thing that should get easier: the hour before sleep.",
    ),
    (
        "tess@demo.example",
        "Ana",
        14,
        Outcome::Completed,
        "Worry hour tried on four evenings, two went well. Next: write the worry down and close the book.",
    ),
    ("tess@demo.example", "Ana", 7, Outcome::NoShow, ""),
    (
        "theo@demo.example",
        "Benjamin",
        21,
        Outcome::Completed,
        "Bo chose the trains. Named six colors, waited for his turn twice.",
    ),
    (
        "theo@demo.example",
        "Benjamin",
        7,
        Outcome::Completed,
        "First-then board worked. Next time: at the shop, with the short film.",
    ),
];

/// A visit that was planted for today: the library hangs a kit on it.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub visit: VisitId,
    pub patient: PatientId,
    pub therapist: TherapistId,
}

/// Plants everything in one transaction and answers today's visits. Does nothing when there is a service already.
///
/// # Errors
/// `Store` when the database refuses or does not answer, `NotFound` when `demo` lacks somebody; nothing is planted then.
pub async fn seed(house: &House, demo: &Demo) -> Result<Vec<Coming>, Error> {
    let mut tx = house.db.begin_task(Task::Seed).await?;
    if !store::catalog::all(&mut tx).await?.is_empty() {
        return Ok(Vec::new());
    }
    let planter = Planter {
        house,
        demo,
        now: house.clock.now(),
    };
    let services = planter.catalog(&mut tx).await?;
    for (therapist, patient, days, outcome, summary) in PAST {
        planter
            .past(&mut tx, &services, therapist, patient, *days, *outcome, summary)
            .await?;
    }
    planter.questions(&mut tx, &services).await?;
    let coming = planter.coming(&mut tx, &services).await?;
    planter.requests(&mut tx, &services).await?;
    tx.commit().await?;
    Ok(coming)
}

struct Planter<'a> {
    house: &'a House,
    demo: &'a Demo,
    now: DateTime<Utc>,
}

impl Planter<'_> {
    fn therapist(&self, email: &str) -> Result<TherapistId, Error> {
        self.demo.therapist(email).ok_or(Error::NotFound)
    }

    fn patient(&self, given_name: &str) -> Result<PatientId, Error> {
        self.demo.patient(given_name).ok_or(Error::NotFound)
    }

    fn account(&self, email: &str) -> Result<AccountId, Error> {
        self.demo.account(email).ok_or(Error::NotFound)
    }

    /// Questions before a first visit.
    async fn questions(&self, tx: &mut Tx, services: &[Service]) -> Result<(), Error> {
        let first = services.get(1).ok_or(Error::NotFound)?;
        seed_prescreen::plant(self.house, tx, self.account("lia@demo.example")?, first.id).await
    }

    async fn catalog(&self, tx: &mut Tx) -> Result<Vec<Service>, Error> {
        let mut services = Vec::new();
        for (name, line, minutes, step, buffer_after, cents) in SERVICES {
            let service = Service {
                id: self.house.ids.next::<ServiceId>(),
                line,
                name: name.to_owned(),
                minutes,
                step,
                buffer_before: 0,
                buffer_after,
                price: Money::usd(cents),
            };
            store::catalog::insert(tx, &service).await?;
            services.push(service);
        }
        for (email, offered, shifts, off) in OFFERS {
            let therapist = self.therapist(email)?;
            let card = people::service::therapist_card(tx, therapist)
                .await?
                .ok_or(Error::NotFound)?;
            store::hours::open_calendar(tx, therapist, zones::parse(&card.zone)?).await?;
            let week: Vec<WeekShift> = Weekday::ALL
                .iter()
                .filter(|weekday| !off.contains(weekday))
                .flat_map(|weekday| {
                    shifts.iter().map(|(from, until)| {
                        WeekShift::from(Shift {
                            weekday: *weekday,
                            from: *from,
                            until: *until,
                        })
                    })
                })
                .collect();
            store::hours::set_weekly(tx, therapist, &week).await?;
            for service in offered.iter().filter_map(|place| services.get(*place)) {
                store::catalog::insert_offer(tx, therapist, service.id).await?;
            }
        }
        Ok(services)
    }

    fn service_for(services: &[Service], line: Line) -> Result<&Service, Error> {
        services
            .iter()
            .find(|service| service.line == line)
            .ok_or(Error::NotFound)
    }

    #[expect(clippy::too_many_arguments, reason = "one row of the table above")]
    async fn past(
        &self,
        tx: &mut Tx,
        services: &[Service],
        therapist: &str,
        patient: &str,
        days: u64,
        outcome: Outcome,
        summary: &str,
    ) -> Result<(), Error> {
        let line = if patient == "Benjamin" {
            Line::ChildTherapy
        } else {
            Line::MentalHealth
        };
        let service = Self::service_for(services, line)?;
        let (therapist, patient) = (self.therapist(therapist)?, self.patient(patient)?);
        let card = people::service::therapist_card(tx, therapist)
            .await?
            .ok_or(Error::NotFound)?;
        let zone = zones::parse(&card.zone)?;
        let date = zone
            .date(self.now)
            .checked_sub_days(Days::new(days))
            .unwrap_or_default();
        let starts = zones::midnight(zone, date) + Duration::hours(10);
        let ends = starts + Duration::minutes(i64::from(service.minutes));
        let mut visit = self.visit(therapist, patient, service, starts);
        visit.visit.state = outcome.state();
        visit.visit.confirmed_at = Some(ends + Duration::minutes(5));
        visit.agreed_at = starts - Duration::days(5);
        let text = Some(summary).filter(|text| !text.is_empty());
        visit.summary = Text::Summary
            .seal(&self.house.vault, tx, self.now, patient, visit.id.uuid(), text)
            .await?;
        store::visit::insert(tx, &visit).await?;
        for (at, to) in [
            (visit.agreed_at, VisitState::Scheduled),
            (ends, VisitState::Ended),
            (ends + Duration::minutes(5), outcome.state()),
        ] {
            steps::note_visit(self.house, tx, &visit, None, to.as_str(), at, None).await?;
        }
        Ok(())
    }

    fn visit(&self, therapist: TherapistId, patient: PatientId, service: &Service, starts: DateTime<Utc>) -> VisitRow {
        VisitRow {
            id: self.house.ids.next(),
            request: None,
            patient,
            therapist,
            service: service.id,
            visit: Visit {
                state: VisitState::Scheduled,
                starts,
                ends: starts + Duration::minutes(i64::from(service.minutes)),
                confirmed_at: None,
            },
            agreed_at: self.now - Duration::days(2),
            summary: None,
            message: None,
            cancel: None,
            series: None,
        }
    }

    /// Two confirmed visits of today's therapist: one whose room is open already, one later.
    async fn coming(&self, tx: &mut Tx, services: &[Service]) -> Result<Vec<Coming>, Error> {
        let (tess, bo) = (self.therapist("tess@demo.example")?, self.patient("Benjamin")?);
        let liaison = Actor {
            account: self.account("lia@demo.example")?,
            role: Role::Liaison,
            session: SessionId::new(self.house.ids.uuid()),
        };
        people::service::join_care_team(tx, &*self.house.ids, &liaison, bo, tess, self.now).await?;
        let soon = next_five_minutes(self.now + Duration::minutes(7));
        let adult = Self::service_for(services, Line::MentalHealth)?;
        let child = Self::service_for(services, Line::ChildTherapy)?;
        let (ana, gus) = (self.account("ana@demo.example")?, self.account("gus@demo.example")?);
        let words = "Sleep is better, but Sunday evenings are hard.";
        let first = self
            .agreed(tx, ana, tess, self.patient("Ana")?, adult, soon, words)
            .await?;
        let later = soon + Duration::minutes(60);
        let second = self
            .agreed(tx, gus, tess, bo, child, later, "Bo would like to show his trains.")
            .await?;
        Ok(vec![first, second])
    }

    #[expect(clippy::too_many_arguments, reason = "one visit, said in one line")]
    async fn agreed(
        &self,
        tx: &mut Tx,
        account: AccountId,
        therapist: TherapistId,
        patient: PatientId,
        service: &Service,
        starts: DateTime<Utc>,
        words: &str,
    ) -> Result<Coming, Error> {
        let mut visit = self.visit(therapist, patient, service, starts);
        let mut request = self
            .request(tx, account, therapist, patient, service, starts, words)
            .await?;
        request.sent_at = visit.agreed_at - Duration::hours(9);
        request.request = Request {
            state: RequestState::Approved,
            expires_at: visit.agreed_at,
        };
        request.visit = Some(visit.id);
        visit.request = Some(request.id);
        store::request::insert(tx, &request).await?;
        store::visit::insert(tx, &visit).await?;
        self.claim(tx, &request, service, Cause::Visit, visit.id.uuid(), None)
            .await?;
        let scheduled = VisitState::Scheduled.as_str();
        steps::note_visit(self.house, tx, &visit, None, scheduled, visit.agreed_at, None).await?;
        Ok(Coming {
            visit: visit.id,
            patient,
            therapist,
        })
    }

    /// Two wishes that wait for the desk, at times the therapists really offer.
    async fn requests(&self, tx: &mut Tx, services: &[Service]) -> Result<(), Error> {
        let adult = Self::service_for(services, Line::MentalHealth)?;
        let child = Self::service_for(services, Line::ChildTherapy)?;
        let (ana, gus) = (self.account("ana@demo.example")?, self.account("gus@demo.example")?);
        let wishes = [
            (
                ana,
                "june@demo.example",
                "Ana",
                adult,
                "I would like to talk about medicine for sleep.",
            ),
            (
                gus,
                "ivy@demo.example",
                "Benjamin",
                child,
                "He points instead of asking. Can we work on that?",
            ),
        ];
        for (account, therapist, patient, service, words) in wishes {
            let (therapist, patient) = (self.therapist(therapist)?, self.patient(patient)?);
            let Some(starts) = self.free_time(tx, therapist, patient, service).await? else {
                continue;
            };
            let request = self
                .request(tx, account, therapist, patient, service, starts, words)
                .await?;
            store::request::insert(tx, &request).await?;
            let expires_at = Some(request.request.expires_at);
            self.claim(tx, &request, service, Cause::Request, request.id.uuid(), expires_at)
                .await?;
            steps::note_request(self.house, tx, &request, None, RequestState::Pending, None).await?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "one wish, said in one line")]
    async fn request(
        &self,
        tx: &mut Tx,
        account: AccountId,
        therapist: TherapistId,
        patient: PatientId,
        service: &Service,
        starts: DateTime<Utc>,
        words: &str,
    ) -> Result<RequestRow, Error> {
        let id: kernel::RequestId = self.house.ids.next();
        let sent_at = self.now - Duration::minutes(40);
        Ok(RequestRow {
            id,
            account,
            patient,
            therapist,
            service: service.id,
            starts,
            ends: starts + Duration::minutes(i64::from(service.minutes)),
            request: Request::send(sent_at, starts, &Parameters::DEFAULT),
            sent_at,
            reason: Text::RequestReason
                .seal(&self.house.vault, tx, self.now, patient, id.uuid(), Some(words))
                .await?,
            decline: None,
            words: None,
            visit: None,
        })
    }

    /// A free time some days ahead.
    async fn free_time(
        &self,
        tx: &mut Tx,
        therapist: TherapistId,
        patient: PatientId,
        service: &Service,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let (from, until) = free::reach(self.now, &Parameters::DEFAULT);
        let holders = [therapist.uuid(), patient.uuid()];
        let times = store::free_time::load(tx, &holders, from, until, self.now).await?;
        let mut starts = Vec::new();
        if let Some(time) = times.iter().find(|time| time.holder == therapist.uuid()) {
            let mut grid = free::grid(service, self.now, &Parameters::DEFAULT);
            grid.earliest = (self.now + Duration::days(3)).timestamp();
            FreeTimes::new(time, &[], grid).first(1, &mut starts);
        }
        Ok(starts.first().and_then(|at| DateTime::from_timestamp(*at, 0)))
    }

    async fn claim(
        &self,
        tx: &mut Tx,
        booking: &RequestRow,
        service: &Service,
        cause: Cause,
        cause_id: uuid::Uuid,
        expires_at: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        let mut claim = Claim {
            id: self.house.ids.uuid(),
            holder: booking.therapist.uuid(),
            therapist: booking.therapist,
            patient: booking.patient,
            from: booking.starts,
            until: booking.ends + Duration::minutes(i64::from(service.buffer_after)),
            cause,
            cause_id,
            expires_at,
        };
        store::claim::take(tx, &claim, Error::SlotTaken).await?;
        claim.id = self.house.ids.uuid();
        claim.holder = booking.patient.uuid();
        claim.until = booking.ends;
        store::claim::take(tx, &claim, Error::PatientBusy).await
    }
}

/// The next full five minutes at or after `at`.
fn next_five_minutes(at: DateTime<Utc>) -> DateTime<Utc> {
    let past = i64::from(at.minute() % 5 * 60 + at.second());
    let floor = at - Duration::seconds(past) - Duration::nanoseconds(i64::from(at.nanosecond()));
    if floor == at { at } else { floor + Duration::minutes(5) }
}
