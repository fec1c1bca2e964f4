//! How letters leave: by an SMTP server, or into a folder while none is set.

use super::{Origin, Reader, Wrong, wrong};
use adapters::mail::SmtpUrl;
use letters::ports::Sender;

/// `SMTP_URL` and `MAIL_FROM`.
#[derive(Debug, Clone)]
pub struct Mail {
    /// `None`: letters stay in `data/mail`.
    pub server: Option<SmtpUrl>,
    pub sender: Sender,
}

pub(super) fn mail(read: &Reader<'_>, origin: &Origin) -> Result<Mail, Wrong> {
    let server = match read.text("SMTP_URL")? {
        None => None,
        // It may hold a password, so a wrong one is not repeated.
        Some(url) => Some(
            url.trim()
                .parse::<SmtpUrl>()
                .map_err(|error| wrong("SMTP_URL", error.to_string()))?,
        ),
    };
    let sender = match (read.text("MAIL_FROM")?, &server) {
        (Some(text), _) => sender(text.trim())?,
        (None, Some(_)) => return Err(wrong("MAIL_FROM", "must be set when SMTP_URL is")),
        (None, None) => Sender {
            name: NAME.to_owned(),
            address: format!("visits@{}", folder_domain(origin)),
        },
    };
    Ok(Mail { server, sender })
}

/// Says nothing of what the house is for (product.md 3.14).
const NAME: &str = "Visits";

/// `visits@clinic.example` or `Our visits <visits@clinic.example>`.
fn sender(text: &str) -> Result<Sender, Wrong> {
    let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => (NAME, text),
    };
    let name = if name.is_empty() { NAME } else { name };
    if !adapters::mail::is_address(address) || name.chars().any(|c| c.is_control() || "<>@".contains(c)) {
        return Err(wrong(
            "MAIL_FROM",
            format!("{text:?} is not an address like Visits <visits@clinic.example>"),
        ));
    }
    Ok(Sender {
        name: name.to_owned(),
        address: address.to_owned(),
    })
}

/// The house's own name where it is one; an address of numbers is no domain.
fn folder_domain(origin: &Origin) -> &str {
    let host = origin.as_str().split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(':').next().unwrap_or_default();
    if host.chars().any(|c| c.is_ascii_alphabetic()) && !host.starts_with('[') {
        host
    } else {
        "localhost"
    }
}
