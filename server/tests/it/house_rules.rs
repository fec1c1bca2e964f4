//! Rules of the house that a compiler does not know: which room may use which, and what may stand where.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// `A -> B`: A may use B. Rooms that are not listed may be used by nobody and use nobody.
const ARROWS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("kit", &[]),
    ("live", &["kernel", "kit"]),
    ("identity", &["kernel", "kit", "live"]),
    ("people", &["kernel", "kit", "live", "identity"]),
    ("scheduling", &["kernel", "kit", "live", "identity", "people"]),
    (
        "letters",
        &["kernel", "kit", "live", "identity", "people", "scheduling"],
    ),
    ("adapters", &["kernel", "letters"]),
    (
        "library",
        &["kernel", "kit", "live", "identity", "people", "scheduling"],
    ),
    (
        "room",
        &["kernel", "kit", "live", "identity", "people", "scheduling", "library"],
    ),
    (
        "desk",
        &[
            "kernel",
            "kit",
            "live",
            "identity",
            "people",
            "scheduling",
            "library",
            "room",
            "letters",
        ],
    ),
    (
        "app",
        &[
            "kernel",
            "kit",
            "live",
            "identity",
            "people",
            "scheduling",
            "letters",
            "library",
            "room",
            "desk",
        ],
    ),
    (
        "server",
        &[
            "adapters",
            "app",
            "kernel",
            "kit",
            "live",
            "identity",
            "people",
            "scheduling",
            "letters",
            "library",
            "room",
            "desk",
        ],
    ),
    ("frontend", &["app"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("server lies in the workspace")
        .to_owned()
}

/// Every file below `folder` with one of these endings, as (path from the root, text).
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "data", ".git"].contains(&name.as_str()) {
                    walk(&path, endings, found);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    walk(&root.join(folder), endings, &mut found);
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            (
                path.strip_prefix(&root)
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned(),
                text,
            )
        })
        .collect()
}

/// The names of our own crates that a manifest depends on, development dependencies apart.
fn used_rooms(manifest: &str) -> Vec<String> {
    let mut used = Vec::new();
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.trim() == "[dependencies]";
        } else if in_dependencies && let Some((name, _)) = line.split_once(['.', ' ', '=']) {
            used.push(name.to_owned());
        }
    }
    used.retain(|name| ARROWS.iter().any(|(room, _)| room == name));
    used
}

#[test]
fn no_room_uses_one_it_may_not() {
    let allowed: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let manifests: Vec<_> = ["app", "server", "frontend"]
        .iter()
        .flat_map(|folder| files(folder, &["Cargo.toml"]))
        .collect();
    assert!(manifests.len() >= 5, "the manifests were not found");
    for (path, manifest) in manifests {
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
            .unwrap_or_else(|| panic!("{path} has no name"));
        let may_use = allowed
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not in the list of arrows"));
        for used in used_rooms(&manifest) {
            assert!(may_use.contains(&used.as_str()), "{name} must not use {used} ({path})");
        }
    }
}

/// A text that must not stand in our sources, where it may stand all the same, and why.
struct Ban {
    text: &'static str,
    unless: fn(&str) -> bool,
    reason: &'static str,
}

/// What is compiled into the product: a file up to its tests.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("testing.rs")
}

fn is_store(path: &str) -> bool {
    path.contains("/store/")
        || path.ends_with("/store.rs")
        || path.starts_with("app/kernel/")
        || is_test(path)
        || path.contains("/examples/")
}

const BANS: &[Ban] = &[
    Ban {
        text: "sqlx::query",
        unless: is_store,
        reason: "SQL stands in store/ only",
    },
    Ban {
        text: "query!(",
        unless: is_store,
        reason: "SQL stands in store/ only",
    },
    Ban {
        text: "query_as!(",
        unless: is_store,
        reason: "SQL stands in store/ only",
    },
    Ban {
        text: "query_scalar!(",
        unless: is_store,
        reason: "SQL stands in store/ only",
    },
    Ban {
        text: "AssertSqlSafe",
        // The one file that says who asks, in the round trip that begins the transaction.
        unless: |path| is_test(path) || path.contains("/examples/") || path == "app/kernel/src/db.rs",
        reason: "SQL is never put together from text",
    },
    Ban {
        text: "<textarea",
        unless: |path| path.starts_with("app/kit/"),
        reason: "its children are not escaped: use kit::TextArea",
    },
    Ban {
        text: "inner_html",
        unless: is_test,
        reason: "text is rendered as text",
    },
    Ban {
        text: " style=\"",
        unless: is_test,
        reason: "the policy drops inline styles: use a class",
    },
    Ban {
        text: " style:",
        unless: |_| false,
        reason: "the policy drops inline styles: use a class",
    },
    Ban {
        text: "GetUrl",
        unless: |_| false,
        reason: "a mutation by GET gets past SameSite=Lax",
    },
    Ban {
        text: "ServerFnError>",
        unless: |_| false,
        reason: "it ships the database's text to the browser: use ApiError",
    },
];

#[test]
fn nothing_stands_where_it_must_not() {
    let mut wrong = Vec::new();
    for (path, text) in ["app", "frontend"].iter().flat_map(|folder| files(folder, &[".rs"])) {
        for ban in BANS.iter().filter(|ban| !(ban.unless)(&path)) {
            for (number, line) in shipped(&text).lines().enumerate() {
                if line.contains(ban.text) && !line.trim_start().starts_with("//") {
                    wrong.push(format!("{path}:{}: {} ({})", number + 1, ban.text, ban.reason));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_server_function_has_an_explicit_address() {
    let mut wrong = Vec::new();
    for (path, text) in files("app", &[".rs"]) {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("#[server")
                && !line.starts_with("#[server(default)]")
                && !line.contains("endpoint = \"")
            {
                wrong.push(format!("{path}:{}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "server functions without an endpoint: {wrong:?}");
}

#[test]
fn pages_and_styles_name_no_other_origin() {
    // Namespaces are names, not addresses.
    let allowed = [
        "http://www.w3.org/",
        "http://127.0.0.1",
        "http://localhost",
        "https://example",
        // The scheme alone.
        "https://\"",
    ];
    let mut wrong = Vec::new();
    for (path, text) in ["app", "style", "public", "frontend"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs", ".css", ".svg", ".js", ".webmanifest"]))
        .filter(|(path, _)| !is_test(path))
    {
        for (number, line) in shipped(&text)
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for scheme in ["http://", "https://"] {
                for (at, _) in line.match_indices(scheme) {
                    if !allowed.iter().any(|allowed| line[at..].starts_with(allowed)) {
                        wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
