//! A table that becomes cards on a narrow screen. Columns and cells carry the same label, so the cards can show it.

use leptos::prelude::*;

/// Where the content of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Start,
    /// Numbers, sums, actions.
    End,
}

/// One column's head.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    align: Align,
    hidden: bool,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::Start,
            hidden: false,
        }
    }

    #[must_use]
    pub const fn end(mut self) -> Self {
        self.align = Align::End;
        self
    }

    /// The head is spoken but not shown: a column of actions.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }
}

/// A table with its caption. The children are `Row`s.
///
/// ```ignore
/// <DataTable caption="Visits of today" columns=vec![Column::new("Time"), Column::new("Patient"), Column::new("Charge").end()]>
///     <Row> <Cell label="Time" head=true>"Tue 10:00"</Cell> <Cell label="Patient">"Ana"</Cell> <Cell label="Charge" align=Align::End>"$86"</Cell> </Row>
/// </DataTable>
/// ```
#[component]
pub fn DataTable(
    #[prop(into)] caption: String,
    columns: Vec<Column>,
    /// The caption is spoken but not shown: the page's heading already says it.
    #[prop(default = true)]
    caption_hidden: bool,
    /// New rows are on their way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(|Column { label, align, hidden }| {
            view! {
                <th scope="col" data-align=(align == Align::End).then_some("end")>
                    <span class:visually-hidden=hidden>{label}</span>
                </th>
            }
        })
        .collect_view();
    view! {
        <div class="table-place">
            <table class="table" aria-busy=move || busy.get().then_some("true")>
                <caption class:visually-hidden=caption_hidden>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// One row.
#[component]
pub fn Row(
    /// The row the person is at: a bar at its start, `aria-current`.
    #[prop(optional, into)]
    current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! { <tr aria-current=move || current.get().then_some("true")>{children()}</tr> }
}

/// One cell. `label` repeats the column's head for the card view.
#[component]
pub fn Cell(
    #[prop(into)] label: String,
    #[prop(optional)] align: Align,
    /// The cell that names the row.
    #[prop(optional)]
    head: bool,
    children: Children,
) -> impl IntoView {
    let align = (align == Align::End).then_some("end");
    if head {
        view! { <th scope="row" data-label=label data-align=align>{children()}</th> }.into_any()
    } else {
        view! { <td data-label=label data-align=align>{children()}</td> }.into_any()
    }
}
