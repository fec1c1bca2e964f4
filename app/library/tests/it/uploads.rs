//! Files come in: resumable, checked, refused with a reason.

use crate::clinic::{ANA, Clinic, TESS, THEO, noisy_png};
use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode},
};
use library::{
    api::view::ItemView,
    model::{CHUNK, ItemId, ItemKind, ItemState, Refusal, VIDEO_BYTES},
    service::shelf,
};

const FILM: &[u8] = include_bytes!("../../assets/calm-sea.mp4");

async fn shown(clinic: &Clinic, item: ItemId) -> ItemView {
    let shelf = shelf::list(&clinic.ctx(TESS)).await.unwrap();
    shelf.into_iter().find(|view| view.id == item).unwrap()
}

async fn standing(clinic: &Clinic, who: u128, item: ItemId) -> (StatusCode, String) {
    let request = Request::head(format!("/uploads/{item}")).body(Body::empty()).unwrap();
    let answer = clinic.call(Some(who), request).await;
    (answer.status, answer.header("upload-offset").to_owned())
}

#[tokio::test]
async fn a_picture_comes_in_and_is_shown_in_two_sizes() {
    let clinic = Clinic::start().await;
    let png = noisy_png(1700, 600);
    let item = clinic.send(TESS, "At the shop.png", &png).await;
    assert_eq!(
        shown(&clinic, item).await.state,
        ItemState::Checking { done: 0, all: 1 }
    );
    clinic.work().await;

    let view = shown(&clinic, item).await;
    assert_eq!(
        (view.name.as_str(), view.kind, view.state),
        ("At the shop", ItemKind::Picture, ItemState::Ready)
    );
    assert_eq!((view.width, view.height), (1600, 565));
    for (variant, width) in [("full", 1600), ("small", 480)] {
        let answer = clinic.get(TESS, &format!("/media/{item}/{variant}"), &[]).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::OK, "image/webp")
        );
        assert_eq!(image::load_from_memory(&answer.body).unwrap().width(), width);
    }
    assert_eq!(clinic.objects(), 2, "the pieces of the upload are gone");
}

#[tokio::test]
async fn an_upload_goes_on_after_a_restart_at_the_last_kept_byte() {
    let clinic = Clinic::start().await;
    let png = noisy_png(1500, 1200);
    assert!(png.len() as u64 > CHUNK, "the file must take more than one piece");
    let item = clinic.begin(TESS, "a.png", png.len() as u64).await;
    let (first, rest) = png.split_at(usize::try_from(CHUNK).unwrap());
    // Every call goes to a server that has just started.
    clinic.patch(TESS, item, 0, first.to_vec()).await;
    assert_eq!(standing(&clinic, TESS, item).await, (StatusCode::OK, CHUNK.to_string()));

    // The same piece again, as a client does that missed the answer: it is told where to go on.
    let again = clinic.patch(TESS, item, 0, first.to_vec()).await;
    assert_eq!(
        (again.status, again.header("upload-offset")),
        (StatusCode::CONFLICT, CHUNK.to_string().as_str())
    );

    let done = clinic.patch(TESS, item, CHUNK, rest.to_vec()).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    clinic.work().await;
    assert_eq!(shown(&clinic, item).await.state, ItemState::Ready);
}

#[tokio::test]
async fn a_line_that_breaks_in_a_piece_keeps_what_came() {
    let clinic = Clinic::start().await;
    let png = noisy_png(300, 300);
    let item = clinic.begin(TESS, "a.png", png.len() as u64).await;
    let half = Bytes::copy_from_slice(&png[..1000]);
    let broken = futures::stream::iter([Ok(half), Err(std::io::Error::other("line cut"))]);
    clinic.patch(TESS, item, 0, Body::from_stream(broken)).await;
    assert_eq!(standing(&clinic, TESS, item).await.1, "1000");
    clinic.patch(TESS, item, 1000, png[1000..].to_vec()).await;
    clinic.work().await;
    assert_eq!(shown(&clinic, item).await.state, ItemState::Ready);
}

