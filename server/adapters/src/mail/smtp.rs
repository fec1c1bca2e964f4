//! Letters by SMTP. What matters is to know where a letter is: before its content has gone over the line it certainly did not
//! leave, after the server's answer it certainly did or did not, and in between nobody knows.

use super::mime;
use async_trait::async_trait;
use letters::ports::{Letter, Post, Undelivered};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{Error, PoolConfig},
};
use std::{fmt, str::FromStr, time::Duration};
use tokio::time::timeout;

/// To reach the server and be greeted.
const TO_CONNECT: Duration = Duration::from_secs(20);
/// To hand a letter over. Servers look into letters before they answer; RFC 5321 would wait ten minutes, and a lane would stand.
const TO_SEND: Duration = Duration::from_secs(90);
/// Connections at the same time, and how long one is kept for the next letter.
const CONNECTIONS: u32 = 4;
const KEPT_OPEN: Duration = Duration::from_secs(30);

/// The address of an SMTP server: `smtps://user:password@host` (TLS from the first byte, port 465),
/// `smtp://user:password@host?tls=required` (STARTTLS, port 587), or `smtp://127.0.0.1:2525` (no TLS, this machine only).
#[derive(Clone)]
pub struct SmtpUrl(String);

/// Why an address is none that letters may be sent to. Says nothing of the password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongUrl {
    #[error("is not an address like smtps://user:password@mail.example or smtp://mail.example?tls=required")]
    Malformed,
    #[error("sends letters unencrypted over a network: use smtps:// or ?tls=required")]
    Unencrypted,
}

impl FromStr for SmtpUrl {
    type Err = WrongUrl;

    fn from_str(text: &str) -> Result<Self, WrongUrl> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(text).map_err(|_| WrongUrl::Malformed)?;
        let (scheme, rest) = text.split_once("://").ok_or(WrongUrl::Malformed)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let host = host(rest).ok_or(WrongUrl::Malformed)?;
        let encrypted = scheme == "smtps" || query.split('&').any(|pair| pair == "tls=required");
        if !encrypted && !matches!(host, "localhost" | "127.0.0.1" | "[::1]") {
            return Err(WrongUrl::Unencrypted);
        }
        Ok(Self(text.to_owned()))
    }
}

/// The host of `user:password@host:port/path`.
fn host(authority: &str) -> Option<&str> {
    let authority = authority.split('/').next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.find(']') {
        Some(end) => host.get(..=end)?,
        None => host.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(secret)")
    }
}

/// An SMTP server that carries our letters.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp")
    }
}

impl Smtp {
    /// No connection is made before the first letter.
    ///
    /// # Errors
    /// `Malformed`, which a parsed address is not.
    pub fn new(url: &SmtpUrl) -> Result<Self, WrongUrl> {
        let pool = PoolConfig::new().max_size(CONNECTIONS).idle_timeout(KEPT_OPEN);
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0)
            .map_err(|_| WrongUrl::Malformed)?
            .timeout(Some(TO_CONNECT))
            .pool_config(pool)
            .build();
        Ok(Self { transport })
    }

    /// Finds a connection that lives, before anything of the letter is said.
    async fn reach(&self) -> Result<(), Undelivered> {
        match timeout(TO_CONNECT, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) | Err(_) => Err(Undelivered::Later {
                code: "no_connection".to_owned(),
            }),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the mail server is not reached");
                Err(Undelivered::Later {
                    code: status(&error).unwrap_or_else(|| "no_connection".to_owned()),
                })
            }
        }
    }
}

#[async_trait]
impl Post for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = mime::message(letter)?;
        self.reach().await?;
        match timeout(TO_SEND, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(judge(&error)),
            Err(_) => Err(Undelivered::Unknown {
                code: "too_slow".to_owned(),
            }),
        }
    }
}

/// A server that answered has decided. One that fell silent may have taken the letter before.
fn judge(error: &Error) -> Undelivered {
    match status(error) {
        Some(code) if error.is_permanent() => Undelivered::Never { code },
        Some(code) => Undelivered::Later { code },
        None => Undelivered::Unknown {
            code: "no_answer".to_owned(),
        },
    }
}

/// The number of the server's answer. Its words may hold anything and go nowhere.
fn status(error: &Error) -> Option<String> {
    error.status().map(|code| code.to_string())
}

#[cfg(test)]
mod tests {
    use super::{SmtpUrl, WrongUrl};

    #[test]
    fn letters_go_over_a_network_encrypted_only() {
        let parse = |text: &str| text.parse::<SmtpUrl>().map(|_| ());
        for fine in [
            "smtps://user:pass@mail.example",
            "smtps://mail.example:4650",
            "smtp://user:p%40ss@mail.example:587?tls=required",
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://[::1]:25",
        ] {
            assert_eq!(parse(fine), Ok(()), "{fine}");
        }
        for open in [
            "smtp://mail.example",
            "smtp://127.0.0.1@mail.example",
            "smtp://mail.example:25?tls=opportunistic",
            "smtp://127.0.0.1.evil.example",
        ] {
            assert_eq!(parse(open), Err(WrongUrl::Unencrypted), "{open}");
        }
        for wrong in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://mail.example?tls=perhaps",
        ] {
            assert_eq!(parse(wrong), Err(WrongUrl::Malformed), "{wrong}");
        }
    }

    #[test]
    fn no_log_shows_the_password() {
        let url: SmtpUrl = "smtps://user:hunter2@mail.example".parse().unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}
