//! A private PostgreSQL: with no `DATABASE_URL`, the server owns a cluster under its data folder and runs it as a child.
//!
//! Nothing listens on the network: the one way in is a socket in a folder that only the cluster's account may enter,
//! which is why the cluster itself trusts whoever comes. Durability settings stay as PostgreSQL ships them.
//!
//! ```text
//! data/postgres.lock    held while a server lives, so that no two share a cluster; the system frees it after a kill
//! data/postgres.url     how the owner comes in, for `./dev db` and sub-commands beside a running server
//! data/postgres/        cluster/, run/ (the socket), log; a link when its account cannot enter the data folder
//! ```

mod account;
mod process;
mod programs;

use account::Account;
use anyhow::{Context as _, bail};
use process::Cluster;
use programs::Programs;
use sqlx::{Connection as _, Executor as _, PgConnection};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    str::FromStr as _,
    time::{Duration, Instant},
};
use tokio::process::Child;

const DATABASE: &str = "teletherapy";
/// Superuser of the private cluster: migrations and repairs.
const OWNER: &str = "tele_owner";
/// What the server signs in as. It is a member of `tele_app` and of nothing else.
const LOGIN: &str = "tele_login";
/// The system keeps a socket's path in 108 bytes, the last of them a zero; PostgreSQL adds `/.s.PGSQL.5432`.
const LONGEST_SOCKET_FOLDER: usize = 107 - "/.s.PGSQL.5432".len();
/// A cluster that was killed replays its log before it answers.
const START_LIMIT: Duration = Duration::from_mins(2);
const POLL: Duration = Duration::from_millis(50);

/// A cluster of our own that answers.
#[derive(Debug)]
pub struct PrivateCluster {
    sockets: PathBuf,
    /// `None` when another server of ours runs it and we only visit.
    running: Option<Running>,
}

impl PrivateCluster {
    /// Starts the cluster of `home` (`data/postgres`), made on first use. An orphan of a killed server is stopped first.
    /// Beside a running server (a sub-command, a worker of its own) it visits that server's cluster instead.
    ///
    /// # Errors
    /// When PostgreSQL is missing or of another version, or does not answer.
    pub async fn start(home: &Path) -> anyhow::Result<Self> {
        let data = home.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(data).with_context(|| format!("DATA_DIR: {} cannot be made", data.display()))?;
        let data = fs::canonicalize(data)?;
        match lock(&data)? {
            Some(lock) => Self::start_locked(&data, lock).await,
            None => Self::visit(&data).await,
        }
    }

