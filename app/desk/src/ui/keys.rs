//! The desk's single keys. They rest while somebody types or holds a modifier; Enter is left to the focused link.

use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast, web_sys};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Next,
    Previous,
    Approve,
    Decline,
    /// Take it, or let go of it.
    Take,
    /// Look at the patient.
    Peek,
    /// Other times, for the patient to choose from.
    Propose,
    /// Another time or therapist at once.
    Change,
    /// One of the nearest free times, 0 to 2.
    Nearest(u32),
    /// Ask the patient for something.
    Ask,
    Undo,
    /// Select the row; with Shift all rows from the last selected one on.
    Select,
    SelectTo,
    /// To the bar that acts on the selected.
    Many,
    Back,
}

impl Key {
    fn read(key: &str) -> Option<Self> {
        Some(match key {
            "j" => Self::Next,
            "k" => Self::Previous,
            "a" => Self::Approve,
            "r" | "d" => Self::Decline,
            "t" => Self::Take,
            "o" => Self::Peek,
            "p" => Self::Propose,
            "c" => Self::Change,
            "1" => Self::Nearest(0),
            "2" => Self::Nearest(1),
            "3" => Self::Nearest(2),
            "i" => Self::Ask,
            "u" => Self::Undo,
            "x" => Self::Select,
            "X" => Self::SelectTo,
            "b" => Self::Many,
            "[" => Self::Back,
            _ => return None,
        })
    }
}

/// The row after a step from `at` in a list of `rows`; it stays inside.
fn step(at: Option<u32>, rows: u32, key: Key) -> Option<u32> {
    let last = rows.checked_sub(1)?;
    Some(match (at, key) {
        (None, _) => 0,
        (Some(at), Key::Next) => at.saturating_add(1).min(last),
        (Some(at), _) => at.saturating_sub(1).min(last),
    })
}

/// Calls what `make` makes for the desk's keys as long as the page is open; it answers whether it used the key.
///
/// The handler is made in the browser only: on the server one thread makes a page and another drops it, so nothing that
/// belongs to one thread may be kept there.
pub fn use_keys<A: Fn(Key) -> bool + 'static>(make: impl Fn() -> A + 'static) {
    Effect::new(move |_| {
        let act = make();
        let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
            let resting = event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing(&event);
            if Key::read(&event.key()).is_some_and(|key| !resting && act(key)) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// The focus is in something that takes letters.
fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| match element.tag_name().as_str() {
            // A tick takes no letters.
            "INPUT" => element.get_attribute("type").as_deref() != Some("checkbox"),
            "SELECT" | "TEXTAREA" => true,
            _ => false,
        })
}

/// The id of a row's link, by its place.
pub fn row_id(place: u32) -> String {
    format!("row-{place}")
}

/// The row that has the focus.
fn focused_row() -> Option<u32> {
    document()
        .active_element()
        .and_then(|element| element.id().strip_prefix("row-").and_then(|place| place.parse().ok()))
}

/// The id of the box that selects a row.
pub fn box_id(place: u32) -> String {
    format!("select-{place}")
}

/// Selects the focused row or takes it out again; with `from` all rows between. Answers the row.
pub fn select(from: Option<u32>) -> Option<u32> {
    let here = focused_row()?;
    let boxed = |place: u32| {
        document()
            .get_element_by_id(&box_id(place))
            .and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok())
    };
    if let Some(from) = from {
        for place in from.min(here)..=from.max(here) {
            boxed(place)?.set_checked(true);
        }
    } else {
        let one = boxed(here)?;
        one.set_checked(!one.checked());
    }
    Some(here)
}

/// Presses a button or link; `false` when it is not there.
pub fn press(id: &str, inside: &str) -> bool {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.query_selector(inside).ok().flatten())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| {
            element.click();
            true
        })
}

/// Opens a part that folds, or folds it again.
pub fn toggle(id: &str) -> bool {
    document().get_element_by_id(id).is_some_and(|part| {
        let done = if part.has_attribute("open") {
            part.remove_attribute("open")
        } else {
            part.set_attribute("open", "")
        };
        done.is_ok()
    })
}

/// Moves the focus one row on; Enter then opens it, as any link.
pub fn move_focus(rows: u32, key: Key) -> bool {
    let at = focused_row();
    step(at, rows, key).is_some_and(|place| focus(&row_id(place)))
}

/// Puts the focus on an element; `false` when it is not there.
pub fn focus(id: &str) -> bool {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// Puts the focus on the first `tag` inside an element.
pub fn focus_inside(id: &str, tag: &str) -> bool {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.query_selector(tag).ok().flatten())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

/// Opens a `<details>`.
pub fn unfold(id: &str) -> bool {
    document()
        .get_element_by_id(id)
        .is_some_and(|element| element.set_attribute("open", "").is_ok())
}

#[cfg(test)]
mod tests {
    use super::{Key, step, use_keys};
    use leptos::prelude::Owner;

    /// The page once kept its handler in thread-bound storage: dropped on another worker, it broke off the answer.
    #[test]
    fn a_page_made_by_one_thread_is_dropped_by_another() {
        let owner = Owner::new();
        owner.with(|| use_keys(|| |_| false));
        assert!(
            std::thread::spawn(move || owner.unset_with_forced_cleanup())
                .join()
                .is_ok()
        );
    }

    #[test]
    fn steps_stay_inside_the_list() {
        assert_eq!(step(None, 3, Key::Next), Some(0));
        assert_eq!(step(Some(0), 3, Key::Next), Some(1));
        assert_eq!(step(Some(2), 3, Key::Next), Some(2));
        assert_eq!(step(Some(0), 3, Key::Previous), Some(0));
        assert_eq!(step(Some(9), 3, Key::Previous), Some(2), "rows were decided meanwhile");
        assert_eq!(step(None, 0, Key::Next), None);
    }

    #[test]
    fn other_keys_are_left_alone() {
        assert_eq!(Key::read("j"), Some(Key::Next));
        assert_eq!(Key::read("J"), None);
        assert_eq!(Key::read("Enter"), None);
        assert_eq!(
            (Key::read("d"), Key::read("r")),
            (Some(Key::Decline), Some(Key::Decline))
        );
        assert_eq!(
            (Key::read("x"), Key::read("X")),
            (Some(Key::Select), Some(Key::SelectTo))
        );
    }
}
