//! A row becomes a letter: words in the reader's time zone, the neutral link, the entry for their calendar.

use super::{office::Office, truth::True};
use crate::{
    model::{
        Side, Spoken,
        calendar::{self, Invitation},
        html, wording,
    },
    ports::{CalendarPart, Letter},
    store::{due::Due, letter::About},
};
use chrono::{DateTime, Utc};
use identity::service::Mailbox;
use kernel::{Role, Zone};
use scheduling::service::when;

/// What stands in a calendar: read by whoever shares it.
const SUMMARY: &str = "Visit";

pub fn compose(office: &Office, due: &Due, reader: &Mailbox, still: True, now: DateTime<Utc>) -> Letter {
    let side = side(reader);
    let zone = reader.zone.parse().unwrap_or(Zone::UTC);
    let spoken = spoken(due, still, zone);
    let wording = wording(due.kind, side, &spoken);
    let link = link(&office.origin, due.about);
    let small_print = small_print(&office.origin, side);
    Letter {
        id: due.id.uuid(),
        at: now,
        from: office.sender.clone(),
        to: reader.email.clone(),
        text: html::text(&wording, &link, &small_print),
        html: html::page(&wording, &link, &small_print),
        subject: wording.subject,
        calendar: calendar_part(office, due, reader, &link, now),
    }
}

pub const fn side(reader: &Mailbox) -> Side {
    match reader.role {
        Role::Therapist => Side::Therapist,
        _ => Side::Family,
    }
}

fn spoken(due: &Due, still: True, zone: Zone) -> Spoken {
    let moment = |at| {
        let when = when(zone, at, at);
        format!("{}, {}", when.day, when.from)
    };
    let Some((starts, ends)) = due.times else {
        return Spoken {
            until: still.until.map(moment),
            ..Spoken::default()
        };
    };
    let when = when(zone, starts, ends);
    // "Chicago (Central)" stands in parentheses here.
    let label = when.zone.label.replace(" (", ", ").replace(')', "");
    Spoken {
        start: moment(starts),
        whole: format!("{}, {} to {} ({label})", when.day, when.from, when.until),
        until: still.until.map(moment),
    }
}

/// Opaque ids only, and no page: whoever follows it signs in and is led to their own.
fn link(origin: &str, about: About) -> String {
    match about {
        About::Visit(visit) => format!("{origin}/v/{visit}"),
        About::Request(request) => format!("{origin}/r/{request}"),
        About::Proposal(_) => origin.to_owned(),
    }
}

fn small_print(origin: &str, side: Side) -> [String; 2] {
    let area = match side {
        Side::Family => "my",
        Side::Therapist => "care",
    };
    [
        format!("Choose which letters you get: {origin}/{area}/account/letters"),
        "Nobody reads answers to this address.".to_owned(),
    ]
}

fn calendar_part(office: &Office, due: &Due, reader: &Mailbox, link: &str, now: DateTime<Utc>) -> Option<CalendarPart> {
    let (method, sequence) = (due.kind.method()?, due.sequence?);
    let (starts, ends) = due.times?;
    let About::Visit(visit) = due.about else {
        return None;
    };
    let text = calendar::write(&Invitation {
        method,
        // The visit's own id, for as long as it lives: no setting can change it.
        uid: &visit.to_string(),
        sequence,
        stamp: now,
        starts,
        ends,
        organizer: &office.sender.address,
        attendee: &reader.email,
        summary: SUMMARY,
        description: &format!("Sign in to see it: {link}"),
        url: link,
    });
    Some(CalendarPart { method, text })
}
