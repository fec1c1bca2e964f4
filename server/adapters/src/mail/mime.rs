//! A letter as a MIME message. Built from typed headers only: whatever an address or a subject holds, it stays in its field.

use letters::ports::{CalendarPart, Letter, Undelivered};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use std::{error::Error, time::SystemTime};

/// Says that nobody wrote this by hand, so that nobody's absence note answers it (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The message, ready for the wire.
///
/// # Errors
/// `Undelivered::Never` when an address is none: no later try would change that.
pub fn message(letter: &Letter) -> Result<Message, Undelivered> {
    let never = |code: &str| Undelivered::Never { code: code.to_owned() };
    let from: Address = letter.from.address.parse().map_err(|_| never("bad_sender"))?;
    let to: Address = letter.to.trim().parse().map_err(|_| never("bad_address"))?;
    let name = Some(one_line(&letter.from.name)).filter(|name| !name.is_empty());
    let parts = MultiPart::alternative()
        .singlepart(SinglePart::plain(letter.text.clone()))
        .singlepart(SinglePart::html(letter.html.clone()));
    let parts = match &letter.calendar {
        Some(calendar) => parts.singlepart(calendar_part(calendar).ok_or_else(|| never("bad_calendar"))?),
        None => parts,
    };
    Message::builder()
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.subject))
        .date(SystemTime::from(letter.at))
        .message_id(Some(format!("<{}@{}>", letter.id, letter.from.domain())))
        .header(AutoSubmitted)
        .multipart(parts)
        .map_err(|_| never("bad_letter"))
}

/// Is it one mail address, and nothing else?
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// The MIME type repeats the method, or no calendar program takes it for an invitation (RFC 6047).
fn calendar_part(calendar: &CalendarPart) -> Option<SinglePart> {
    let kind = format!("text/calendar; method={}; charset=UTF-8", calendar.method);
    let kind = ContentType::parse(&kind).ok()?;
    Some(SinglePart::builder().header(kind).body(calendar.text.clone()))
}

/// A header is one line. The builder encodes whatever is in it; what would be a break is a blank before it gets there.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
pub(super) mod tests {
    use super::message;
    use chrono::DateTime;
    use letters::ports::{CalendarPart, Letter, Sender, Undelivered};
    use mail_parser::{MessageParser, MimeHeaders};
    use proptest::prelude::*;
    use uuid::Uuid;

    pub fn letter() -> Letter {
        Letter {
            id: Uuid::from_u128(7),
            at: DateTime::from_timestamp(1_803_996_000, 0).unwrap(),
            from: Sender {
                name: "Visits".to_owned(),
                address: "visits@clinic.example".to_owned(),
            },
            to: "ana@demo.example".to_owned(),
            subject: "Confirmed: Tue 24 Nov, 10:00".to_owned(),
            text: "Confirmed.\r\n".to_owned(),
            html: "<p>Confirmed.</p>\r\n".to_owned(),
            calendar: Some(CalendarPart {
                method: "REQUEST",
                text: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".to_owned(),
            }),
        }
    }

    #[test]
    fn a_letter_is_text_html_and_calendar_under_one_roof() {
        let wire = message(&letter()).unwrap().formatted();
        let parsed = MessageParser::default().parse(&wire).unwrap();
        let kinds: Vec<String> = parsed
            .parts
            .iter()
            .filter_map(|part| part.content_type())
            .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()))
            .collect();
        assert_eq!(
            kinds,
            ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
        );
        let calendar = parsed.parts[3].content_type().unwrap();
        assert_eq!(calendar.attribute("method"), Some("REQUEST"));
        assert_eq!(
            parsed.message_id(),
            Some("00000000-0000-0000-0000-000000000007@clinic.example")
        );
        assert_eq!(
            parsed.header("Auto-Submitted").and_then(|v| v.as_text()),
            Some("auto-generated")
        );
        assert_eq!(parsed.date().unwrap().to_timestamp(), letter().at.timestamp());
    }

    #[test]
    fn an_address_that_is_none_is_never_tried() {
        for to in [
            "",
            "nobody",
            "a@b\r\nBcc: x@y.example",
            "a@b.example, c@d.example",
            "<a@b.example>",
        ] {
            let wrong = Letter {
                to: to.to_owned(),
                ..letter()
            };
            assert_eq!(
                message(&wrong).map(|_| ()),
                Err(Undelivered::Never {
                    code: "bad_address".to_owned()
                }),
                "{to:?}"
            );
        }
    }

    proptest! {
        /// Whatever stands in a subject, a name or a body: no header of its own, no further reader, the text as it was.
        #[test]
        fn nothing_breaks_out_of_its_field(subject in "(?s).{0,120}", name in "(?s).{0,60}", text in "[a-zä漢.\r\n:<>@ ]{0,200}") {
            let mut odd = letter();
            odd.subject = format!("{subject}\r\nBcc: spy@evil.example\r\n\r\nbody");
            odd.from.name = format!("{name}\r\nBcc: spy@evil.example");
            odd.text = text;
            let message = message(&odd).unwrap();
            prop_assert_eq!(message.envelope().to().len(), 1);
            let wire = message.formatted();
            let parsed = MessageParser::default().parse(&wire).unwrap();
            prop_assert!(parsed.bcc().is_none() && parsed.cc().is_none());
            prop_assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("ana@demo.example"));
            prop_assert_eq!(parsed.from().unwrap().first().unwrap().address(), Some("visits@clinic.example"));
            prop_assert_eq!(parsed.parts.len(), 4);
        }
    }
}
