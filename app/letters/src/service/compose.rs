//! A row becomes a letter: words in the reader's time zone, the neutral link, the entry for their calendar.

use super::{office::Office, truth::True};
use crate::{
    model::{
        Kind, Side, Spoken,
        calendar::{self, Invitation},
        html, wording,
    },
    ports::{CalendarPart, Letter},
    store::{
        due::Due,
        letter::{About, Times},
        letter_visit::LetterVisit,
    },
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
    let spoken = spoken(due, &still, zone);
    let wording = wording(due.kind, side, &spoken);
    // The first of those that the reader still has, where a letter is about several.
    let about = still.visits.first().map_or(due.about, |one| About::Visit(one.visit));
    let link = link(&office.origin, about);
    let small_print = small_print(&office.origin, side);
    Letter {
        id: due.id.uuid(),
        at: now,
        from: office.sender.clone(),
        to: reader.email.clone(),
        text: html::text(&wording, &link, &small_print),
        html: html::page(&wording, &link, &small_print),
        subject: wording.subject,
        calendar: calendar_part(office, due, &still, reader, &link, now),
    }
}

pub const fn side(reader: &Mailbox) -> Side {
    match reader.role {
        Role::Therapist => Side::Therapist,
        _ => Side::Family,
    }
}

fn spoken(due: &Due, still: &True, zone: Zone) -> Spoken {
    let moment = |at| {
        let when = when(zone, at, at);
        format!("{}, {}", when.day, when.from)
    };
    // What was changed once more meanwhile has a letter of its own.
    let first = still.visits.first().map(|visit| visit.times);
    let Some((starts, ends)) = first.or(due.times) else {
        return Spoken {
            until: still.until.map(moment),
            ..Spoken::default()
        };
    };
    Spoken {
        start: moment(starts),
        whole: whole(zone, starts, ends),
        until: still.until.map(moment),
        all: still
            .visits
            .iter()
            .map(|visit| whole(zone, visit.times.0, visit.times.1))
            .collect(),
    }
}

/// "Tue 24 Nov, 10:00 to 10:45 (Chicago, Central)"
fn whole(zone: Zone, starts: DateTime<Utc>, ends: DateTime<Utc>) -> String {
    let when = when(zone, starts, ends);
    // "Chicago (Central)" stands in parentheses here.
    let label = when.zone.label.replace(" (", ", ").replace(')', "");
    format!("{}, {} to {} ({label})", when.day, when.from, when.until)
}

/// Opaque ids only, and no page: whoever follows it signs in and is led to their own.
fn link(origin: &str, about: About) -> String {
    match about {
        About::Visit(visit) => format!("{origin}/v/{visit}"),
        About::Request(request) => format!("{origin}/r/{request}"),
        About::Proposal(proposal) => format!("{origin}/p/{proposal}"),
        About::Offer(offer) => format!("{origin}/o/{offer}"),
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

fn calendar_part(
    office: &Office,
    due: &Due,
    still: &True,
    reader: &Mailbox,
    link: &str,
    now: DateTime<Utc>,
) -> Option<CalendarPart> {
    let method = due.kind.method()?;
    let About::Visit(visit) = due.about else {
        return None;
    };
    // The visit's own id, for as long as it lives: no setting can change it.
    let entries: Vec<(String, String, Times, i32)> = if due.kind.is_of_many() {
        let entry = |one: &LetterVisit| {
            (
                one.visit.to_string(),
                self::link(&office.origin, About::Visit(one.visit)),
                one.times,
                one.sequence,
            )
        };
        still.visits.iter().map(entry).collect()
    } else {
        vec![(visit.to_string(), link.to_owned(), due.times?, due.sequence?)]
    };
    let described: Vec<String> = entries
        .iter()
        .map(|(_, url, ..)| format!("Sign in to see it: {url}"))
        .collect();
    let entries: Vec<Invitation<'_>> = entries
        .iter()
        .zip(&described)
        .map(|((uid, url, (starts, ends), sequence), description)| Invitation {
            method,
            uid,
            sequence: *sequence,
            stamp: now,
            starts: *starts,
            ends: *ends,
            organizer: &office.sender.address,
            attendee: &reader.email,
            summary: SUMMARY,
            description,
            url,
        })
        .collect();
    let text = match entries.as_slice() {
        [one] if !due.kind.is_of_many() => calendar::write(one),
        many => calendar::publish(many, due.kind == Kind::SeriesCancelled),
    };
    Some(CalendarPart { method, text })
}
