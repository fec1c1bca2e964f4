//! The first page of an admin: does it run, is anything alarming, what holds (S31). Every line asks for itself, so that one that
//! gets no answer hides no other. No patient is named here.

mod facts;

use facts::{alarms, closures, connections, forms, post, rules};
use kernel::ApiError;
use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;
use letters::api::PostView;
use scheduling::api::RulesPlace;

/// What a line of this page is waiting for.
type Asked<T> = Resource<Result<T, ApiError>>;

#[component]
pub fn AdminHomePage() -> impl IntoView {
    let standing = Resource::new(|| (), |()| letters::api::post_standing());
    let changes = Resource::new(|| (), |()| scheduling::api::rules_page(RulesPlace::default()));
    let asked = Resource::new(|| (), |()| scheduling::api::list_prescreens());
    let programs = Resource::new(|| (), |()| scheduling::api::connections());
    let shut = Resource::new(|| (), |()| scheduling::api::closures());
    view! {
        <Title text="Overview"/>
        <PageHeader title="Overview" subtitle="What needs a look, and what holds"/>
        <div class="stack" data-gap="large">
            <Section title="Needs a look"><Alarms standing/></Section>
            <Section title="What holds">
                <ul class="lines">
                    {entry("/admin/parameters", "settings", "Parameters", changes, rules)}
                    {entry("/admin/questions", "help", "Questions before a visit", asked, forms)}
                    {entry("/admin/connections", "globe", "Connections", programs, connections)}
                    {entry("/admin/closures", "calendar", "Closures", shut, closures)}
                    <li class="line">
                        <Icon name="send"/>
                        <span class="line-main"><b>"Letters"</b><br/>{answered(standing, post)}</span>
                    </li>
                </ul>
            </Section>
            <Section title="On the server">
                <p class="muted">"Accounts are kept there. There, too, the command \"server audit verify\" walks the chain of every access and says whether it holds; this page cannot know it."</p>
            </Section>
        </div>
    }
}

#[component]
fn Alarms(standing: Asked<PostView>) -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <Skeleton kind=SkeletonKind::Rows rows=1/> }>
            {move || Suspend::new(async move {
                match standing.await {
                    Ok(found) => match alarms(&found) {
                        none if none.is_empty() => view! { <p>"Nothing. Letters leave as they should."</p> }.into_any(),
                        some => some
                            .into_iter()
                            .map(|text| view! { <Banner tone=Tone::Warn text/> })
                            .collect_view()
                            .into_any(),
                    },
                    Err(_) => view! { <Banner tone=Tone::Warn text="Whether letters leave is not known at this moment. Load the page again in a minute."/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// A page of the admin's, with what holds there.
fn entry<T>(
    href: &'static str,
    icon: &'static str,
    name: &'static str,
    asked: Asked<T>,
    fact: fn(&T) -> String,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <li><a class="line" href=href>
            <Icon name=icon/>
            <span class="line-main"><b>{name}</b><br/>{answered(asked, fact)}</span>
            <Icon name="chevron-right"/>
        </a></li>
    }
    .into_any()
}

fn answered<T>(asked: Asked<T>, fact: fn(&T) -> String) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <span class="fine">
            <Suspense fallback=|| "…">
                {move || Suspend::new(async move {
                    match asked.await {
                        Ok(found) => fact(&found),
                        Err(_) => "Not known at this moment.".to_owned(),
                    }
                })}
            </Suspense>
        </span>
    }
    .into_any()
}
