//! Names and values, times, every icon.

use leptos::prelude::*;

use crate::prelude::*;
use crate::show::ICONS;

#[component]
pub(super) fn Facts() -> impl IntoView {
    let time = TimeParts {
        at_ms: 1_795_536_000_000,
        iso: "2026-11-24T10:00:00-06:00".to_owned(),
        day: "Tue 24 Nov".to_owned(),
        clock: "10:00".to_owned(),
        until: Some("10:45".to_owned()),
        zone: Some("Chicago (Central)".to_owned()),
    };
    let icons = ICONS
        .iter()
        .map(|name| view! { <li title=*name><Icon name=*name/></li> })
        .collect_view();
    view! {
        <Section title="Facts">
            <DefinitionList>
                <Definition term="Time"><LocalTime time zone=true relative=true/></Definition>
                <Definition term="Languages">"English, Spanish"</Definition>
                <Definition term="Licence">"LCSW, licensed in IL and NY"</Definition>
            </DefinitionList>
        </Section>
        <Section title="Icons"><ul class="cluster">{icons}</ul></Section>
    }
}
