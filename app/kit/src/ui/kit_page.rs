//! Every component in every state, in light and dark and in each density.

use leptos::prelude::*;

use super::{
    actions::Actions, facts::Facts, forms::Forms, grids::Grids, layers::Layers, lists::Lists, paint::Paint,
    states::States,
};
use crate::prelude::*;

const SCHEMES: [(&str, &str); 2] = [("light", "Light"), ("dark", "Dark")];
const DENSITIES: [(&str, &str); 4] = [
    ("roomy", "Roomy"),
    ("medium", "Medium"),
    ("dense", "Dense"),
    ("child", "A child's page"),
];

/// The kit at a glance: one board per scheme, and the same controls in each density.
#[component]
pub fn KitPage() -> impl IntoView {
    provide_toasts();
    let boards = SCHEMES
        .map(|(scheme, title)| view! { <Board scheme title/> })
        .collect_view();
    view! {
        <PageHeader title="Kit" subtitle="Every component in every state"/>
        <div class="stack" data-gap="large">{boards}</div>
        <ToastArea/>
    }
}

/// One scheme. Field names begin with the scheme, so that the boards' ids differ.
#[component]
fn Board(scheme: &'static str, title: &'static str) -> impl IntoView {
    let densities = DENSITIES
        .map(|(density, title)| {
            view! {
                <div class="stack" data-density=density>
                    <h3>{title}</h3>
                    <div class="cluster">
                        <Button kind=ButtonKind::Primary>"Send request"</Button>
                        <Button icon="calendar">"Move"</Button>
                        <StateChip tone=Tone::Good text="Confirmed"/>
                    </div>
                    <Field name=format!("{scheme}-{density}") label="Phone" hint="With the country code"/>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="card stack" data-gap="large" data-scheme=scheme>
            <h2>{title}</h2>
            <Actions board=scheme/>
            <Forms board=scheme/>
            <States board=scheme/>
            <Lists board=scheme/>
            <Paint board=scheme/>
            <Facts/>
            <Grids board=scheme/>
            <Layers board=scheme/>
            <Section title="Densities"><div class="split" data-even>{densities}</div></Section>
        </div>
    }
}
