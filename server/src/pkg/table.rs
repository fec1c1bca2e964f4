//! The table of files that a browser may have, read from the built site once.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

#[derive(Debug)]
pub struct SiteFile {
    pub plain: PathBuf,
    pub brotli: Option<PathBuf>,
    pub gzip: Option<PathBuf>,
    pub kind: &'static str,
    pub keep: Keep,
}

/// How long a browser may use a file without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Its address changes with its content.
    ForGood,
    /// Public files keep their address; a new icon shows within minutes.
    Minutes,
    /// Asks each time, and is told "unchanged" without the file.
    Ask,
}

impl Keep {
    pub const fn header(self) -> &'static str {
        match self {
            Self::ForGood => "public, max-age=31536000, immutable",
            Self::Minutes => "public, max-age=600, stale-while-revalidate=86400",
            Self::Ask => "no-cache",
        }
    }
}

/// The digest of the release to serve, which the build writes into `pkg/release.txt`.
pub fn release(root: &Path) -> anyhow::Result<Option<String>> {
    let note = root.join("pkg/release.txt");
    if !note.exists() {
        return Ok(None);
    }
    let digest = fs::read_to_string(&note)?.trim().to_owned();
    anyhow::ensure!(
        !digest.is_empty() && digest.bytes().all(|b| b.is_ascii_hexdigit()),
        "SITE_ROOT: {} does not name a release",
        note.display()
    );
    Ok(Some(digest))
}

/// Adds what lies in `folder`, whose address is `at`, to `files`.
pub fn list(folder: &Path, at: &str, released: bool, files: &mut BTreeMap<String, SiteFile>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        // Browsers ask for plain names; whatever has another one was not made for them.
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.') && is_plain(name)) else {
            continue;
        };
        let address = format!("{at}/{name}");
        if path.is_dir() {
            list(&path, &address, released, files)?;
        } else if !matches!(ending(name), "br" | "gz") && address != "/pkg/release.txt" {
            let beside = |ending: &str| Some(folder.join(format!("{name}.{ending}"))).filter(|path| path.exists());
            let file = SiteFile {
                brotli: beside("br"),
                gzip: beside("gz"),
                kind: kind(name),
                keep: keep(&address, released),
                plain: path,
            };
            files.insert(address, file);
        }
    }
    Ok(())
}

fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn keep(address: &str, released: bool) -> Keep {
    match (address.starts_with("/pkg/"), released) {
        (true, true) => Keep::ForGood,
        (true, false) => Keep::Ask,
        // A browser must learn of a new service worker or manifest at once.
        (false, _) if matches!(ending(address), "js" | "webmanifest") => Keep::Ask,
        (false, _) => Keep::Minutes,
    }
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn kind(name: &str) -> &'static str {
    match ending(name) {
        "wasm" => "application/wasm",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
