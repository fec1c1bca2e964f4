//! The demo clinic with its outbox, its letters and a mail server.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a set-up that fails must stop the test"
)]

use crate::mail_server::{MailServer, Taken};
use adapters::mail::{Smtp, SmtpUrl};
use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, CalendarComponent, Component};
use identity::service::hasher::Hasher;
use kernel::{
    AccountId, Actor, Ctx, PatientId, Role, SessionId, TherapistId, VisitId,
    outbox::{self, Event, Worker},
    testing::TestHouse,
};
use letters::{ports::Sender, service::Office};
use mail_parser::{MessageParser, MessagePart, MimeHeaders, PartType};
use people::service::Demo;
use std::sync::Arc;
use uuid::Uuid;

pub struct Clinic {
    pub test: TestHouse,
    pub server: MailServer,
    pub office: Office,
    demo: Demo,
    worker: Worker,
}

impl Clinic {
    /// An outbox without a past: the demo's own bookings are not written about.
    pub async fn start() -> Self {
        let test = TestHouse::start().await;
        let hasher = Hasher::new().await.expect("a hasher");
        let demo = people::service::seed(&test.house, &hasher)
            .await
            .expect("people")
            .expect("an empty database");
        scheduling::service::seed::seed(&test.house, &demo)
            .await
            .expect("bookings");
        sqlx::query("DELETE FROM kernel.outbox")
            .execute(&test.owner)
            .await
            .expect("the owner may");
        let server = MailServer::start().await;
        let url: SmtpUrl = server.url().parse().expect("an address of this machine");
        let office = Office {
            house: test.house.clone(),
            post: Arc::new(Smtp::new(&url).expect("a parsed address")),
            sender: Sender {
                name: "Visits".to_owned(),
                address: "visits@clinic.example".to_owned(),
            },
            origin: "https://clinic.example".to_owned(),
        };
        let worker = Worker::new(test.house.db.clone(), test.house.clock.clone());
        let worker = letters::service::listen(worker, &test.house);
        Self {
            test,
            server,
            office,
            demo,
            worker,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.test.house.clock.now()
    }

    pub fn account(&self, name: &str) -> AccountId {
        self.demo
            .account(&format!("{name}@demo.example"))
            .expect("a demo account")
    }

    pub fn therapist(&self, name: &str) -> TherapistId {
        self.account(name).into()
    }

    pub fn patient(&self, given_name: &str) -> PatientId {
        self.demo.patient(given_name).expect("a demo patient")
    }

    pub fn act(&self, name: &str, role: Role) -> Ctx {
        Ctx {
            actor: Actor {
                account: self.account(name),
                role,
                session: SessionId::new(Uuid::now_v7()),
            },
            house: self.test.house.clone(),
        }
    }

    /// An agreed visit of 45 minutes, planted as the owner.
    pub async fn plant_visit(&self, patient: &str, therapist: &str, starts: DateTime<Utc>) -> VisitId {
        let visit: VisitId = self.test.house.ids.next();
        sqlx::query(
            "INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
             SELECT $1, $2, $3, service_id, tstzrange($4, $5), 'scheduled', $6 FROM scheduling.offer LIMIT 1",
        )
        .bind(visit.uuid())
        .bind(self.patient(patient).uuid())
        .bind(self.therapist(therapist).uuid())
        .bind(starts)
        .bind(starts + Duration::minutes(45))
        .bind(self.now())
        .execute(&self.test.owner)
        .await
        .expect("a visit");
        visit
    }

    pub async fn owner(&self, sql: &'static str, id: Uuid) {
        sqlx::query(sql)
            .bind(id)
            .execute(&self.test.owner)
            .await
            .expect("the owner may");
    }

    pub async fn move_visit(&self, visit: VisitId, by: Duration) {
        sqlx::query(
            "UPDATE scheduling.visit SET during = tstzrange(lower(during) + $2, upper(during) + $2) WHERE id = $1",
        )
        .bind(visit.uuid())
        .bind(by)
        .execute(&self.test.owner)
        .await
        .expect("the owner may");
    }

    /// Tells the letters an event, as the slice that caused it would.
    pub async fn tell<E: Event>(&self, event: &E) {
        let mut tx = self
            .test
            .house
            .db
            .begin_task(kernel::Task::Worker)
            .await
            .expect("a transaction");
        outbox::push(&mut tx, &*self.test.house.ids, self.now(), event)
            .await
            .expect("an event");
        tx.commit().await.expect("a commit");
        self.hear().await;
    }

    /// Carries out what waits in the outbox.
    pub async fn hear(&self) {
        while self.worker.step().await.expect("the outbox") {}
        let failed: i64 = sqlx::query_scalar("SELECT count(*) FROM kernel.outbox WHERE last_error IS NOT NULL")
            .fetch_one(&self.test.owner)
            .await
            .expect("a count");
        assert_eq!(failed, 0, "an event failed");
    }

    /// Sends everything that is due and answers what arrived, by reader.
    pub async fn post(&self) -> Vec<Mail> {
        while letters::service::send_due(&self.office).await.expect("the database") > 0 {}
        let mut mails: Vec<Mail> = self.server.take().iter().map(Mail::read).collect();
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        mails
    }

    /// The letters in the database as `kind state outcome`, the oldest first.
    pub async fn rows(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT concat_ws(' ', kind, state, outcome) FROM letters.letter ORDER BY id")
            .fetch_all(&self.test.owner)
            .await
            .expect("rows")
    }
}

/// A letter as a mail program reads it.
#[derive(Debug, Clone)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub message_id: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub invitation: Option<Invitation>,
    /// Every entry of the calendar part: uid, sequence, status, start.
    pub entries: Vec<[String; 4]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Of the MIME type.
    pub mime_method: String,
    /// Of the calendar object.
    pub method: String,
    pub uid: String,
    pub sequence: String,
    pub status: String,
    pub starts: String,
    pub attendee: String,
    pub organizer: String,
    /// Everything else that somebody reads in their calendar.
    pub summary: String,
    pub description: String,
}

