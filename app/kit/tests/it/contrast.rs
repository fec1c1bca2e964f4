//! Contrast of every pair of ink and ground that the style sheet uses, in both schemes (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::HashMap;
use std::fs;

use crate::sources::house;

/// Text on its ground.
const AA: f64 = 4.5;
/// Text on a child's page.
const AAA: f64 = 7.0;
/// Edges of controls, focus rings, filled parts of bars.
const SHAPE: f64 = 3.0;

/// Both colours of each token, by name: light, dark.
fn tokens() -> HashMap<String, [[u8; 3]; 2]> {
    let css = fs::read_to_string(house().join("style/tokens.css")).unwrap();
    css.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name.to_owned(), [hex(light)?, hex(dark)?]))
        })
        .collect()
}

fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn pairs() -> Vec<(&'static str, &'static str, f64)> {
    let grounds = ["paper", "surface", "sunken"];
    let mut pairs = vec![
        ("on-accent", "accent", AAA),
        ("on-accent", "accent-strong", AA),
        ("accent-line", "paper", SHAPE),
        ("accent-line", "surface", SHAPE),
        ("paper", "ink", AA),
        ("ink", "stage", AAA),
        ("focus", "stage", SHAPE),
        ("focus", "info-ground", SHAPE),
        ("link", "line", SHAPE),
    ];
    for ground in grounds {
        pairs.extend([
            ("ink", ground, AAA),
            ("ink-soft", ground, AA),
            ("link", ground, AA),
            ("focus", ground, SHAPE),
        ]);
        pairs.extend([("good", ground, AA), ("warn", ground, AA), ("bad", ground, AA)]);
    }
    for ground in ["paper", "surface"] {
        pairs.push(("line-strong", ground, SHAPE));
    }
    pairs.extend([
        ("good", "good-ground", AA),
        ("warn", "warn-ground", AA),
        ("bad", "bad-ground", AA),
        ("info", "info-ground", AA),
        ("plain", "plain-ground", AA),
    ]);
    pairs
}

#[test]
fn ink_stands_out_from_its_ground_in_both_schemes() {
    let tokens = tokens();
    let mut weak = Vec::new();
    for (ink, ground, least) in pairs() {
        for (scheme, index) in [("light", 0), ("dark", 1)] {
            let ratio = contrast(tokens[ink][index], tokens[ground][index]);
            if ratio < least {
                weak.push(format!("{ink} on {ground}, {scheme}: {ratio:.2} < {least}"));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn the_formula_knows_black_and_white() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
}
