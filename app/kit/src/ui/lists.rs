//! Tables and facts.

use leptos::prelude::*;

use crate::prelude::*;

const ROWS: [(&str, &str, &str, Tone, &str, &str); 4] = [
    (
        "Tue 10:00",
        "Ana Ortega",
        "Therapy 45",
        Tone::Info,
        "In the waiting room",
        "expected",
    ),
    (
        "Tue 10:30",
        "Kim Park",
        "First visit",
        Tone::Good,
        "Confirmed",
        "reserved",
    ),
    (
        "Tue 14:15",
        "Max Held",
        "Session 30",
        Tone::Info,
        "Requested",
        "none yet",
    ),
    (
        "Mon 16:00",
        "Dora Silva",
        "Therapy 45",
        Tone::Warn,
        "To confirm",
        "$86.00",
    ),
];

#[component]
pub(super) fn Lists(board: &'static str) -> impl IntoView {
    let columns = ["Time", "Patient", "Service", "State"]
        .map(Column::new)
        .into_iter()
        .chain([Column::new("Charge").end()]);
    let rows = ROWS
        .into_iter()
        .enumerate()
        .map(|(index, (time, patient, service, tone, state, charge))| {
            view! {
                <Row current=index == 0>
                    <Cell label="Time" head=true>{time}</Cell>
                    <Cell label="Patient">{patient}</Cell>
                    <Cell label="Service">{service}</Cell>
                    <Cell label="State"><StateChip tone text=state/></Cell>
                    <Cell label="Charge" align=Align::End>{charge}</Cell>
                </Row>
            }
        })
        .collect_view();
    view! {
        <Section title="Table">
            <DataTable caption="Visits" columns=columns.collect()>{rows}</DataTable>
            <Pager newer=None older=Some("/kit?after=1".to_owned()) about="about 1,200 visits"
                label=format!("Visits, {board}")/>
        </Section>
    }
}
