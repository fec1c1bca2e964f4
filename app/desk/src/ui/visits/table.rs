//! The table and its pager.

use super::query::Filter;
use crate::{
    api::view::VisitsPage,
    model::Column,
    ui::{keys::row_id, parts::TimesIn},
};
use kit::prelude::*;
use leptos::prelude::*;
use scheduling::{
    api::view::{Bookable, DeskVisitRow},
    ui::{
        parts::{At, Standing},
        words::{self, Reader},
    },
};

#[component]
pub fn Visits(page: VisitsPage, filter: Filter) -> impl IntoView {
    if page.rows.is_empty() {
        let drop = filter.dropped().map(|(name, rest)| {
            view! { <LinkButton href=rest.address()>{format!("Without {name}")}</LinkButton> }
        });
        return view! { <EmptyState icon="calendar" text="No visit fits these filters.">{drop}</EmptyState> }
            .into_any();
    }
    let newer = page.earlier.as_deref().map(|row| filter.before(row));
    let older = page.later.as_deref().map(|row| filter.after(row));
    let about = match (page.about, page.earlier.is_none() && page.later.is_none()) {
        (1, true) => "1 visit".to_owned(),
        (count, true) => format!("{count} visits"),
        (count, false) => format!("about {} visits", grouped(rounded(count))),
    };
    let heads = page
        .columns
        .iter()
        .map(|column| kit::list::Column::new(column.label()))
        .collect();
    let zone = page.rows.first().map(|row| row.row.when.zone.label.clone());
    let columns = page.columns;
    let rows = (0_u32..)
        .zip(page.rows)
        .map(|(place, row)| view! { <VisitRow row place columns=columns.clone()/> })
        .collect_view();
    view! {
        <TimesIn zone/>
        <DataTable caption="Visits" columns=heads>{rows}</DataTable>
        <Pager newer older about newer_word="Earlier" older_word="Later"/>
    }
    .into_any()
}

/// Two digits of an estimate are honest.
fn rounded(count: u32) -> u32 {
    let mut step = 1;
    while count / step >= 100 {
        step *= 10;
    }
    count.div_ceil(step) * step
}

/// "1,200"
fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[component]
fn VisitRow(row: DeskVisitRow, place: u32, columns: Vec<Column>) -> impl IntoView {
    let cells = columns
        .into_iter()
        .map(|column| {
            let label = column.label();
            let DeskVisitRow { row, therapist_when } = row.clone();
            match column {
                Column::Time => {
                    let href = match row.about {
                        Bookable::Visit(visit) => format!("/desk/visits/{visit}"),
                        Bookable::Request(request) => format!("/desk/queue/{request}"),
                    };
                    view! { <Cell label head=true><a id=row_id(place) href=href><At when=row.when/></a></Cell> }
                        .into_any()
                }
                Column::Patient => view! { <Cell label>{row.person.name}</Cell> }.into_any(),
                Column::Therapist => {
                    let elsewhere = (therapist_when.zone.offset_minutes != row.when.zone.offset_minutes)
                        .then(|| view! { <span class="fine">" (" {therapist_when.from} " there)"</span> });
                    view! { <Cell label>{row.therapist.name}{elsewhere}</Cell> }.into_any()
                }
                Column::Service => view! { <Cell label>{words::service(&row.service)}</Cell> }.into_any(),
                Column::State => {
                    view! { <Cell label><Standing standing=row.standing reader=Reader::Staff/></Cell> }.into_any()
                }
                Column::Agreed => view! { <Cell label><At when=row.since/></Cell> }.into_any(),
                Column::Price => view! { <Cell label>{words::estimate(&row.service)}</Cell> }.into_any(),
            }
        })
        .collect_view();
    view! { <Row>{cells}</Row> }
}

#[cfg(test)]
mod tests {
    use super::{Filter, VisitsProps, grouped, rounded};
    use crate::{api::view::VisitsPage, model::Column};
    use leptos::prelude::*;
    use scheduling::{
        api::view::DeskVisitRow,
        ui::testing::{agenda_row, render, when},
    };

    fn table(rows: Vec<DeskVisitRow>, filter: Filter) -> String {
        render(|| {
            let page = VisitsPage {
                rows,
                columns: vec![Column::Time, Column::Patient, Column::Price],
                earlier: Some("cursor-1".to_owned()),
                later: Some("cursor-2".to_owned()),
                about: 1_234_567,
                therapists: Vec::new(),
                services: Vec::new(),
                views: Vec::new(),
                found: None,
                from: "2026-11-22".to_owned(),
            };
            super::Visits(VisitsProps { page, filter }).into_any()
        })
    }

    fn filter() -> Filter {
        Filter {
            state: "ended".to_owned(),
            to: "2026-11-30".to_owned(),
            ..Filter::default()
        }
    }

    #[test]
    fn the_table_shows_the_chosen_columns_and_leads_both_ways() {
        let row = DeskVisitRow {
            row: agenda_row("2026-11-24T16:00:00Z"),
            therapist_when: when("2026-11-24T16:00:00Z"),
        };
        let html = table(vec![row], filter());
        assert_eq!(
            (
                html.matches("scope=\"col\"").count(),
                html.matches("scope=\"row\"").count()
            ),
            (3, 1)
        );
        assert!(html.contains("state=ended&amp;after=cursor-2") && html.contains("state=ended&amp;before=cursor-1"));
        assert!(
            html.contains("about 1,300,000 visits") && html.contains("Earlier") && html.contains("Later"),
            "{html}"
        );
    }

    #[test]
    fn an_empty_table_offers_to_drop_the_narrowest_filter() {
        let html = table(Vec::new(), filter());
        assert!(html.contains("Without the state") && html.contains("/desk/visits?to=2026-11-30\""));
        assert!(!table(Vec::new(), Filter::default()).contains("Without"));
    }

    #[test]
    fn estimates_are_round() {
        assert_eq!((rounded(87), rounded(1_234), rounded(99_999)), (87, 1_300, 100_000));
        assert_eq!(
            (
                grouped(7).as_str(),
                grouped(1_300).as_str(),
                grouped(1_300_000).as_str()
            ),
            ("7", "1,300", "1,300,000")
        );
    }
}
