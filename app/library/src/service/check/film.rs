//! Films are kept as they came, once the container says that there is a film in it. Resealed as one object, piece by piece.

use super::{CheckError, Kept, Measures, Use, Work, asset, object_id, source::Source};
use crate::{
    model::{FileKind, ItemKind, Refusal, SNIFFED, sniff},
    video::{
        Film, fragment,
        mp4::{self, Movie},
        webm,
    },
};

/// A `moov` box beyond this is no film of 500 MB.
const LARGEST_MOOV: u64 = 32_000_000;
/// Nor is a fragment's header of this size.
const LARGEST_MOOF: u64 = 1_000_000;
/// Boxes at the top of a file: a long fragmented recording has some thousands.
const MOST_BOXES: u32 = 100_000;

pub(super) async fn check(work: &Work<'_>) -> Result<Kept, CheckError> {
    let head = work.source.read(0..SNIFFED as u64).await?;
    let kind = sniff(&head)
        .filter(|kind| kind.item() == ItemKind::Video)
        .ok_or(Refusal::WrongKind)?;
    let film = match kind {
        FileKind::Webm => webm::head(&work.source.read(0..webm::HEAD).await?),
        _ => read_mp4(&work.source).await?,
    }
    .ok_or(Refusal::Damaged)?;

    let object = object_id(work.item.id, "film");
    let mut writer = work.house.blobs.create(object, work.key).await?;
    for piece in work.source.pieces() {
        writer.write(&piece.await?).await?;
    }
    let written = writer.finish().await?;
    let measures = Measures {
        width: film.width,
        height: film.height,
        pages: 0,
        // A recording does not know its own length; then the browser's word stands.
        duration_ms: if film.duration_ms == 0 {
            work.item.duration_ms
        } else {
            film.duration_ms
        },
    };
    let assets = vec![asset(object, "film".to_owned(), Use::Full, 0, kind.mime(), written)];
    Ok(Kept { measures, assets })
}

/// Walks from box to box, reading headers, the description of the film and, where that does not know the length, the
/// headers of its fragments.
async fn read_mp4(source: &Source) -> Result<Option<Film>, CheckError> {
    let (mut at, mut movie) = (0, None::<Movie>);
    for _ in 0..MOST_BOXES {
        let Some(found) = mp4::top_box(&source.read(at..at + mp4::HEADER as u64).await?) else {
            break;
        };
        let end = found.size.map_or(source.length(), |size| at.saturating_add(size));
        let content = at + found.header..end.min(source.length());
        match (&found.kind, &mut movie) {
            (b"moov", None) => {
                if end > source.length() || end - at > LARGEST_MOOV {
                    return Ok(None);
                }
                movie = mp4::moov(&source.read(content).await?);
                if movie.is_none_or(|movie| movie.film.duration_ms > 0) {
                    break;
                }
            }
            (b"moof", Some(movie)) if content.end - content.start <= LARGEST_MOOF => {
                let moof = source.read(content).await?;
                if let Some(ends) = fragment::ends_ms(&moof, movie.track) {
                    movie.film.duration_ms = movie.film.duration_ms.max(ends);
                }
            }
            _ => {}
        }
        at = end;
    }
    Ok(movie.map(|movie| movie.film))
}
