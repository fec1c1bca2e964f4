//! What components promise in their markup, whatever they look like.

use kit::prelude::*;
use leptos::prelude::*;

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html())
}

/// What stays of it without its tags.
fn text(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, words)| words))
        .collect()
}

#[test]
fn a_wrong_field_says_so_by_id() {
    let html =
        html(|| view! { <Field name="email" label="E-mail" hint="As in the letter" error="Not an e-mail address."/> });
    assert!(html.contains(r#"for="f-email""#), "{html}");
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    assert!(
        html.contains(r#"aria-describedby="f-email-error f-email-hint""#),
        "{html}"
    );
    assert!(html.contains("Not an e-mail address."), "{html}");
}

#[test]
fn a_fine_field_is_not_invalid() {
    let html = html(|| view! { <Field name="email" label="E-mail"/> });
    assert!(!html.contains("aria-invalid"), "{html}");
    assert!(!html.contains("aria-describedby"), "{html}");
}

#[test]
fn a_value_is_escaped_in_its_attribute() {
    let html = html(|| view! { <Field name="n" label="N" value="\"><script>"/> });
    assert!(!html.contains("<script"), "{html}");
}

#[test]
fn select_marks_the_chosen_option() {
    let options = vec![("a".to_owned(), "A".to_owned()), ("b".to_owned(), "B".to_owned())];
    let html = html(|| view! { <Select name="s" label="S" value="b" options/> });
    assert_eq!(html.matches(" selected").count(), 1, "{html}");
    assert!(
        html.contains(r#"selected value="b""#) || html.contains(r#"value="b" selected"#),
        "{html}"
    );
}

#[test]
fn a_button_does_not_send_unless_told() {
    assert!(html(|| view! { <Button>"Open"</Button> }).contains(r#"type="button""#));
    assert!(html(|| view! { <Button button_type=ButtonType::Submit>"Send"</Button> }).contains(r#"type="submit""#));
}

#[test]
fn a_busy_button_says_what_goes_on() {
    let html = html(|| view! { <Button busy=true busy_text="Sending">"Send request"</Button> });
    assert!(html.contains(r#"aria-busy="true""#), "{html}");
    assert!(html.contains("Sending"), "{html}");
}

#[test]
fn the_shown_tab_is_the_current_page() {
    let items = vec![TabLink::new("/a", "A"), TabLink::new("/b", "B").count(2)];
    let html = html(|| view! { <Tabs label="Parts" current="/b" items/> });
    assert_eq!(html.matches(r#"aria-current="page""#).count(), 1, "{html}");
}

#[test]
fn a_countdown_shows_absolute_text_before_it_lives() {
    let html = html(|| {
        view! { <Countdown deadline_ms=300_000 now_ms=48_000 total_s=300 until="until 10:05">"10:00 is kept for you"</Countdown> }
    });
    assert!(html.contains("until 10:05"), "{html}");
    assert!(!html.contains("left<"), "{html}");
    assert!(html.contains(r#"value="252""#), "{html}");
}

#[test]
fn relative_words_wait_for_the_browser() {
    let time = TimeParts {
        day: "Tue 24 Nov".into(),
        clock: "10:00".into(),
        ..TimeParts::default()
    };
    let html = html(|| view! { <LocalTime time relative=true/> });
    assert!(html.contains("Tue 24 Nov, 10:00"), "{html}");
    assert!(!html.contains("ago"), "{html}");
}

#[test]
fn a_pager_without_neighbours_is_not_there() {
    let html = html(|| view! { <Pager newer=None older=None/> });
    assert!(!html.contains("<nav"), "{html}");
}

#[test]
fn cells_carry_their_column_for_the_card_view() {
    let html = html(|| {
        view! {
            <DataTable caption="Visits" columns=vec![Column::new("Time"), Column::new("Charge").end()]>
                <Row current=true>
                    <Cell label="Time" head=true>"10:00"</Cell>
                    <Cell label="Charge" align=Align::End>"$86"</Cell>
                </Row>
            </DataTable>
        }
    });
    assert!(html.contains(r#"data-label="Charge""#), "{html}");
    assert!(html.contains(r#"<tr aria-current="true""#), "{html}");
    assert!(html.contains(r#"scope="row""#), "{html}");
}

/// The content security policy forbids inline styles: nothing on the kit's page may have one.
#[test]
fn nothing_is_styled_inline() {
    let html = html(|| view! { <kit::ui::KitPage/> });
    assert!(!html.contains("style="), "{html}");
    assert!(!html.contains("<style"), "{html}");
}

#[test]
fn a_retry_without_script_keeps_the_address() {
    let html = html(|| view! { <LoadFailed code="unavailable"/> });
    assert!(html.contains(r#"href="" rel="external""#), "{html}");
}

fn a_day() -> Vec<GridColumn> {
    let visit = GridBlock {
        id: "v".into(),
        from: 600,
        until: 645,
        clock: "10:00 to 10:45".into(),
        title: "Ana".into(),
        href: Some("/v".into()),
        movable: true,
        ..GridBlock::default()
    };
    let kept = GridBlock {
        look: BlockLook::Hatched,
        href: None,
        title: "Kept".into(),
        ..visit.clone()
    };
    vec![GridColumn {
        key: "2026-11-24".into(),
        title: "Tue 24 Nov".into(),
        href: Some("/day".into()),
        open: vec![(540, 1_020)],
        blocks: vec![visit, kept],
        ..GridColumn::default()
    }]
}

/// Without script nothing is taken out of the order of the Tab key, and a block leads where it says.
#[test]
fn a_grid_is_complete_before_it_lives() {
    let html = html(|| view! { <TimeGrid label="Day" columns=a_day()/> });
    assert!(
        html.contains(r#"href="/v""#) && html.contains("10:00 to 10:45"),
        "{html}"
    );
    assert!(html.contains("q8 n3 c0 w6") && html.contains("q8 n3 c6 w6"), "{html}");
    assert!(!html.contains("tabindex"), "{html}");
    assert!(
        !html.contains("data-movable"),
        "nothing moves without a page that moves it: {html}"
    );
}

/// Every class that places something exists.
#[test]
fn every_place_of_a_grid_has_its_class() {
    let css = std::fs::read_to_string(crate::sources::house().join("style/kit/time-grid-places.css")).unwrap();
    let needed = (0..96)
        .map(|at| format!(".q{at}{{grid-row-start:{}}}", at + 1))
        .chain((1..=96).map(|rows| format!(".n{rows}{{grid-row-end:span {rows}}}")))
        .chain((0..12).map(|at| format!(".c{at}{{grid-column-start:{}}}", at + 1)))
        .chain((1..=12).map(|tracks| format!(".w{tracks}{{grid-column-end:span {tracks}}}")));
    for class in needed {
        assert!(css.contains(&class), "{class}");
    }
}

#[test]
fn a_day_of_a_month_says_what_it_holds() {
    let mut week: [Option<MonthDay>; 7] = Default::default();
    week[1] = Some(MonthDay {
        number: 24,
        month: "November".into(),
        href: "/day".into(),
        holds: "3 visits".into(),
        today: true,
        ..MonthDay::default()
    });
    let html = html(|| view! { <MonthGrid label="November" weeks=vec![week]/> });
    assert!(text(&html).contains("24 November,3 visits"), "{html}");
    assert_eq!(html.matches(r#"aria-current="date""#).count(), 1, "{html}");
    assert_eq!(html.matches("<td").count(), 7, "{html}");
}
