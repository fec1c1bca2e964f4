//! One row: the summary line tells it all, the preview unfolds below it without leaving the calendar (R15).

use super::model::{is_request, my_page, room};
use crate::{
    api::{
        WithdrawRequest,
        view::{AgendaRow, When},
    },
    ui::{
        parts::{At, Span, Standing, ZoneLine},
        words::{self, Reader},
    },
};
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn MyRow(row: AgendaRow, withdraw: ServerAction<WithdrawRequest>) -> impl IntoView {
    let who = format!("{}, {}", row.therapist.name, row.service.name);
    let whom = (!row.person.me).then(|| view! { <span class="muted">" for " {row.person.name.clone()}</span> });
    view! {
        <details class="agenda-row">
            <summary>
                <AgendaDate when=row.when.clone()/>
                <span class="agenda-what"><b>{row.when.from.clone()} " to " {row.when.until.clone()}</b><span>{who} {whom}</span></span>
                <span class="agenda-chip"><Standing standing=row.standing reader=Reader::Patient/></span>
                <Icon name="chevron-down" label="Preview"/>
            </summary>
            <Preview row withdraw/>
        </details>
    }
}

/// "Tue" above a large "24"; spoken in one.
#[component]
pub fn AgendaDate(when: When) -> impl IntoView {
    let (weekday, number) = weekday_and_number(&when.day);
    view! { <span class="agenda-date"><span>{weekday}" "</span><b>{number}</b></span> }
}

/// The two parts of "Tue 24 Nov" that the month above does not say.
fn weekday_and_number(day: &str) -> (String, String) {
    let mut parts = day.split_whitespace().map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

#[component]
fn Preview(row: AgendaRow, withdraw: ServerAction<WithdrawRequest>) -> impl IntoView {
    let page = my_page(row.about);
    let since = if is_request(&row) { "Sent" } else { "Agreed" };
    let join = row.room_open.then(|| room(row.about)).flatten();
    let has_room = room(row.about).is_some();
    let opens =
        (row.can_cancel && join.is_none() && has_room).then(|| format!("The room opens at {}.", row.room_opens.from));
    let cancel = row.can_cancel.then(|| format!("{page}/cancel"));
    let take_back = row.can_withdraw.then(|| {
        let request = page.rsplit('/').next().unwrap_or_default().to_owned();
        view! {
            <ActionForm action=withdraw>
                <input type="hidden" name="request" value=request/>
                <input type="hidden" name="key" value=row.key.to_string()/>
                <Button kind=ButtonKind::Quiet button_type=ButtonType::Submit>"Withdraw"</Button>
            </ActionForm>
        }
    });
    let zone = row.when.zone.clone();
    let open = format!("Open {}, {}", row.when.day, row.when.from);
    view! {
        <div class="agenda-preview">
            <DefinitionList>
                <Definition term="When"><Span when=row.when.clone()/></Definition>
                <Definition term="With">{row.therapist.name} ", " {row.therapist.title}</Definition>
                <Definition term="For">{words::whom(&row.person)}</Definition>
                <Definition term=since><At when=row.since/></Definition>
                {row.has_summary.then(|| view! { <Definition term="Summary">"Shared with you"</Definition> })}
            </DefinitionList>
            {opens.map(|text| view! { <p>{text}</p> })}
            <ZoneLine zone/>
            <div class="cluster">
                {join.map(|href| view! { <LinkButton href external=true icon="video">"Join"</LinkButton> })}
                <LinkButton href=page label=open>"Open"</LinkButton>
                {cancel.map(|href| view! { <LinkButton href kind=ButtonKind::Quiet>"Cancel"</LinkButton> })}
                {take_back}
            </div>
        </div>
    }
}
