//! A face: initials on one of eight quiet grounds, so that people in a list are told apart at a glance.

use leptos::prelude::*;

/// How large a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AvatarSize {
    Small,
    #[default]
    Normal,
    Large,
}

impl AvatarSize {
    const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Normal => "normal",
            Self::Large => "large",
        }
    }
}

/// A person's face. Decorative (the name stands beside it) unless `alone`.
///
/// ```ignore
/// <Avatar name="Tess Rivera"/>
/// <Avatar name=therapist.name.clone() size=AvatarSize::Large src=picture/>
/// ```
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional)] size: AvatarSize,
    /// A picture of our own origin, square.
    #[prop(optional, into)]
    src: Option<String>,
    /// No name stands beside it: the face speaks its name.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let initials = initials(&name);
    let hue = hue(&name);
    view! {
        <span
            class="avatar"
            data-hue=hue.to_string()
            data-size=size.name()
            role=alone.then_some("img")
            aria-label=alone.then(|| name.clone())
            aria-hidden=(!alone).then_some("true")
        >
            {match src {
                Some(src) => view! { <img src=src alt="" loading="lazy" width="96" height="96"/> }.into_any(),
                None => view! { <span>{initials}</span> }.into_any(),
            }}
        </span>
    }
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of eight grounds; the same name has the same one on every page and on both sides.
fn hue(name: &str) -> u32 {
    name.bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
        % 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Tess Maria Rivera"), "TR");
        assert_eq!(initials("Bo"), "B");
        assert_eq!(initials("  émile  (he)  zola "), "ÉZ");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_name_keeps_its_ground() {
        assert_eq!(hue("Tess Rivera"), hue("Tess Rivera"));
        assert!((0..50).map(|n| hue(&format!("Patient {n}"))).all(|hue| hue < 8));
    }
}
