//! Configuration: read from the environment once, before anything starts. Nothing else in the house reads it.
//!
//! Every variable has a default that serves a laptop; a wrong value is one line that names its variable. An empty
//! variable counts as unset.

mod mail;
mod origin;
#[cfg(test)]
mod tests;

use crate::middleware::Proxy;
use anyhow::Context as _;
pub use mail::Mail;
pub use origin::Origin;
use sqlx::postgres::PgConnectOptions;
use std::{env, ffi::OsString, fmt, net::SocketAddr, ops::Deref, path::PathBuf, str::FromStr};
use tracing_subscriber::EnvFilter;

/// Everything that may differ between two installations.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`, and `DATABASE_OWNER_URL` where another role owns the tables. `None`: a private cluster of our own.
    pub database: Option<DatabaseUrls>,
    /// `DATA_DIR`: keys, blobs and the private database.
    pub data_dir: PathBuf,
    /// `LISTEN`: address and port of the HTTP server.
    pub listen: SocketAddr,
    /// `PUBLIC_ORIGIN`: what a browser shows in its address bar; the only origin that requests may come from.
    pub origin: Origin,
    /// `BEHIND_PROXY`: one proxy in front of us says in `X-Forwarded-For` who the client is. Without it, whatever a client
    /// forwards is their own claim; with it and no proxy, anybody could pass for somebody else and dodge throttling.
    pub proxy: Proxy,
    /// `MASTER_KEY_FILE`: wraps every data key. Made on the first run; losing it loses every sealed field.
    pub master_key_file: PathBuf,
    /// `TURN_URLS` and `TURN_SECRET`: without them, calls connect directly or not at all.
    pub turn: Option<Turn>,
    /// `SMTP_URL` and `MAIL_FROM`: how letters leave. Without a server they stay in `data/mail`.
    pub mail: Mail,
    /// `CLINIC_PHONE`: whom to call where a browser cannot go on. The demo clinic has an invented one.
    pub clinic_phone: Option<String>,
    /// `SITE_ROOT`: the built browser half and the public files.
    pub site_root: PathBuf,
    /// `DEVELOPMENT`: shows `/kit` and `/dev/mail`. Never on by default where others can reach the server.
    pub development: bool,
    /// `LOG`: what to log, like `info,sqlx=warn`.
    pub log: String,
}

/// A PostgreSQL that others run: as the web role, and as the owner for migrations.
#[derive(Debug, Clone)]
pub struct DatabaseUrls {
    pub app: Secret,
    pub owner: Secret,
}

/// A TURN server with a shared secret (`use-auth-secret`).
#[derive(Debug, Clone)]
pub struct Turn {
    pub urls: Vec<String>,
    pub secret: Secret,
    /// `RELAY_ONLY`: every call goes through it, so that no side learns the other's address.
    pub only_way: bool,
}

/// A value that no log may show.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Deref for Secret {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// A variable that cannot be used as it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub variable: &'static str,
    pub why: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.why)
    }
}

impl std::error::Error for Wrong {}

fn wrong(variable: &'static str, why: impl Into<String>) -> Wrong {
    Wrong {
        variable,
        why: why.into(),
    }
}

impl Config {
    /// # Errors
    /// The first variable with a wrong value.
    pub fn from_env() -> anyhow::Result<Self> {
        Self::parse(|name| env::var_os(name)).context("the configuration is wrong")
    }

    /// Parses what `lookup` finds, so that a test needs no environment of its own.
    ///
    /// # Errors
    /// The first variable with a wrong value.
    pub fn parse(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, Wrong> {
        let read = Reader(&lookup);
        let data_dir = PathBuf::from(read.text("DATA_DIR")?.unwrap_or_else(|| "data".into()));
        let listen: SocketAddr = read
            .parsed("LISTEN", "an address like 127.0.0.1:3000")?
            .unwrap_or(([127, 0, 0, 1], 3000).into());
        let origin = origin(&read, listen)?;
        let development = read.switch("DEVELOPMENT")?.unwrap_or(origin.is_loopback());
        Ok(Self {
            database: database(&read)?,
            master_key_file: read
                .text("MASTER_KEY_FILE")?
                .map_or_else(|| data_dir.join("keys/master.key"), PathBuf::from),
            data_dir,
            listen,
            proxy: proxy(&read)?,
            turn: turn(&read)?,
            mail: mail::mail(&read, &origin)?,
            clinic_phone: clinic_phone(&read)?.or_else(|| development.then(|| DEMO_PHONE.to_owned())),
            site_root: PathBuf::from(read.text("SITE_ROOT")?.unwrap_or_else(|| "target/site".into())),
            development,
            origin,
            log: log(&read)?,
        })
    }
}

fn proxy(read: &Reader<'_>) -> Result<Proxy, Wrong> {
    let behind = read.switch("BEHIND_PROXY")?.unwrap_or(false);
    Ok(if behind { Proxy::Trusted } else { Proxy::None })
}

fn log(read: &Reader<'_>) -> Result<String, Wrong> {
    let filter = read.text("LOG")?.unwrap_or_else(|| "info".into());
    match EnvFilter::try_new(&filter) {
        Ok(_) => Ok(filter),
        Err(_) => Err(wrong("LOG", format!("{filter:?} is not a filter like info,sqlx=warn"))),
    }
}

fn origin(read: &Reader<'_>, listen: SocketAddr) -> Result<Origin, Wrong> {
    let text = match read.text("PUBLIC_ORIGIN")? {
        Some(text) => text,
        None if listen.port() == 0 => {
            return Err(wrong("PUBLIC_ORIGIN", "must be set when LISTEN takes any free port"));
        }
        None => format!("http://127.0.0.1:{}", listen.port()),
    };
    text.parse().map_err(|why: String| wrong("PUBLIC_ORIGIN", why))
}

fn database(read: &Reader<'_>) -> Result<Option<DatabaseUrls>, Wrong> {
    match (read.database("DATABASE_URL")?, read.database("DATABASE_OWNER_URL")?) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(wrong("DATABASE_OWNER_URL", "needs DATABASE_URL beside it")),
        (Some(app), owner) => Ok(Some(DatabaseUrls {
            owner: owner.unwrap_or_else(|| app.clone()),
            app,
        })),
    }
}

