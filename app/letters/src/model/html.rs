//! A letter as a page: plain elements that every reader shows, no picture, no style, nothing fetched from anywhere.

use super::Wording;

/// Text between tags or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The letter with its one link and the small print below it.
pub fn page(wording: &Wording, link: &str, small_print: &[String]) -> String {
    let mut page = String::from("<!DOCTYPE html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    page.push_str(&escape(&wording.subject));
    page.push_str("</title></head>\r\n<body>\r\n<h1>");
    page.push_str(&escape(&wording.subject));
    page.push_str("</h1>\r\n");
    for line in &wording.lines {
        page.push_str("<p>");
        page.push_str(&escape(line));
        page.push_str("</p>\r\n");
    }
    let link = escape(link);
    page.push_str("<p><a href=\"");
    page.push_str(&link);
    page.push_str("\">");
    page.push_str(&escape(wording.link));
    page.push_str("</a></p>\r\n<hr>\r\n");
    for line in small_print {
        page.push_str("<p><small>");
        page.push_str(&escape(line));
        page.push_str("</small></p>\r\n");
    }
    page.push_str("</body></html>\r\n");
    page
}

/// The same as text.
pub fn text(wording: &Wording, link: &str, small_print: &[String]) -> String {
    let mut text = String::new();
    for line in &wording.lines {
        text.push_str(line);
        text.push_str("\r\n\r\n");
    }
    text.push_str(wording.link);
    text.push_str(":\r\n");
    text.push_str(link);
    text.push_str("\r\n\r\n-- \r\n");
    for line in small_print {
        text.push_str(line);
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::escape;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_opens_a_tag_or_leaves_an_attribute(text in ".{0,60}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(['<', '>', '"', '\'']));
            let back = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
                .replace("&#39;", "'").replace("&amp;", "&");
            prop_assert_eq!(back, text);
        }
    }
}
