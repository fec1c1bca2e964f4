//! The site's files: the browser half under `/pkg`, and what lies in `public/`.
//!
//! A release is one folder named by a digest of everything in it (`/pkg/1f0c…/teletherapy.js`), so that its files refer to
//! each other by plain names, may be kept by a browser for good, and an old tab finds the files of its own release as long
//! as they are kept. `./dev watch` has no release: plain `/pkg`, asked for anew each time.
//!
//! The table is read once at start; a request is a look-up in it, so no path can lead anywhere else.

mod table;
#[cfg(test)]
mod tests;

use anyhow::Context as _;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use leptos::config::LeptosOptions;
use std::{
    collections::BTreeMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};
use table::{Keep, SiteFile};

/// The name of every built file, as in Cargo.toml's `[[workspace.metadata.leptos]]`.
const OUTPUT_NAME: &str = "teletherapy";

/// Every file that a browser may have, by its path in the address.
#[derive(Debug)]
pub struct Site {
    root: PathBuf,
    pkg_dir: String,
    files: BTreeMap<String, SiteFile>,
}

impl Site {
    /// Reads the table of files below `root`.
    ///
    /// # Errors
    /// When there is no built site, or it cannot be read.
    pub fn load(root: &Path) -> anyhow::Result<Self> {
        let root = fs::canonicalize(root)
            .with_context(|| format!("SITE_ROOT: {} holds no built site; ./dev run makes one", root.display()))?;
        let release = table::release(&root)?;
        let mut files = BTreeMap::new();
        table::list(&root, "", release.is_some(), &mut files).context("SITE_ROOT: the site cannot be read")?;
        Ok(Self {
            pkg_dir: release.map_or_else(|| "pkg".to_owned(), |release| format!("pkg/{release}")),
            root,
            files,
        })
    }

    /// What Leptos needs to refer to this site's files.
    pub fn leptos_options(&self, listen: SocketAddr) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(self.root.to_string_lossy().into_owned())
            .site_pkg_dir(self.pkg_dir.clone())
            .site_addr(listen)
            .hash_files(false)
            .build()
    }

    /// A route for each public file, and all of `/pkg`: a file that is not there is a real 404, not a page.
    pub fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let site = Arc::new(self);
        let answer = {
            let site = Arc::clone(&site);
            move |request: Request| {
                let site = Arc::clone(&site);
                async move { site.answer(request.uri().path(), request.headers()).await }
            }
        };
        let public = site.files.keys().filter(|path| !path.starts_with("/pkg/"));
        public.fold(
            Router::new().route("/pkg/{*file}", get(answer.clone())),
            |router, path| router.route(path, get(answer.clone())),
        )
    }

    async fn answer(&self, path: &str, headers: &HeaderMap) -> Response {
        let Some(file) = self.files.get(path) else {
            return (
                StatusCode::NOT_FOUND,
                [(header::CACHE_CONTROL, "no-store")],
                "no such file",
            )
                .into_response();
        };
        match file.answer(headers).await {
            Ok(response) => response,
            Err(error) => {
                tracing::error!(%error, path, "a file of the site cannot be read");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl SiteFile {
    async fn answer(&self, headers: &HeaderMap) -> io::Result<Response> {
        let (path, encoding) = self.variant(headers.get(header::ACCEPT_ENCODING));
        let mut response = Response::new(Body::empty());
        let out = response.headers_mut();
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.keep.header()));
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if self.brotli.is_some() || self.gzip.is_some() {
            out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if self.keep != Keep::ForGood {
            let tag = tag(&tokio::fs::metadata(path).await?, encoding);
            let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag);
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                out.insert(header::ETAG, tag);
            }
            if unchanged {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return Ok(response);
            }
        }
        *response.body_mut() = tokio::fs::read(path).await?.into();
        Ok(response)
    }

    /// The smallest form that the browser takes.
    fn variant(&self, accepted: Option<&HeaderValue>) -> (&Path, Option<&'static str>) {
        let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(accepted, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(accepted, "gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        }
    }
}

/// Whether `Accept-Encoding` names `coding` and does not refuse it by `q=0`.
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|offer| {
        let (name, quality) = offer.split_once(';').unwrap_or((offer, ""));
        let quality = quality.trim().trim_start_matches("q=").parse().unwrap_or(1.0_f32);
        name.trim().eq_ignore_ascii_case(coding) && quality > 0.0
    })
}

/// Changes whenever the file is written: enough for files of a few kilobytes that change with a deploy.
fn tag(metadata: &fs::Metadata, encoding: Option<&str>) -> String {
    let written = metadata
        .modified()
        .ok()
        .and_then(|at| at.duration_since(UNIX_EPOCH).ok())
        .unwrap_or_default();
    format!(
        "\"{:x}-{:x}{}\"",
        written.as_nanos(),
        metadata.len(),
        encoding.unwrap_or_default()
    )
}
