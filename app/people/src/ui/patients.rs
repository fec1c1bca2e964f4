//! `/care/patients`: the therapist's own patients, by family name.

use super::words;
use crate::{
    api,
    model::{PatientLine, PatientList},
};
use kernel::PatientId;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn PatientsPage() -> impl IntoView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get("after").and_then(|id| id.parse::<PatientId>().ok())));
    let list = Resource::new_blocking(move || after.get(), api::my_patients);
    view! {
        <Title text="Patients"/>
        <div class="stack">
            <PageHeader title="Patients" subtitle="By family name">
                <LinkButton href="/care/patients/new" kind=ButtonKind::Primary icon="plus">"Add a patient"</LinkButton>
            </PageHeader>
            <Transition fallback=|| view! { <Skeleton rows=6/> }>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(page) => view! { <List page is_first=after.get_untracked().is_none()/> }.into_any(),
                        Err(error) => {
                            view! { <LoadFailed code=error.code() on_retry=move || list.refetch()/> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn List(page: PatientList, is_first: bool) -> impl IntoView {
    if page.lines.is_empty() {
        return view! {
            <EmptyState icon="users" text="The patients you look after are listed here. A patient joins when a visit with you is confirmed, or when you add them."/>
        }
        .into_any();
    }
    let first = (!is_first).then(|| "/care/patients".to_owned());
    let more = page.next.map(|id| format!("/care/patients?after={id}"));
    let lines = page
        .lines
        .into_iter()
        .map(|line| view! { <li><Line line/></li> })
        .collect_view();
    view! {
        <div class="stack">
            <ul class="lines">{lines}</ul>
            <nav class="cluster" aria-label="Pages">
                {first.map(|href| view! { <LinkButton href kind=ButtonKind::Quiet icon="chevron-left">"From the start"</LinkButton> })}
                {more.map(|href| view! { <LinkButton href kind=ButtonKind::Quiet icon="chevron-right">"More patients"</LinkButton> })}
            </nav>
        </div>
    }
    .into_any()
}

#[component]
fn Line(line: PatientLine) -> impl IntoView {
    let about = words::about(line.kind, line.age, &line.state_code);
    view! {
        <a class="line" href=format!("/care/patients/{}", line.id)>
            <Avatar name=line.name.clone()/>
            <span class="line-main">
                <span class="strong">{line.name}</span>
                " "
                <span class="fine">{about}</span>
            </span>
            <Icon name="chevron-right"/>
        </a>
    }
}
