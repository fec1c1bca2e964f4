//! Short texts that both pages share.

use crate::model::ItemKind;

/// "picture", as a word of a sentence.
pub const fn kind_word(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Picture => "Picture",
        ItemKind::Video => "Video",
        ItemKind::Document => "Document",
    }
}

pub const fn kind_icon(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Picture => "image",
        ItemKind::Video => "film",
        ItemKind::Document => "file",
    }
}

/// "Video, 0:48" or "Document, 3 pages".
pub fn kind_line(kind: ItemKind, pages: u32, duration_ms: u32) -> String {
    let word = kind_word(kind);
    match kind {
        ItemKind::Video if duration_ms > 0 => format!("{word}, {}", length(duration_ms)),
        ItemKind::Document if pages == 1 => format!("{word}, 1 page"),
        ItemKind::Document => format!("{word}, {pages} pages"),
        _ => word.to_owned(),
    }
}

/// "0:48", "12:05", "1:02:03"
pub fn length(ms: u32) -> String {
    let seconds = ms.div_ceil(1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A refusal of a kit, for people.
pub fn kit_error(code: &str) -> &'static str {
    match code {
        "visit_over" => "This visit is over. Its kit does not change any more.",
        "kit_full" => "The order is full. Remove something first.",
        "not_a_video" => "Only a video plays in the waiting room.",
        "too_long" => "The message is too long; 300 letters is the limit.",
        "not_found" => "This file is no longer in your library. Choose another.",
        "unavailable" | "transport" => "Saving failed. What you see here is as it was last saved; try again.",
        _ => "That did not work. Try again.",
    }
}

#[cfg(test)]
mod tests {
    use super::{kind_line, length};
    use crate::model::ItemKind;

    #[test]
    fn lengths_read_like_on_a_player() {
        assert_eq!(length(48_000), "0:48");
        assert_eq!(length(47_001), "0:48");
        assert_eq!(length(725_000), "12:05");
        assert_eq!(length(3_723_000), "1:02:03");
    }

    #[test]
    fn a_kind_says_how_much_of_it_there_is() {
        assert_eq!(kind_line(ItemKind::Document, 1, 0), "Document, 1 page");
        assert_eq!(kind_line(ItemKind::Document, 3, 0), "Document, 3 pages");
        assert_eq!(kind_line(ItemKind::Video, 0, 8_000), "Video, 0:08");
        assert_eq!(kind_line(ItemKind::Video, 0, 0), "Video");
        assert_eq!(kind_line(ItemKind::Picture, 0, 0), "Picture");
    }
}
