//! Other programs that may ask for free times: made, shown once, ended (S31). Plain forms, so that it works without script.

use super::parts::{ActFailed, done, failure, failure_at, loaded};
use crate::api::{
    self, Connect, Disconnect,
    view::{ConnectionRow, ConnectionsView},
};
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let (connect, disconnect) = (ServerAction::<Connect>::new(), ServerAction::<Disconnect>::new());
    let changed = (done(connect), done(disconnect));
    let found = Resource::new(move || (changed.0.get(), changed.1.get()), |_| api::connections());
    view! {
        <Title text="Connections"/>
        <PageHeader title="Connections" subtitle="Your website may show services, therapists and free times. It learns nothing of patients."/>
        {loaded(found, SkeletonKind::Rows, 4, move |view| {
            view! { <Connections view connect disconnect/> }.into_any()
        })}
    }
}

#[component]
fn Connections(
    view: ConnectionsView,
    connect: ServerAction<Connect>,
    disconnect: ServerAction<Disconnect>,
) -> impl IntoView {
    let rows = view
        .rows
        .into_iter()
        .map(|row| view! { <li class="line apart"><OneConnection row disconnect/></li> })
        .collect::<Vec<_>>();
    let rows = if rows.is_empty() {
        view! { <EmptyState icon="globe" text="No program is connected. Make a connection and give its token to whoever runs your website."/> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    view! {
        <div class="stack" data-gap="large">
            <ActFailed failure=failure(disconnect)/>
            {rows}
            <NewConnection secret=view.secret connect/>
            <p class="fine">"The interface describes itself: " <a href="/api/v1/openapi.json" rel="external">"/api/v1/openapi.json"</a></p>
        </div>
    }
}

#[component]
fn OneConnection(row: ConnectionRow, disconnect: ServerAction<Disconnect>) -> impl IntoView {
    let made = format!("Made on {} by {}.", row.created.day, row.by);
    let used = match &row.last_used {
        Some(at) => format!("Last used on {}, {}.", at.day, at.from),
        None => "Never used.".to_owned(),
    };
    let origins = if row.origins.is_empty() {
        "From servers only.".to_owned()
    } else {
        format!("Also from pages of {}.", row.origins.join(", "))
    };
    let spoken = format!("End the connection {}", row.name);
    let end = match &row.revoked {
        Some(at) => view! { <StateChip tone=Tone::Plain text=format!("Ended on {}", at.day)/> }.into_any(),
        None => view! {
            <ActionForm action=disconnect>
                <input type="hidden" name="connection" value=row.connection.to_string()/>
                <Button kind=ButtonKind::Danger size=ButtonSize::Small button_type=ButtonType::Submit
                    label=spoken>"End"</Button>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <div class="line-main">
            <b>{row.name}</b>
            <p class="fine">{made} " " {used} " " {origins}</p>
        </div>
        {end}
    }
}

#[component]
fn NewConnection(secret: String, connect: ServerAction<Connect>) -> impl IntoView {
    let failed = failure(connect);
    view! {
        <Section title="New connection">
            <ActionForm action=connect attr:class="form">
                <ActFailed failure=failed/>
                <Field name="name" label="Name" maxlength=80 required=true hint="What it is for: Website, booking page."
                    error=failure_at(failed, "name")/>
                <TextArea name="origins" label="Pages that ask from the browser (optional)" rows=2
                    hint="One a line: https://example.org" error=failure_at(failed, "origins")/>
                <div class="field">
                    <p class="field-label">"Token"</p>
                    <p><code class="number">{secret.clone()}</code></p>
                    <p class="field-hint">"Copy it now. It is kept nowhere and never shown again; it works once the connection is made."</p>
                </div>
                <input type="hidden" name="secret" value=secret/>
                <div class="cluster">
                    <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=connect.pending() busy_text="Saving">"Make the connection"</Button>
                </div>
            </ActionForm>
        </Section>
    }
}

#[cfg(test)]
mod tests {
    use super::ConnectionsProps;
    use crate::{
        api::view::{ConnectionRow, ConnectionsView},
        model::ConnectionId,
        ui::testing::{render, when},
    };
    use leptos::prelude::*;
    use uuid::Uuid;

    #[test]
    fn the_secret_is_on_the_form_alone_and_an_ended_connection_cannot_be_ended() {
        let row = |revoked: bool| ConnectionRow {
            connection: ConnectionId::new(Uuid::from_u128(1)),
            name: "Website".to_owned(),
            origins: Vec::new(),
            created: when("2026-11-20T16:00:00Z"),
            by: "Ada".to_owned(),
            last_used: None,
            revoked: revoked.then(|| when("2026-11-21T16:00:00Z")),
        };
        let html = render(|| {
            let view = ConnectionsView {
                rows: vec![row(false), row(true)],
                secret: "tt_fresh".to_owned(),
                today: "2026-11-22".parse().unwrap(),
            };
            let (connect, disconnect) = (ServerAction::new(), ServerAction::new());
            super::Connections(ConnectionsProps {
                view,
                connect,
                disconnect,
            })
            .into_any()
        });
        assert_eq!(html.matches("tt_fresh").count(), 2);
        assert_eq!(html.matches("End the connection").count(), 1);
        assert!(html.contains("Ended on Sat 21 Nov") && html.contains("Never used."));
    }
}