impl Mail {
    fn read(taken: &Taken) -> Self {
        let message = MessageParser::default().parse(&taken.wire).expect("a message");
        let calendar = message.parts.iter().find(|part| {
            part.content_type()
                .is_some_and(|kind| kind.subtype() == Some("calendar"))
        });
        let [to] = taken.to.as_slice() else {
            panic!("{} readers", taken.to.len());
        };
        Self {
            from: taken.from.clone(),
            to: to.clone(),
            message_id: message.message_id().unwrap_or_default().to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
            entries: calendar.map(text_of).map(|text| entries(&text)).unwrap_or_default(),
            invitation: calendar.map(|part| {
                let method = part.content_type().and_then(|kind| kind.attribute("method"));
                Invitation::read(method.unwrap_or_default(), &text_of(part))
            }),
        }
    }
}

fn text_of(part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Text(text) => text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        other => panic!("{other:?}"),
    }
}

fn entries(text: &str) -> Vec<[String; 4]> {
    let calendar: Calendar = text.parse().expect("a calendar");
    let events = calendar.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events
        .map(|event| {
            ["UID", "SEQUENCE", "STATUS", "DTSTART"]
                .map(|name| event.property_value(name).unwrap_or_default().to_owned())
        })
        .collect()
}

impl Invitation {
    fn read(mime_method: &str, text: &str) -> Self {
        let calendar: Calendar = text.parse().expect("a calendar");
        let method = calendar.property_value("METHOD").unwrap_or_default().to_owned();
        let Some(CalendarComponent::Event(event)) = calendar.components.into_iter().next() else {
            panic!("no event in {text}");
        };
        let value = |name: &str| event.property_value(name).unwrap_or_default().to_owned();
        let attendee = event
            .properties()
            .get("ATTENDEE")
            .or_else(|| event.multi_properties().get("ATTENDEE").and_then(|all| all.first()))
            .map(|property| property.value().to_owned());
        Self {
            mime_method: mime_method.to_owned(),
            method,
            uid: value("UID"),
            sequence: value("SEQUENCE"),
            status: value("STATUS"),
            starts: value("DTSTART"),
            attendee: attendee.unwrap_or_default(),
            organizer: value("ORGANIZER"),
            summary: value("SUMMARY"),
            description: value("DESCRIPTION"),
        }
    }
}
