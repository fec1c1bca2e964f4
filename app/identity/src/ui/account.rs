//! The account page of every area: who I am here, where I am signed in, and ending that.

use super::{SignOutForm, words};
use crate::{
    api::{self, EndOtherSessions, EndSession},
    model::{Me, MySession},
};
use kit::prelude::*;
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

#[component]
pub fn AccountPage() -> impl IntoView {
    let me = Resource::new_blocking(|| (), |()| api::me());
    view! {
        <Title text="Account"/>
        <div class="stack" data-gap="large">
            <PageHeader title="Account">
                <SignOutForm><Button button_type=ButtonType::Submit icon="log-out">"Sign out"</Button></SignOutForm>
            </PageHeader>
            <Suspense fallback=|| view! { <Skeleton rows=3/> }>
                {move || Suspend::new(async move {
                    match me.await {
                        Ok(me) => view! { <About me/> }.into_any(),
                        Err(error) => view! { <LoadFailed code=error.code()/> }.into_any(),
                    }
                })}
            </Suspense>
            <Sessions/>
        </div>
    }
}

#[component]
fn About(me: Me) -> impl IntoView {
    view! {
        <DefinitionList>
            <Definition term="Name">{me.name}</Definition>
            <Definition term="Signed in as">{words::role(me.role)}</Definition>
            <Definition term="Time zone">{me.zone.replace('_', " ")}</Definition>
        </DefinitionList>
    }
}

#[component]
fn Sessions() -> impl IntoView {
    let end = ServerAction::<EndSession>::new();
    let end_others = ServerAction::<EndOtherSessions>::new();
    let sessions = Resource::new_blocking(
        move || (end.version().get(), end_others.version().get()),
        |_| api::my_sessions(),
    );
    let failed = move || {
        let one = end.value().with(|answer| matches!(answer, Some(Err(_))));
        let others = end_others.value().with(|answer| matches!(answer, Some(Err(_))));
        one || others
    };
    view! {
        <Section title="Where you are signed in">
            <p class="muted">"If you do not know one of these, end it."</p>
            {move || failed().then(|| view! {
                <Banner tone=Tone::Warn alert=true text="That session was over already, or could not be ended. The list shows what is left."/>
            })}
            <Transition fallback=|| view! { <Skeleton rows=2/> }>
                {
                    let place = Lasting::here();
                    move || {
                        let place = place.clone();
                        Suspend::new(async move {
                            let answer = sessions.await;
                            place.show(|| match answer {
                                Ok(list) => view! { <SessionList list end end_others/> }.into_any(),
                                Err(error) => {
                                    view! { <LoadFailed code=error.code() on_retry=move || sessions.refetch()/> }.into_any()
                                }
                            })
                        })
                    }
                }
            </Transition>
        </Section>
    }
    .into_any()
}

#[component]
fn SessionList(
    list: Vec<MySession>,
    end: ServerAction<EndSession>,
    end_others: ServerAction<EndOtherSessions>,
) -> impl IntoView {
    let has_others = list.iter().any(|session| !session.is_this);
    let lines = list
        .into_iter()
        .map(|session| view! { <li><SessionLine session end/></li> })
        .collect_view();
    view! {
        <div class="stack">
            <ul class="lines">{lines}</ul>
            {has_others.then(|| view! {
                <ActionForm action=end_others>
                    <Button button_type=ButtonType::Submit busy=end_others.pending() busy_text="Ending">"End all others"</Button>
                </ActionForm>
            })}
        </div>
    }
    .into_any()
}

#[component]
fn SessionLine(session: MySession, end: ServerAction<EndSession>) -> impl IntoView {
    let MySession {
        id,
        device,
        started,
        last_seen,
        is_this,
    } = session;
    let label = format!("End the session {device}, last used {last_seen}");
    view! {
        <div class="session">
            <Icon name="monitor"/>
            <div>
                <span class="strong">{device}</span>
                <span class="fine number">{format!("Last used {last_seen}. Signed in {started}.")}</span>
            </div>
            {if is_this {
                view! { <StateChip tone=Tone::Good text="This device"/> }.into_any()
            } else {
                view! {
                    <ActionForm action=end>
                        <input type="hidden" name="session" value=id.to_string()/>
                        <Button button_type=ButtonType::Submit size=ButtonSize::Small label=label>"End"</Button>
                    </ActionForm>
                }
                .into_any()
            }}
        </div>
    }
}
