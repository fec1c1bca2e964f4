//! What the house really serves, read off the finished router: whatever anybody adds to it, in any crate, stands here.
//!
//! axum gives its table to nobody, but prints it. Should a new version print it otherwise, this panics and no test passes.

use axum::Router;
use std::collections::{BTreeSet, HashMap};

/// `GET /my/visits/{visit}`, for every method of every path. `HEAD` beside `GET` goes without saying.
pub fn served(router: &Router) -> BTreeSet<String> {
    let text = format!("{router:?}");
    let (table, _) = text.split_once("fallback_router: ").expect("axum prints its router");
    let (methods, paths) = table.split_once("node: Node { paths: ").expect("axum prints its paths");
    let methods: HashMap<&str, &str> = entries(methods).collect();
    entries(paths)
        .flat_map(|(id, path)| {
            let path = between(path, "\"", "\"").expect("axum prints each path");
            let allowed = between(methods[id], "allow_header: Bytes(b\"", "\")")
                .unwrap_or_else(|| panic!("{path} answers to any method: name the ones it is for"));
            let reads = allowed.split(',').any(|method| method == "GET");
            allowed
                .split(',')
                .filter(move |method| !(reads && *method == "HEAD"))
                .map(move |method| format!("{method} {path}"))
        })
        .collect()
}

/// `RouteId(7): …, RouteId(8): …`
fn entries(map: &str) -> impl Iterator<Item = (&str, &str)> {
    map.split("RouteId(")
        .skip(1)
        .filter_map(|entry| entry.split_once("): "))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

#[test]
fn a_router_is_read_as_it_was_written() {
    use axum::routing::{get, head, post};
    let slice = Router::new().route("/uploads/{item}", head(async || ()).patch(async || ()));
    let router = Router::new()
        .route("/a", get(async || ()).post(async || ()))
        .route("/b/{*rest}", post(async || ()))
        .merge(slice)
        .fallback(async || ())
        .layer(axum::Extension(1));
    let expected = [
        "GET /a",
        "POST /a",
        "POST /b/{*rest}",
        "HEAD /uploads/{item}",
        "PATCH /uploads/{item}",
    ];
    assert_eq!(served(&router), expected.map(str::to_owned).into());
}