#[tokio::test]
async fn nothing_is_kept_in_the_clear() {
    let clinic = Clinic::start().await;
    let png = noisy_png(100, 100);
    let item = clinic.begin(TESS, "a.png", png.len() as u64 + 1).await;
    clinic.patch(TESS, item, 0, png.clone()).await;
    let mut files = vec![clinic.test.blobs_folder.path().to_path_buf()];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let stored = std::fs::read(path).unwrap();
            assert!(!stored.windows(16).any(|window| window == &png[..16]));
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[tokio::test]
async fn what_can_be_refused_by_name_and_size_is_refused_before_a_byte() {
    let clinic = Clinic::start().await;
    for (name, mime, bytes, code) in [
        ("plan.heic", "image/heic", 1000, "wrong_kind"),
        ("run.exe", "", 1000, "wrong_kind"),
        ("drawing.svg", "image/svg+xml", 1000, "wrong_kind"),
        ("winter.mp4", "video/mp4", VIDEO_BYTES + 1, "too_large"),
        ("huge.png", "image/png", 40_000_001, "too_large"),
        ("book.pdf", "application/pdf", 100_000_001, "too_large"),
        ("empty.png", "image/png", 0, "damaged"),
    ] {
        let answer = clinic.ask(TESS, name, mime, bytes).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, code),
            "{name}"
        );
    }
    assert!(shelf::list(&clinic.ctx(TESS)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_after_its_first_piece() {
    let clinic = Clinic::start().await;
    let item = clinic.begin(TESS, "holiday.mp4", 40_000_000).await;
    let answer = clinic.patch(TESS, item, 0, noisy_png(100, 100)).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (StatusCode::CONFLICT, "wrong_kind")
    );
    assert_eq!(shown(&clinic, item).await.state, ItemState::Refused(Refusal::WrongKind));
    assert_eq!(clinic.objects(), 0);
}

#[tokio::test]
async fn a_damaged_picture_is_refused_by_the_check_and_leaves_nothing() {
    let clinic = Clinic::start().await;
    let png = noisy_png(200, 200);
    let item = clinic.shelve(TESS, "a.png", &png[..png.len() / 2]).await;
    assert_eq!(shown(&clinic, item).await.state, ItemState::Refused(Refusal::Damaged));
    assert_eq!(clinic.objects(), 0);
    assert_eq!(
        clinic.get(TESS, &format!("/media/{item}/full"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn more_bytes_than_declared_or_than_a_piece_are_refused() {
    let clinic = Clinic::start().await;
    let item = clinic.begin(TESS, "a.png", 100).await;
    assert_eq!(clinic.patch(TESS, item, 0, noisy_png(50, 50)).await.code(), "too_large");
    let item = clinic.begin(TESS, "b.png", 30_000_000).await;
    let too_much = vec![0; usize::try_from(CHUNK).unwrap() + 1];
    assert_eq!(
        clinic.patch(TESS, item, 0, too_much).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_full_library_takes_no_more() {
    let clinic = Clinic::start().await;
    for n in 0..40 {
        clinic.begin(TESS, &format!("{n}.mp4"), 500_000_000).await;
    }
    assert_eq!(clinic.ask(TESS, "one more.png", "", 1).await.code(), "quota");
    assert_eq!(
        clinic.ask(THEO, "another shelf.png", "", 1).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn an_upload_is_its_therapists_alone() {
    let clinic = Clinic::start().await;
    let item = clinic.begin(TESS, "a.png", 1000).await;
    let absent: ItemId = clinic.test.house.ids.next();
    for stranger in [THEO, ANA] {
        assert_eq!(standing(&clinic, stranger, item).await.0, StatusCode::NOT_FOUND);
        let foreign = clinic.patch(stranger, item, 0, vec![1; 10]).await;
        let nothing = clinic.patch(stranger, absent, 0, vec![1; 10]).await;
        assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &nothing.body));
    }
    assert_eq!(
        clinic.ask(ANA, "a.png", "", 10).await.status,
        StatusCode::NOT_FOUND,
        "a patient has no library"
    );
    let request = Request::head(format!("/uploads/{item}")).body(Body::empty()).unwrap();
    assert_eq!(clinic.call(None, request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_film_is_kept_as_it_came_and_measured() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "Calm sea.mp4", FILM).await;
    let view = shown(&clinic, item).await;
    assert_eq!(
        (view.kind, view.state, view.width, view.height),
        (ItemKind::Video, ItemState::Ready, 640, 360)
    );
    assert!((7_000..10_000).contains(&view.duration_ms), "{} ms", view.duration_ms);
    let answer = clinic.get(TESS, &format!("/media/{item}/film"), &[]).await;
    assert_eq!(
        (answer.header("content-type"), answer.body.as_ref()),
        ("video/mp4", FILM)
    );
}

#[tokio::test]
async fn a_film_cut_before_its_description_is_damaged() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "cut.mp4", &FILM[..200]).await;
    assert_eq!(shown(&clinic, item).await.state, ItemState::Refused(Refusal::Damaged));
}

#[tokio::test]
async fn a_check_that_runs_twice_changes_nothing() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.png", &noisy_png(100, 100)).await;
    sqlx::query("UPDATE kernel.outbox SET done_at = NULL, run_at = now() - interval '1 year' WHERE topic = 'library.upload_arrived'")
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    clinic.work().await;
    assert_eq!(shown(&clinic, item).await.state, ItemState::Ready);
    assert_eq!(clinic.objects(), 2);
}
