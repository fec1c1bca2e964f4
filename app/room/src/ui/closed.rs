//! The ends of the line: too early, ended, and closed for a reason.

use super::{clock, words};
use crate::{
    api::RoomDoor,
    client::{dom::Ticker, room::Room},
    model::Seat,
};
use kernel::VisitId;
use kit::prelude::*;
use leptos::prelude::*;
use live::Closing;

/// How often a page that came too early asks again.
const ASK_AGAIN_MS: i32 = 20_000;

/// The page may stay open; it opens by itself.
#[component]
pub fn TooEarly(door: RoomDoor, again: Callback<()>) -> impl IntoView {
    let _asking = StoredValue::new_local(Ticker::every(ASK_AGAIN_MS, move || again.run(())));
    let (opens, starts) = (clock::clock(door.opens_at), clock::clock(door.starts));
    view! {
        <section class="page" data-width="narrow"><div class="stack" data-state="early">
            <h1>"The room opens at " {opens}</h1>
            <p>"Your visit starts at " {starts} ". You can leave this page open; it opens by itself."</p>
            <LinkButton href=visit_page(door.seat, door.visit) external=true>"Back to the visit"</LinkButton>
        </div></section>
    }
}

/// The visit is over: what comes next has its own page.
#[component]
pub fn Ended(seat: Seat, visit: VisitId, child: bool) -> impl IntoView {
    let after = format!("{}/after", visit_page(seat, visit));
    let (title, next) = match (child, seat) {
        (true, _) => ("All done", "For adults"),
        (false, Seat::Host) => ("The visit has ended", "Confirm the visit"),
        (false, _) => ("The visit has ended", "Go on"),
    };
    view! {
        <section class="page" data-width="narrow" data-state="ended">
            <h1 class="visually-hidden">{title}</h1>
            <EmptyState icon="check" text=title>
                <LinkButton href=after external=true kind=ButtonKind::Primary size=ButtonSize::Large>{next}</LinkButton>
            </EmptyState>
        </section>
    }
}

#[component]
pub fn Closed(why: Closing, room: Room) -> impl IntoView {
    let (seat, visit) = room.door.with_untracked(|door| (door.seat, door.visit));
    let reload = move || {
        // A window that cannot reload is being closed.
        let _ = window().location().reload();
    };
    let act = match why {
        Closing::Superseded => view! {
            <Button kind=ButtonKind::Primary on_press=move || room.reopen()>"Use this one"</Button>
        }
        .into_any(),
        Closing::SessionEnded => view! {
            <LinkButton href=format!("/sign-in?next=/room/{visit}") external=true kind=ButtonKind::Primary>"Sign in"</LinkButton>
        }
        .into_any(),
        Closing::NotAllowed | Closing::Removed => view! { <LinkButton href="/" external=true>"Go to the first page"</LinkButton> }.into_any(),
        Closing::Left => view! {
            <Button kind=ButtonKind::Primary on_press=reload>"Come back"</Button>
            <LinkButton href=visit_page(seat, visit) external=true>"Back to the visit"</LinkButton>
        }
        .into_any(),
        Closing::CalledOff | Closing::TooManyDevices => view! {
            <LinkButton href=visit_page(seat, visit) external=true kind=ButtonKind::Primary>"Back to the visit"</LinkButton>
        }
        .into_any(),
        _ => view! { <Button kind=ButtonKind::Primary on_press=reload>"Load the page again"</Button> }.into_any(),
    };
    let child = room.is_child_page();
    view! {
        <section class="page" data-width="narrow"><div class="stack" data-state="closed">
            {(!child).then(|| view! { <h1>{words::closing(why)}</h1> })}
            {child.then(|| view! { <Icon name="moon"/><h1 class="visually-hidden">"One moment"</h1> })}
            <div class="actions">{act}</div>
        </div></section>
    }
}

/// The visit's page in the area of the reader.
pub fn visit_page(seat: Seat, visit: VisitId) -> String {
    let area = if seat == Seat::Host { "care" } else { "my" };
    format!("/{area}/visits/{visit}")
}
