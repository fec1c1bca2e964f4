//! `GET /media/{item}/{variant}`: authorised on each fetch, with ranges, in pieces.

use super::Asked;
use crate::{
    LibraryError,
    model::{ItemId, Wanted, wanted},
    service::media,
};
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

/// A browser keeps a private copy and asks before each use, so that a right taken away works at once; an unchanged file
/// costs it a 304. A file never changes under its address, so the copy itself never goes stale.
const CACHE: HeaderValue = HeaderValue::from_static("private, no-cache");
/// Whatever the bytes are, nothing in them runs (security.md 4.7).
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// Access: the owner, or somebody in a visit whose kit holds the item. 404 for everybody else.
pub async fn fetch(
    Asked(ctx): Asked,
    Path((item, variant)): Path<(Uuid, String)>,
    asked: HeaderMap,
) -> Result<Response, LibraryError> {
    let media = media::open(&ctx, ItemId::new(item), &variant).await?;
    let tag = format!("\"{}\"", hex::encode(&media.sha256));
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());

    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, CACHE);
    headers.insert(header::ETAG, value(&tag)?);
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if text(header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|t| t.trim() == tag || t.trim() == "*")) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_TYPE, value(&media.mime)?);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));

    // A range of a file that is no longer the one the browser knows would not fit to what it has.
    let same_file = text(header::IF_RANGE).is_none_or(|known| known == tag);
    let range = text(header::RANGE).filter(|_| same_file);
    let (status, range) = match wanted(range, media.bytes) {
        Wanted::Whole => (StatusCode::OK, 0..media.bytes),
        Wanted::Part(range) => {
            let part = format!("bytes {}-{}/{}", range.start, range.end - 1, media.bytes);
            headers.insert(header::CONTENT_RANGE, value(&part)?);
            (StatusCode::PARTIAL_CONTENT, range)
        }
        Wanted::Outside => {
            headers.insert(header::CONTENT_RANGE, value(&format!("bytes */{}", media.bytes))?);
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response());
        }
    };
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    Ok((status, headers, Body::from_stream(media.object.stream(range))).into_response())
}

fn value(text: &str) -> Result<HeaderValue, LibraryError> {
    HeaderValue::from_str(text).map_err(|_| kernel::StoreError::Corrupt("header value").into())
}
