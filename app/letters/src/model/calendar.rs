//! An entry for somebody's calendar, as iCalendar text (RFC 5545, RFC 5546). Written by hand: the fields are few and fixed, the
//! time stamp is passed in, and what must be right (escaping, folding) is tested against a parser that others wrote.

use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// Octets in a line, its end not counted.
const WIDTH: usize = 75;

/// What an invitation says. The same `uid` for the life of the visit; `sequence` grows with each change.
#[derive(Debug, Clone)]
pub struct Invitation<'a> {
    /// `REQUEST` or `CANCEL`; several entries are published.
    pub method: &'a str,
    pub uid: &'a str,
    pub sequence: i32,
    pub stamp: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub organizer: &'a str,
    pub attendee: &'a str,
    pub summary: &'a str,
    pub description: &'a str,
    pub url: &'a str,
}

/// The whole calendar object. Times are UTC, so it needs no zone of its own.
pub fn write(invitation: &Invitation<'_>) -> String {
    let mut out = String::with_capacity(700);
    begin(&mut out, invitation.method);
    let status = if invitation.method == "CANCEL" {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    event(&mut out, invitation, status, true);
    line(&mut out, "END", "VCALENDAR");
    out
}

/// Several entries at once, each under its own UID. A REQUEST may only be about one of them (RFC 5546, 3.2.2), so they are
/// published; an entry of this kind names no attendee.
pub fn publish(entries: &[Invitation<'_>], cancelled: bool) -> String {
    let mut out = String::with_capacity(100 + entries.len() * 500);
    begin(&mut out, "PUBLISH");
    let status = if cancelled { "CANCELLED" } else { "CONFIRMED" };
    for entry in entries {
        event(&mut out, entry, status, false);
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

fn begin(out: &mut String, method: &str) {
    line(out, "BEGIN", "VCALENDAR");
    line(out, "VERSION", "2.0");
    line(out, "PRODID", "-//Visits//Letters//EN");
    line(out, "METHOD", method);
}

fn event(out: &mut String, invitation: &Invitation<'_>, status: &str, with_attendee: bool) {
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", &escape(invitation.uid));
    line(out, "SEQUENCE", &invitation.sequence.to_string());
    line(out, "DTSTAMP", &instant(invitation.stamp));
    line(out, "DTSTART", &instant(invitation.starts));
    line(out, "DTEND", &instant(invitation.ends));
    line(out, "ORGANIZER", &mail_to(invitation.organizer));
    if with_attendee {
        line(
            out,
            "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
            &mail_to(invitation.attendee),
        );
    }
    line(out, "STATUS", status);
    line(out, "SUMMARY", &escape(invitation.summary));
    line(out, "DESCRIPTION", &escape(invitation.description));
    line(out, "URL", &plain(invitation.url));
    line(out, "CLASS", "PRIVATE");
    line(out, "END", "VEVENT");
}

/// What every entry of a followed calendar is called: a calendar elsewhere learns when, and nothing else.
const FOLLOWED: &str = "Telehealth visit";

/// A visit in a calendar that is followed by a link.
#[derive(Debug, Clone)]
pub struct Entry {
    pub uid: String,
    pub sequence: i32,
    /// When it last changed.
    pub stamp: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    pub ends: DateTime<Utc>,
    pub cancelled: bool,
    pub url: String,
}

/// A calendar as it is followed (RFC 7986): asked for again every hour, cancelled entries said to be so.
pub fn follow(entries: &[Entry]) -> String {
    let mut out = String::with_capacity(300 + entries.len() * 350);
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", "-//Visits//Letters//EN");
    line(&mut out, "NAME", "Visits");
    line(&mut out, "X-WR-CALNAME", "Visits");
    line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    for entry in entries {
        line(&mut out, "BEGIN", "VEVENT");
        line(&mut out, "UID", &escape(&entry.uid));
        line(&mut out, "SEQUENCE", &entry.sequence.to_string());
        line(&mut out, "DTSTAMP", &instant(entry.stamp));
        line(&mut out, "DTSTART", &instant(entry.starts));
        line(&mut out, "DTEND", &instant(entry.ends));
        line(
            &mut out,
            "STATUS",
            if entry.cancelled { "CANCELLED" } else { "CONFIRMED" },
        );
        line(&mut out, "SUMMARY", FOLLOWED);
        line(&mut out, "URL", &plain(&entry.url));
        line(&mut out, "CLASS", "PRIVATE");
        line(&mut out, "END", "VEVENT");
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A TEXT value: what would end it or the line is escaped, other control characters are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' if after_return => {}
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

/// A value that is no TEXT: nothing in it may end the line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A mail address as an address of RFC 6068: whatever could mean something else is written as its octets.
fn mail_to(address: &str) -> String {
    let mut out = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@._-+~!$*'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// One content line, folded at 75 octets and never inside a character.
fn line(out: &mut String, name: &str, value: &str) {
    let mut width = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if width + c.len_utf8() > WIDTH {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Entry, Invitation, WIDTH, follow, write};
    use chrono::{DateTime, Duration, Utc};
    use icalendar::{Calendar, CalendarComponent, Component};
    use proptest::prelude::*;

    fn at() -> DateTime<Utc> {
        DateTime::from_timestamp(1_803_996_000, 0).unwrap()
    }

    fn invitation<'a>(summary: &'a str, description: &'a str, attendee: &'a str) -> Invitation<'a> {
        Invitation {
            method: "REQUEST",
            uid: "01995c2e-0000-7000-8000-000000000001",
            sequence: 3,
            stamp: at(),
            starts: at() + Duration::hours(24),
            ends: at() + Duration::minutes(24 * 60 + 45),
            organizer: "visits@clinic.example",
            attendee,
            summary,
            description,
            url: "https://clinic.example/v/01995c2e-0000-7000-8000-000000000001",
        }
    }

    /// What a calendar program reads: the names and values of the one event.
    fn read(text: &str) -> icalendar::Event {
        let calendar: Calendar = text.parse().expect("a calendar");
        assert_eq!(calendar.components.len(), 1);
        match calendar.components.into_iter().next() {
            Some(CalendarComponent::Event(event)) => event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_invitation_and_its_cancellation_read_as_they_were_meant() {
        let invited = write(&invitation("Visit", "Open it", "ana@demo.example"));
        let event = read(&invited);
        assert_eq!(event.get_uid(), Some("01995c2e-0000-7000-8000-000000000001"));
        assert_eq!(event.property_value("SEQUENCE"), Some("3"));
        assert_eq!(event.property_value("STATUS"), Some("CONFIRMED"));
        assert_eq!(event.property_value("DTSTART"), Some("20270303T140000Z"));
        assert_eq!(event.property_value("ORGANIZER"), Some("mailto:visits@clinic.example"));
        assert!(invited.contains("\r\nMETHOD:REQUEST\r\n"));
        let cancelled = write(&Invitation {
            method: "CANCEL",
            sequence: 4,
            ..invitation("Visit", "", "ana@demo.example")
        });
        assert_eq!(read(&cancelled).property_value("STATUS"), Some("CANCELLED"));
        assert!(cancelled.contains("\r\nMETHOD:CANCEL\r\n") && cancelled.contains("\r\nSEQUENCE:4\r\n"));
    }

    #[test]
    fn a_followed_calendar_says_what_is_cancelled_and_names_nobody() {
        let entry = |cancelled| Entry {
            uid: "01995c2e-0000-7000-8000-000000000001".to_owned(),
            sequence: 2,
            stamp: at(),
            starts: at(),
            ends: at() + Duration::minutes(45),
            cancelled,
            url: "https://clinic.example/v/1".to_owned(),
        };
        let text = follow(&[entry(false), entry(true)]);
        let calendar: Calendar = text.parse().expect("a calendar");
        let said: Vec<_> = calendar
            .components
            .iter()
            .filter_map(|one| match one {
                CalendarComponent::Event(event) => Some((event.property_value("STATUS")?, event.get_summary()?)),
                _ => None,
            })
            .collect();
        assert_eq!(
            said,
            [("CONFIRMED", "Telehealth visit"), ("CANCELLED", "Telehealth visit")]
        );
        assert!(text.contains("\r\nSEQUENCE:2\r\n") && !text.contains("ATTENDEE"));
    }

    #[test]
    fn an_address_cannot_bring_a_line_of_its_own() {
        let text = write(&invitation("Visit", "", "a@b.example\r\nATTENDEE:mailto:x@y.example"));
        assert_eq!(text.matches("\r\nATTENDEE").count(), 1);
        assert_eq!(read(&text).get_summary(), Some("Visit"));
    }

    proptest! {
        /// Any text comes back from the other side, whatever it holds; control characters are left out, breaks are breaks.
        #[test]
        fn texts_survive(summary in "\\PC{0,200}", description in "[a-z\\\\;,\n\"ä漢🙂 :]{0,200}") {
            let event = read(&write(&invitation(&summary, &description, "ana@demo.example")));
            prop_assert_eq!(event.get_summary().unwrap_or_default(), summary.as_str());
            prop_assert_eq!(event.get_description().unwrap_or_default(), description.as_str());
        }

        #[test]
        fn lines_are_short_and_whole(summary in ".{0,300}") {
            let text = write(&invitation(&summary, &summary, "ana@demo.example"));
            prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= WIDTH, "{} octets", line.len());
                prop_assert!(!line.contains(['\r', '\n']));
            }
        }
    }
}
