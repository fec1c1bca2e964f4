use super::*;
use kernel::testing::tempdir::Folder;
use tower::ServiceExt as _;

/// A site with one release, the one before it, and a public icon; nothing of it outside its folder.
fn site() -> (Folder, Router) {
    let folder = Folder::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join("site").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    fs::create_dir_all(folder.path()).unwrap();
    fs::write(folder.path().join("secret.txt"), "not for browsers").unwrap();
    write("pkg/release.txt", "abc123\n");
    write("pkg/abc123/teletherapy.wasm", "plain");
    write("pkg/abc123/teletherapy.wasm.br", "brotli");
    write("pkg/abc123/teletherapy.wasm.gz", "gzip");
    write("pkg/abc123/teletherapy.js", "script");
    write("pkg/00ff/teletherapy.wasm", "before");
    write("icons.svg", "<svg/>");
    write(".hidden", "no");
    let router = Site::load(&folder.path().join("site")).unwrap().routes::<()>();
    (folder, router)
}

async fn ask(router: &Router, path: &str, headers: &[(header::HeaderName, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let response = router
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_takes() {
    let (_folder, router) = site();
    let wasm = "/pkg/abc123/teletherapy.wasm";
    for (accepted, encoding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("br;q=0, gzip;q=0.5", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
    ] {
        let (status, headers, got) = ask(&router, wasm, &[(header::ACCEPT_ENCODING, accepted)]).await;
        assert_eq!((status, got.as_str()), (StatusCode::OK, body), "{accepted}");
        assert_eq!(
            headers.get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap()),
            encoding
        );
        assert_eq!(headers[header::CONTENT_TYPE], "application/wasm");
        assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(headers[header::VARY], "accept-encoding");
    }
}

#[tokio::test]
async fn an_old_tab_finds_the_files_of_its_release() {
    let (_folder, router) = site();
    assert_eq!(ask(&router, "/pkg/00ff/teletherapy.wasm", &[]).await.2, "before");
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_there() {
    let (_folder, router) = site();
    for path in [
        "/pkg/abc123/gone.wasm",
        "/pkg/release.txt",
        "/pkg/abc123/teletherapy.wasm.br",
        "/pkg/../secret.txt",
        "/pkg/%2e%2e/%2e%2e/secret.txt",
        "/pkg/..%2f..%2fsecret.txt",
        "/pkg//etc/passwd",
        "/.hidden",
    ] {
        let (status, headers, body) = ask(&router, path, &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path} gave {body}");
        assert!(
            headers.get(header::CACHE_CONTROL).is_none_or(|v| v == "no-store"),
            "{path} may be kept"
        );
    }
}

#[tokio::test]
async fn a_public_file_is_asked_for_again_and_sent_once() {
    let (_folder, router) = site();
    let (status, headers, body) = ask(&router, "/icons.svg", &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "<svg/>"));
    let tag = headers[header::ETAG].to_str().unwrap();
    let (status, _, body) = ask(&router, "/icons.svg", &[(header::IF_NONE_MATCH, tag)]).await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
}

#[test]
fn leptos_points_at_the_release() {
    let (folder, _router) = site();
    let site = Site::load(&folder.path().join("site")).unwrap();
    let options = site.leptos_options(([127, 0, 0, 1], 3000).into());
    assert_eq!(&*options.site_pkg_dir, "pkg/abc123");
}

#[test]
fn a_site_that_is_not_built_says_what_to_do() {
    let line = Site::load(Path::new("/nowhere")).unwrap_err().to_string();
    assert!(line.starts_with("SITE_ROOT: ") && line.contains("./dev run"), "{line}");
}
