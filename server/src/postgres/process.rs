//! The cluster as a process: making, starting and stopping it.

use super::{OWNER, POLL, account::Account, programs::Programs};
use anyhow::{Context as _, bail};
use std::{
    fs::{self, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// In seconds, as `pg_ctl` takes it.
const STOP_LIMIT: &str = "60";
/// How long the system may take to forget a killed process.
const REAP_LIMIT: Duration = Duration::from_secs(15);

/// Where a cluster lies, whose it is, and the programs that fit it.
#[derive(Debug)]
pub struct Cluster {
    pub account: Account,
    pub programs: Programs,
    pub folder: PathBuf,
}

impl Cluster {
    fn pg_ctl(&self, arguments: &[&str]) -> Command {
        let mut command = self.account.command(&self.programs.pg_ctl);
        command.args(arguments).arg("-s").arg("-D").arg(&self.folder);
        command
    }

    pub async fn stop(&self) -> anyhow::Result<()> {
        let stopped = self
            .pg_ctl(&["stop", "-m", "fast", "-w", "-t", STOP_LIMIT])
            .output()
            .await?;
        if !stopped.status.success() {
            bail!(
                "PostgreSQL does not stop: {}",
                String::from_utf8_lossy(&stopped.stderr).trim()
            );
        }
        Ok(())
    }

    /// Signals and returns: for a server that fails half way through its start. The next start waits for the end of it.
    pub fn ask_to_stop(&self) {
        let _asked = self.pg_ctl(&["stop", "-m", "fast", "-W"]).into_std().status();
    }

    /// After `kill -9` of a server its child may still run. We hold the lock, so nobody else is using it.
    pub async fn stop_orphan(&self) -> anyhow::Result<()> {
        let deadline = Instant::now() + REAP_LIMIT;
        while self.orphan_runs().await? {
            if !is_dead(&self.folder.join("postmaster.pid")) {
                tracing::warn!("the database of a killed server still runs; stopping it first");
                return self.stop().await;
            }
            // Killed too, but still listed: PostgreSQL would take it for a living one.
            if Instant::now() > deadline {
                bail!("the database was killed, but the system still lists its process: start again in a moment");
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    async fn orphan_runs(&self) -> anyhow::Result<bool> {
        Ok(self.folder.join("postmaster.pid").exists()
            && self.pg_ctl(&["status"]).stdout(Stdio::null()).status().await?.success())
    }

    /// Makes the cluster beside its place and moves it there, so that a killed first start is simply done again.
    pub async fn make(&self, home: &Path) -> anyhow::Result<()> {
        if self.folder.join("PG_VERSION").exists() {
            return Ok(());
        }
        let fresh = home.join("cluster.new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh)?;
        }
        let made = self
            .account
            .command(&self.programs.initdb)
            .args([
                "--username",
                OWNER,
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
            ])
            .args(["--auth-local=trust", "--auth-host=reject", "--pgdata"])
            .arg(&fresh)
            .output()
            .await?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim());
        }
        fs::rename(&fresh, &self.folder)?;
        Ok(())
    }

    /// Ctrl-C reaches a whole process group: the cluster has its own, so that the server can finish its work first.
    pub fn spawn(&self, home: &Path, sockets: &Path) -> anyhow::Result<Child> {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(home.join("log"))?;
        let sockets = sockets.to_str().context("the path of the socket is not UTF-8")?;
        self.account
            .command(&self.programs.postgres)
            .process_group(0)
            .arg("-D")
            .arg(&self.folder)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "port=5432",
                "-c",
                "unix_socket_permissions=0700",
                "-c",
                "timezone=UTC",
            ])
            .arg("-c")
            .arg(format!("unix_socket_directories={sockets}"))
            // An error's detail quotes the row, which may be a patient's.
            .args(["-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic"])
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("PostgreSQL does not start")
    }
}

/// Whether the process of a pid file has ended and only waits for its parent to notice (state Z of Linux).
fn is_dead(pid_file: &Path) -> bool {
    let pid = fs::read_to_string(pid_file).unwrap_or_default();
    let pid = pid.lines().next().unwrap_or_default().trim();
    // "25712 (postgres) Z 1 …"
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')))
}
