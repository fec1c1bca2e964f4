//! Files go out: whole, in ranges, and only to those who may see them.

use crate::clinic::{Clinic, TESS};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};

const FILM: &[u8] = include_bytes!("../../assets/calm-sea.mp4");

#[tokio::test]
async fn ranges_are_cut_to_the_byte() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.mp4", FILM).await;
    let path = format!("/media/{item}/film");
    let length = FILM.len();
    for (range, from, to) in [
        ("bytes=0-1".to_owned(), 0, 2),
        ("bytes=0-0".to_owned(), 0, 1),
        ("bytes=65530-65545".to_owned(), 65_530, 65_546),
        ("bytes=-100".to_owned(), length - 100, length),
        ("bytes=1000-".to_owned(), 1000, length),
        (format!("bytes={}-", length - 1), length - 1, length),
    ] {
        let answer = clinic.get(TESS, &path, &[("range", &range)]).await;
        assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT, "{range}");
        assert_eq!(
            answer.header("content-range"),
            format!("bytes {from}-{}/{length}", to - 1)
        );
        assert_eq!(answer.header("content-length"), (to - from).to_string());
        assert!(answer.body == FILM[from..to], "{range}");
    }
    let outside = clinic.get(TESS, &path, &[("range", &format!("bytes={length}-"))]).await;
    assert_eq!(outside.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(outside.header("content-range"), format!("bytes */{length}"));
    let nonsense = clinic.get(TESS, &path, &[("range", "bytes=5-1")]).await;
    assert_eq!((nonsense.status, nonsense.body.len()), (StatusCode::OK, length));
}

#[tokio::test]
async fn a_known_file_costs_a_304_and_a_stale_range_the_whole() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.mp4", FILM).await;
    let path = format!("/media/{item}/film");
    let first = clinic.get(TESS, &path, &[]).await;
    let tag = first.header("etag").to_owned();
    let again = clinic.get(TESS, &path, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let part = clinic
        .get(TESS, &path, &[("if-range", &tag), ("range", "bytes=0-9")])
        .await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    let stale = clinic
        .get(TESS, &path, &[("if-range", "\"other\""), ("range", "bytes=0-9")])
        .await;
    assert_eq!((stale.status, stale.body.len()), (StatusCode::OK, FILM.len()));
}

#[tokio::test]
async fn nothing_in_a_file_can_run_or_be_kept_for_others() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.mp4", FILM).await;
    let answer = clinic.get(TESS, &format!("/media/{item}/film"), &[]).await;
    for (name, value) in [
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("content-disposition", "inline"),
        ("cache-control", "private, no-cache"),
        ("accept-ranges", "bytes"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn without_a_sign_in_there_is_nothing() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.mp4", FILM).await;
    let request = Request::get(format!("/media/{item}/film")).body(Body::empty()).unwrap();
    assert_eq!(clinic.call(None, request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_file_changed_on_disk_is_not_served() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.mp4", FILM).await;
    let mut files = vec![clinic.test.blobs_folder.path().to_path_buf()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let mut stored = std::fs::read(&path).unwrap();
            stored[500] ^= 1;
            std::fs::write(&path, stored).unwrap();
        }
    }
    // The headers are gone before the first piece is opened: the body breaks off and no byte of it comes.
    let answer = clinic
        .get(TESS, &format!("/media/{item}/film"), &[("range", "bytes=0-99")])
        .await;
    assert!(answer.body.is_empty());
}
