//! The system account a cluster runs as. PostgreSQL refuses to run as root, and should: then it gets an account that
//! owns its folder and nothing else.

use super::LONGEST_SOCKET_FOLDER;
use anyhow::{Context as _, bail};
use std::{
    env, fs, io,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{DirBuilderExt as _, PermissionsExt as _, chown, symlink},
    },
    path::{Path, PathBuf},
    process::{self, Stdio},
};
use tokio::process::Command;

/// Where root keeps clusters whose account cannot enter the data folder (a clone below /root, say).
const ELSEWHERE: &str = "/var/lib/teletherapy";

#[derive(Debug, Clone, Copy)]
pub enum Account {
    /// An ordinary user runs the server: the cluster is theirs too.
    Ours,
    /// Root runs the server.
    Other { uid: u32, gid: u32 },
}

impl Account {
    /// # Errors
    /// When root starts us and the system has neither of the accounts that fit.
    pub async fn for_clusters() -> anyhow::Result<Self> {
        let told = Command::new("id")
            .arg("-u")
            .output()
            .await
            .context("`id -u` does not run")?;
        if told.stdout.trim_ascii() != b"0" {
            return Ok(Self::Ours);
        }
        let accounts = fs::read_to_string("/etc/passwd").context("the system's accounts cannot be read")?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| entry(&accounts, name))
            .context("run the server as an ordinary user: PostgreSQL does not run as root, and there is no account `postgres`")
    }

    /// A command that runs as this account and sees none of the server's environment, which may hold secrets.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir("/").stdin(Stdio::null());
        if let Self::Other { uid, gid } = self {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// The folder of the cluster's things: `data/postgres`, made and owned as it must be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn home_in(self, data: &Path) -> anyhow::Result<PathBuf> {
        let home = data.join("postgres");
        if !home.exists() {
            self.let_in(data)?;
            if self.can_enter(data).await {
                self.make_folder(&home)?;
            } else {
                let elsewhere = self.make_elsewhere()?;
                tracing::warn!(
                    "the account of the database cannot enter {}: it lives in {}",
                    data.display(),
                    elsewhere.display()
                );
                symlink(&elsewhere, &home)?;
            }
        }
        fs::canonicalize(&home).with_context(|| format!("{} cannot be entered", home.display()))
    }

    /// A folder for the socket whose path is short enough.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn socket_folder(self, home: &Path) -> io::Result<PathBuf> {
        let run = home.join("run");
        if run.as_os_str().as_bytes().len() > LONGEST_SOCKET_FOLDER {
            return self.make_unique(&env::temp_dir());
        }
        if !run.exists() {
            self.make_folder(&run)?;
        }
        Ok(run)
    }

    /// Lets another account pass through a folder of ours, but not list it. Keys and blobs have closed folders of their own.
    fn let_in(self, data: &Path) -> io::Result<()> {
        let mode = match self {
            Self::Ours => 0o700,
            Self::Other { .. } => 0o711,
        };
        fs::set_permissions(data, fs::Permissions::from_mode(mode))
    }

    async fn can_enter(self, folder: &Path) -> bool {
        let looked = self
            .command(Path::new("/usr/bin/test"))
            .arg("-x")
            .arg(folder)
            .status()
            .await;
        looked.is_ok_and(|status| status.success())
    }

    fn make_folder(self, folder: &Path) -> io::Result<()> {
        fs::DirBuilder::new().mode(0o700).create(folder)?;
        if let Self::Other { uid, gid } = self {
            chown(folder, Some(uid), Some(gid))?;
        }
        Ok(())
    }

    fn make_elsewhere(self) -> anyhow::Result<PathBuf> {
        if matches!(self, Self::Ours) {
            bail!("the data folder cannot be entered");
        }
        fs::create_dir_all(ELSEWHERE)?;
        fs::set_permissions(ELSEWHERE, fs::Permissions::from_mode(0o711))?;
        Ok(self.make_unique(Path::new(ELSEWHERE))?)
    }

    /// A new folder of this account's. A removed data folder must not find an old cluster again, whose keys it no longer has.
    fn make_unique(self, parent: &Path) -> io::Result<PathBuf> {
        let mut number = process::id();
        loop {
            let folder = parent.join(format!("tele-pg-{number}"));
            match self.make_folder(&folder) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number = number.wrapping_add(1),
                made => return made.map(|()| folder),
            }
        }
    }
}

/// The line of /etc/passwd: `name:x:uid:gid:…`.
fn entry(accounts: &str, name: &str) -> Option<Account> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2).map(str::parse);
    match (numbers.next()?, numbers.next()?) {
        (Ok(uid), Ok(gid)) => Some(Account::Other { uid, gid }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_an_account_by_its_whole_name() {
        let accounts =
            "root:x:0:0:root:/root:/bin/sh\npostgresql:x:7:7::/:\npostgres:x:104:112:PostgreSQL,,,:/:/bin/sh\n";
        assert!(matches!(
            entry(accounts, "postgres"),
            Some(Account::Other { uid: 104, gid: 112 })
        ));
        assert!(entry(accounts, "nobody").is_none());
    }
}
