//! Where PostgreSQL's programs are, and of which version.

use anyhow::{Context as _, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest PostgreSQL that the migrations run on.
const OLDEST: u32 = 15;

#[derive(Debug)]
pub struct Programs {
    pub initdb: PathBuf,
    pub postgres: PathBuf,
    pub pg_ctl: PathBuf,
}

impl Programs {
    /// The programs of version `wanted`, or the newest there are.
    ///
    /// # Errors
    /// When there are none, or none that fit: says what to install.
    pub fn find(wanted: Option<u32>) -> anyhow::Result<Self> {
        let mut found: Vec<_> = folders()
            .into_iter()
            .filter_map(|folder| Some((version_in(&folder)?, folder)))
            .collect();
        found.sort_by_key(|(version, _)| *version);
        let fits = |version: u32| wanted.map_or(version >= OLDEST, |wanted| version == wanted);
        let Some((_, folder)) = found.iter().rfind(|(version, _)| fits(*version)) else {
            let seen = found
                .last()
                .map_or_else(|| "none".to_owned(), |(version, _)| version.to_string());
            let install = wanted.unwrap_or(OLDEST);
            bail!(
                "PostgreSQL {install} was not found (found: {seen}). Install it (Debian: apt-get install postgresql-{install}) or set DATABASE_URL"
            );
        };
        Ok(Self {
            initdb: folder.join("initdb"),
            postgres: folder.join("postgres"),
            pg_ctl: folder.join("pg_ctl"),
        })
    }
}

/// Folders with `postgres` in them: those of PATH with links followed, then where Debian keeps each version.
fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = env::split_paths(&path)
        .chain(debian.map(|version| version.path().join("bin")))
        .filter_map(|folder| Some(fs::canonicalize(folder.join("postgres")).ok()?.parent()?.to_owned()))
        .filter(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
        .collect();
    folders.dedup();
    folders
}

/// The major version that `postgres --version` tells: "postgres (PostgreSQL) 15.18 (Debian …)".
fn version_in(folder: &Path) -> Option<u32> {
    let told = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    major(&String::from_utf8_lossy(&told.stdout))
}

fn major(told: &str) -> Option<u32> {
    let number = told.split_once(") ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The version that made a cluster; only programs of that version can run it. `None` when there is no cluster yet.
pub fn version_of(cluster: &Path) -> anyhow::Result<Option<u32>> {
    let file = cluster.join("PG_VERSION");
    if !file.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let version = text
        .trim()
        .parse()
        .with_context(|| format!("{} holds no version", file.display()))?;
    Ok(Some(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn a_version_that_is_not_there_is_named_with_what_to_install() {
        let line = Programs::find(Some(7)).unwrap_err().to_string();
        assert!(
            line.contains("PostgreSQL 7 was not found") && line.contains("DATABASE_URL"),
            "{line}"
        );
    }
}
