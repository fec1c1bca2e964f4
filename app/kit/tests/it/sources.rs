//! What no source file of the house may do. Also the file walk that other tests use.

use std::fs;
use std::path::{Path, PathBuf};

pub fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below `folder` that end in `ending`, with their text.
pub fn texts(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![house().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} below {folder}");
    found
}

/// Leptos 0.8 does not escape what stands in a textarea; only the kit's component takes care of it.
#[test]
fn only_the_kit_renders_a_textarea() {
    for (path, text) in texts("app", "rs") {
        let own = path.ends_with("kit/src/form/text_area.rs");
        let in_view = text.lines().any(|line| line.trim_start().starts_with("<textarea"));
        assert!(
            own || !in_view,
            "{} renders a textarea: use kit's TextArea",
            path.display()
        );
    }
}

/// Colours have one home. The avatar computes its grounds from a hue, which no token can.
#[test]
fn only_tokens_name_a_colour() {
    for (path, text) in texts("style", "css") {
        if path.ends_with("tokens.css") || path.ends_with("kit/avatar.css") {
            continue;
        }
        for line in text.lines() {
            let hex = line
                .match_indices('#')
                .any(|(at, _)| line[at + 1..].starts_with(|c: char| c.is_ascii_hexdigit()));
            let function = ["rgb(", "hsl(", "oklch(", "light-dark("]
                .iter()
                .any(|name| line.contains(name));
            assert!(!hex && !function, "{}: {line}", path.display());
        }
    }
}
