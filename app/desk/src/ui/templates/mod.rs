//! The desk's own texts: every liaison uses and keeps them.

use super::parts::{Failed, failure_at};
use super::words;
use crate::{
    api::{self, RemoveTemplate, SaveTemplate, view::TemplateView},
    model::Purpose,
};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use scheduling::{
    model::DeclineReason,
    ui::{
        parts::{done, failure, loaded},
        words as booking,
    },
};

#[component]
pub fn TemplatesPage() -> impl IntoView {
    let query = use_query_map();
    let editing = Memo::new(move |_| query.with(|query| query.get("edit").unwrap_or_default()));
    let save = ServerAction::<SaveTemplate>::new();
    let remove = ServerAction::<RemoveTemplate>::new();
    let (saved, removed) = (done(save), done(remove));
    let all = Resource::new(move || (saved.get(), removed.get()), |_| api::templates());
    view! {
        <Title text="Texts"/>
        <PageHeader title="Texts of the desk" subtitle="Every liaison uses and keeps them. They are about nobody: no names, no health." back="Desk" back_href="/desk"/>
        <Failed failure=failure(remove)/>
        {loaded(all, SkeletonKind::Rows, 6, move |all| {
            let known = all.clone();
            let edit = move || {
                let editing = editing.get();
                let chosen = known.iter().find(|one| one.template.to_string() == editing).cloned();
                anew(format!("{editing} {}", saved.get_untracked()), view! { <Edit chosen save saved/> }.into_any())
            };
            view! {
                <div class="split">
                    <Texts all remove/>
                    {edit}
                </div>
            }.into_any()
        })}
    }
}

#[component]
fn Texts(all: Vec<TemplateView>, remove: ServerAction<RemoveTemplate>) -> impl IntoView {
    if all.is_empty() {
        return view! { <EmptyState icon="file" text="No texts yet. What you write again and again, write here once."/> }.into_any();
    }
    let rows = all
        .into_iter()
        .map(|one| {
            let id = one.template.to_string();
            view! {
                <li class="line">
                    <div class="line-main stack" data-gap="small">
                        <p><span class="strong">{one.name.clone()}</span> <span class="fine">" " {words::purpose(one.purpose)}</span></p>
                        <p class="quote">{one.body}</p>
                    </div>
                    <LinkButton href=format!("/desk/templates?edit={id}") size=ButtonSize::Small label=format!("Change {}", one.name)>"Change"</LinkButton>
                    <ActionForm action=remove>
                        <input type="hidden" name="template" value=id/>
                        <Button size=ButtonSize::Small kind=ButtonKind::Danger button_type=ButtonType::Submit label=format!("Remove {}", one.name)>"Remove"</Button>
                    </ActionForm>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="lines">{rows}</ul> }.into_any()
}

#[component]
fn Edit(chosen: Option<TemplateView>, save: ServerAction<SaveTemplate>, saved: Memo<u32>) -> impl IntoView {
    let refused: Signal<Option<ApiError>> = failure(save);
    let title = if chosen.is_some() { "Change a text" } else { "New text" };
    let (template, purpose, name, body, reason) = chosen.map_or_else(
        || {
            (
                String::new(),
                Purpose::Decline.as_str(),
                String::new(),
                String::new(),
                String::new(),
            )
        },
        |one| {
            (
                one.template.to_string(),
                one.purpose.as_str(),
                one.name,
                one.body,
                one.reason,
            )
        },
    );
    let purposes: Vec<(String, String)> = Purpose::ALL
        .iter()
        .map(|one| (one.as_str().to_owned(), words::purpose(*one).to_owned()))
        .collect();
    let mut reasons = vec![(String::new(), "None".to_owned())];
    reasons.extend(
        DeclineReason::ALL
            .iter()
            .map(|one| (one.as_str().to_owned(), booking::decline_choice(*one).to_owned())),
    );
    view! {
        <Section title>
            <ActionForm action=save attr:class="form">
                <Failed failure=refused/>
                {move || (saved.get() > 0).then(|| view! { <p class="fine" role="status">"Saved."</p> })}
                <input type="hidden" name="template" value=template/>
                <Select name="purpose" label="For" options=purposes value=purpose error=failure_at(refused, "purpose")/>
                <Field name="name" label="Name" hint="As it stands on its button." value=name required=true error=failure_at(refused, "name")/>
                <Select name="reason" label="Reason it belongs to" hint="Only for a decline." options=reasons value=reason error=failure_at(refused, "reason")/>
                <TextArea name="body" label="Text" value=body rows=5 maxlength=2_000 counted=true required=true error=failure_at(refused, "body")/>
                <div><Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=save.pending() busy_text="Saving">"Save"</Button></div>
            </ActionForm>
        </Section>
    }
}
