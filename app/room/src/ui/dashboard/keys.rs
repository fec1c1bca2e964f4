//! Single keys of the room. They rest while a field has the focus.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// The item of this place in the kit, from 0.
    Show(usize),
    /// The item that is up next.
    Next,
    Clear,
    Board,
    Microphone,
    Camera,
    Hand,
    PlayPause,
    PageForward,
    PageBack,
    Undo,
    Redo,
}

/// `key` as the browser names it.
pub fn command(key: &str, ctrl: bool, shift: bool) -> Option<Command> {
    if ctrl {
        return match (key, shift) {
            ("z", false) => Some(Command::Undo),
            ("Z" | "z", true) | ("y", false) => Some(Command::Redo),
            _ => None,
        };
    }
    match key {
        "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" => {
            key.parse::<usize>().ok().map(|number| Command::Show(number - 1))
        }
        "n" => Some(Command::Next),
        "." => Some(Command::Clear),
        "w" => Some(Command::Board),
        "m" => Some(Command::Microphone),
        "c" => Some(Command::Camera),
        "h" => Some(Command::Hand),
        "k" => Some(Command::PlayPause),
        "PageDown" => Some(Command::PageForward),
        "PageUp" => Some(Command::PageBack),
        _ => None,
    }
}

/// Whether a key belongs to what has the focus: a field, or an open dialog.
#[cfg(feature = "hydrate")]
pub fn typing(event: &web_sys::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return false;
    };
    let field = matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT");
    field || target.closest("dialog").ok().flatten().is_some() || event.alt_key()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_places_of_the_kit() {
        assert_eq!(command("1", false, false), Some(Command::Show(0)));
        assert_eq!(command("9", false, false), Some(Command::Show(8)));
        assert_eq!(command("0", false, false), None);
        assert_eq!(command("1", true, false), None, "Ctrl+1 belongs to the browser");
    }

    #[test]
    fn undo_needs_ctrl_and_redo_has_two_ways() {
        assert_eq!(command("z", false, false), None);
        assert_eq!(command("z", true, false), Some(Command::Undo));
        assert_eq!(command("Z", true, true), Some(Command::Redo));
        assert_eq!(command("y", true, false), Some(Command::Redo));
    }
}
