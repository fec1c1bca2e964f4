//! The sprite, the list of its names and every use of a name agree.

use std::collections::BTreeSet;
use std::fs;

use kit::show::ICONS;

use crate::sources::{house, texts};

/// Symbols that are not icons.
const DRAWINGS: [&str; 2] = ["brand", "view"];

/// What stands between `before` and the next quote, everywhere in `text`.
fn quoted<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn the_list_is_the_sprite() {
    let sprite = fs::read_to_string(house().join("public/icons.svg")).unwrap();
    let symbols: BTreeSet<&str> = quoted(&sprite, "<symbol id=\"")
        .filter(|id| !DRAWINGS.contains(id))
        .collect();
    let listed: BTreeSet<&str> = ICONS.iter().copied().collect();
    assert_eq!(symbols, listed);
}

#[test]
fn every_icon_that_is_used_is_drawn() {
    for (path, text) in texts("app", "rs") {
        let names = [" icon=\"", ".icon(\"", "<Icon name=\""]
            .into_iter()
            .flat_map(|before| quoted(&text, before));
        for name in names.filter(|name| !name.contains("..")) {
            assert!(ICONS.contains(&name), "{}: no icon \"{name}\"", path.display());
        }
    }
}
