//! Text for the inside of a `<textarea>`. Leptos 0.8 writes a textarea's children to the page unescaped, so text of a
//! person could close the element and bring its own markup. This is why only `TextArea` may render one.

/// The first child of a textarea: escaped where it becomes HTML, as it is where it becomes a text node.
pub(super) fn inside_textarea(text: String) -> String {
    if cfg!(feature = "ssr") { as_html(&text) } else { text }
}

/// The parser drops one line feed after `<textarea>`; ours stands in front so that a leading one of the text is kept.
fn as_html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    html.push('\n');
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            // A NUL has no place in a page: the parser would replace it anyway.
            '\0' => html.push('\u{FFFD}'),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn no_markup_survives() {
        assert_eq!(
            as_html("</textarea><script>&\0"),
            "\n&lt;/textarea&gt;&lt;script&gt;&amp;\u{FFFD}"
        );
    }

    #[test]
    fn a_leading_line_feed_is_kept() {
        assert_eq!(as_html("\nline"), "\n\nline");
    }
}
