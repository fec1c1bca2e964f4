//! A textarea's text stays text.

use kit::prelude::*;
use leptos::prelude::*;

fn html_of(text: &str) -> String {
    let text = text.to_owned();
    Owner::new().with(|| view! { <TextArea name="reason" label="Reason" value=text/> }.to_html())
}

#[test]
fn text_cannot_leave_its_textarea() {
    let html = html_of("</textarea><script>alert(1)</script>");
    assert!(!html.contains("<script"), "{html}");
    assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
}

#[test]
fn a_line_feed_at_the_start_survives_the_parser() {
    assert!(html_of("\nsecond line").contains(">\n\nsecond line</textarea>"));
}

#[test]
fn an_empty_one_holds_nothing_that_shows() {
    let html = html_of("");
    assert!(html.contains(">\n</textarea>"), "{html}");
}