    async fn visit(data: &Path) -> anyhow::Result<Self> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Some(sockets) = fs::read_to_string(url_file(data))
                .ok()
                .and_then(|url| socket_folder(url.trim()))
            {
                let visitor = Self { sockets, running: None };
                if let Ok(connection) = PgConnection::connect(&visitor.owner_url()).await {
                    connection.close().await?;
                    return Ok(visitor);
                }
            }
            if Instant::now() > deadline {
                bail!(
                    "another server works with {}, but its database does not answer",
                    data.display()
                );
            }
            tokio::time::sleep(POLL).await;
        }
    }

    async fn start_locked(data: &Path, lock: File) -> anyhow::Result<Self> {
        let account = Account::for_clusters().await?;
        let home = account.home_in(data).await?;
        let folder = home.join("cluster");
        let programs = Programs::find(programs::version_of(&folder)?)?;
        let cluster = Cluster {
            account,
            programs,
            folder,
        };
        cluster.make(&home).await?;
        cluster.stop_orphan().await?;

        let sockets = account.socket_folder(&home)?;
        let child = cluster.spawn(&home, &sockets)?;
        let mut started = Self {
            sockets,
            running: Some(Running {
                child,
                cluster,
                url_file: url_file(data),
                _lock: lock,
            }),
        };
        started.wait_until_ready(&home.join("log")).await?;
        started.make_database().await?;
        started.write_url()?;
        Ok(started)
    }

    /// The superuser: migrations, seeds of roles, `./dev db`.
    pub fn owner_url(&self) -> String {
        self.url(OWNER, DATABASE)
    }

    /// The server at work. Its first statement on a connection is `SET ROLE tele_app`.
    pub fn app_url(&self) -> String {
        self.url(LOGIN, DATABASE)
    }

    fn url(&self, user: &str, database: &str) -> String {
        format!("postgres:///{database}?host={}&user={user}", escaped(&self.sockets))
    }

    /// Stops the cluster the fast way: open transactions roll back, everything committed is on disk. A visitor leaves it be.
    ///
    /// # Errors
    /// When it does not stop within a minute.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let Some(mut running) = self.running.take() else {
            return Ok(());
        };
        running.cluster.stop().await?;
        running.child.wait().await?;
        // Gone already after a crash of the server; nobody needs it then.
        let _gone = fs::remove_file(&running.url_file);
        Ok(())
    }

    async fn wait_until_ready(&mut self, log: &Path) -> anyhow::Result<()> {
        let url = self.url(OWNER, "postgres");
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Some(running) = &mut self.running
                && let Some(status) = running.child.try_wait()?
            {
                bail!("PostgreSQL stopped at once ({status}):\n{}", last_lines(log));
            }
            match PgConnection::connect(&url).await {
                Ok(connection) => return Ok(connection.close().await?),
                Err(error) if Instant::now() > deadline => {
                    return Err(error).with_context(|| format!("PostgreSQL does not answer:\n{}", last_lines(log)));
                }
                Err(_not_yet) => tokio::time::sleep(POLL).await,
            }
        }
    }

    /// The database and its two roles; each start repairs what a killed first start left undone.
    async fn make_database(&self) -> anyhow::Result<()> {
        let mut owner = PgConnection::connect(&self.url(OWNER, "postgres")).await?;
        owner
            .execute(
                "DO $$ BEGIN
                    IF to_regrole('tele_app') IS NULL THEN CREATE ROLE tele_app NOLOGIN NOBYPASSRLS; END IF;
                    IF to_regrole('tele_login') IS NULL THEN CREATE ROLE tele_login LOGIN NOINHERIT NOBYPASSRLS; END IF;
                    IF NOT pg_has_role('tele_login', 'tele_app', 'MEMBER') THEN GRANT tele_app TO tele_login; END IF;
                END $$",
            )
            .await?;
        let there = owner
            .fetch_optional("SELECT FROM pg_database WHERE datname = 'teletherapy'")
            .await?;
        if there.is_none() {
            owner.execute("CREATE DATABASE teletherapy").await?;
        }
        Ok(owner.close().await?)
    }

    fn write_url(&self) -> io::Result<()> {
        use io::Write as _;
        let Some(running) = &self.running else {
            return Ok(());
        };
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&running.url_file)?;
        writeln!(file, "{}", self.owner_url())
    }
}

/// The child and what is needed to stop it.
#[derive(Debug)]
struct Running {
    child: Child,
    cluster: Cluster,
    url_file: PathBuf,
    _lock: File,
}

impl Drop for Running {
    /// A server that fails half way through its start leaves no database behind. After `stop` there is nothing to stop.
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.cluster.ask_to_stop();
        }
    }
}

/// `None` when another process holds it.
fn lock(data: &Path) -> anyhow::Result<Option<File>> {
    let path = data.join("postgres.lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("DATA_DIR: {} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error).context("DATA_DIR: no locks on this file system"),
    }
}

fn url_file(data: &Path) -> PathBuf {
    data.join("postgres.url")
}

fn socket_folder(url: &str) -> Option<PathBuf> {
    Some(
        sqlx::postgres::PgConnectOptions::from_str(url)
            .ok()?
            .get_socket()?
            .clone(),
    )
}

/// A path as a value in a URL's query.
fn escaped(path: &Path) -> String {
    use std::{fmt::Write as _, os::unix::ffi::OsStrExt as _};
    let mut text = String::new();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(byte) {
            text.push(char::from(*byte));
        } else {
            // Writing into a String cannot fail.
            let _written = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
