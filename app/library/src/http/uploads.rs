//! Uploads in the manner of tus 1.0: POST asks, PATCH sends the bytes from `Upload-Offset` on, HEAD tells where to go on.

use super::Asked;
use crate::{
    LibraryError,
    model::{CHUNK, ItemId, UploadAsk},
    service::upload::{self, Standing},
};
use axum::{
    Json,
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use uuid::Uuid;

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// Access: therapist. 409 with a code when the file is refused.
pub async fn begin(Asked(ctx): Asked, Json(ask): Json<UploadAsk>) -> Result<Response, LibraryError> {
    let started = upload::begin(&ctx, &ask).await?;
    let location = format!("/uploads/{}", started.item);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(started)).into_response())
}

/// Access: the therapist who began it. 404 for everybody else.
pub async fn standing(Asked(ctx): Asked, Path(item): Path<Uuid>) -> Result<Response, LibraryError> {
    let standing = upload::standing(&ctx, ItemId::new(item)).await?;
    Ok((StatusCode::OK, headers(standing)).into_response())
}

/// Access: the therapist who began it. A body that breaks off is kept as far as it came; 409 with `Upload-Offset` when the
/// upload stands elsewhere; 413 for more than one chunk at once.
pub async fn append(
    Asked(ctx): Asked,
    Path(item): Path<Uuid>,
    asked: HeaderMap,
    body: Body,
) -> Result<Response, LibraryError> {
    let Some(offset) = asked
        .get(OFFSET)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<u64>().ok())
    else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    let Some(piece) = collect(body).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    match upload::append(&ctx, ItemId::new(item), offset, piece).await {
        Ok(standing) => Ok((StatusCode::NO_CONTENT, headers(standing)).into_response()),
        Err(LibraryError::GoesOnAt(offset)) => {
            Ok((StatusCode::CONFLICT, [(OFFSET, HeaderValue::from(offset))]).into_response())
        }
        Err(error) => Err(error),
    }
}

/// At most one chunk in memory. A broken line ends the piece early, which is no fault: what came is worth keeping.
async fn collect(body: Body) -> Option<Bytes> {
    let mut stream = body.into_data_stream();
    let mut piece = BytesMut::new();
    while let Some(Ok(bytes)) = stream.next().await {
        if (piece.len() + bytes.len()) as u64 > CHUNK {
            return None;
        }
        piece.extend_from_slice(&bytes);
    }
    Some(piece.freeze())
}

fn headers(standing: Standing) -> [(HeaderName, HeaderValue); 3] {
    [
        (OFFSET, HeaderValue::from(standing.received)),
        (LENGTH, HeaderValue::from(standing.bytes)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}