fn turn(read: &Reader<'_>) -> Result<Option<Turn>, Wrong> {
    let only_way = read.switch("RELAY_ONLY")?.unwrap_or(false);
    match (read.text("TURN_URLS")?, read.text("TURN_SECRET")?) {
        (None, None) if only_way => Err(wrong("RELAY_ONLY", "needs TURN_URLS and TURN_SECRET beside it")),
        (None, None) => Ok(None),
        (Some(_), None) => Err(wrong("TURN_SECRET", "must be set beside TURN_URLS")),
        (None, Some(_)) => Err(wrong("TURN_URLS", "must be set beside TURN_SECRET")),
        (Some(list), Some(secret)) => {
            let urls: Vec<_> = list.split(',').map(|url| url.trim().to_owned()).collect();
            for url in &urls {
                if !["turn:", "turns:", "stun:"]
                    .iter()
                    .any(|scheme| url.len() > scheme.len() && url.starts_with(scheme))
                {
                    return Err(wrong(
                        "TURN_URLS",
                        format!("{url:?} is not like turn:turn.clinic.example:3478"),
                    ));
                }
            }
            Ok(Some(Turn {
                urls,
                secret: Secret(secret),
                only_way,
            }))
        }
    }
}

/// Reserved for fiction: nobody is called by it.
const DEMO_PHONE: &str = "+1 555 0100";

fn clinic_phone(read: &Reader<'_>) -> Result<Option<String>, Wrong> {
    let Some(text) = read.text("CLINIC_PHONE")? else {
        return Ok(None);
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    if plain && (3..=15).contains(&digits) {
        Ok(Some(text.trim().to_owned()))
    } else {
        Err(wrong(
            "CLINIC_PHONE",
            format!("{text:?} is not a number like +1 555 0100"),
        ))
    }
}

/// The environment with our rules: UTF-8, and empty means unset.
struct Reader<'a>(&'a dyn Fn(&str) -> Option<OsString>);

impl Reader<'_> {
    fn text(&self, variable: &'static str) -> Result<Option<String>, Wrong> {
        let text = (self.0)(variable)
            .map(OsString::into_string)
            .transpose()
            .map_err(|_| wrong(variable, "is not UTF-8"))?;
        Ok(text.filter(|text| !text.trim().is_empty()))
    }

    fn parsed<T: FromStr>(&self, variable: &'static str, shape: &str) -> Result<Option<T>, Wrong> {
        self.text(variable)?
            .map(|text| {
                text.trim()
                    .parse()
                    .map_err(|_| wrong(variable, format!("{text:?} is not {shape}")))
            })
            .transpose()
    }

    fn switch(&self, variable: &'static str) -> Result<Option<bool>, Wrong> {
        match self.text(variable)?.as_deref() {
            None => Ok(None),
            Some("1" | "true" | "yes" | "on") => Ok(Some(true)),
            Some("0" | "false" | "no" | "off") => Ok(Some(false)),
            Some(other) => Err(wrong(variable, format!("{other:?} is neither true nor false"))),
        }
    }

    /// An address of a PostgreSQL. It may hold a password, so a wrong one is not repeated.
    fn database(&self, variable: &'static str) -> Result<Option<Secret>, Wrong> {
        let Some(url) = self.text(variable)? else {
            return Ok(None);
        };
        let scheme = url.starts_with("postgres://") || url.starts_with("postgresql://");
        if !scheme || PgConnectOptions::from_str(&url).is_err() {
            return Err(wrong(variable, "is not an address like postgres://user@host/database"));
        }
        Ok(Some(Secret(url)))
    }
}
