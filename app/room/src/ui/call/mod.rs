//! The room as patient or guardian: the stage, the therapist, and one bar. Nothing else (R45).

mod bar;
mod cards;
mod own;
mod remote;

pub use bar::{LeaveQuestion, MediaButtons, toggle_camera, toggle_microphone};
pub use own::OwnTile;
pub use remote::RemoteTile;

use super::{board::BoardTools, stage::Stage};
use crate::{client::room::Room, model::Shown};
use bar::AdultBar;
use cards::ChildBar;
use kit::prelude::*;
use leptos::prelude::*;

#[component]
pub fn PatientRoom() -> impl IntoView {
    let room = expect_context::<Room>();
    let child = room.is_child_page();
    let bare = move || room.stage.get().shown == Shown::Nothing;
    // With a child the adult beside it is seen by the camera anyway; an own picture distracts (room.md section 11).
    let own = (!child).then(|| view! { <OwnTile/> });
    view! {
        <section
            class="room"
            data-seat="patient"
            data-density=if child { "child" } else { "medium" }
            data-bare=move || bare().then_some("true")
        >
            <h1 class="visually-hidden">"Visit"</h1>
            <Stage/>
            <div class="room-people">
                <RemoteTile/>
                {own}
            </div>
            <div class="room-foot">
                <BoardTools line=true/>
                {if child { view! { <ChildBar/> }.into_any() } else { view! { <AdultBar/> }.into_any() }}
            </div>
            <HostAway/>
        </section>
    }
}

/// G23: the therapist comes back as therapist; nobody is promoted meanwhile.
#[component]
fn HostAway() -> impl IntoView {
    let room = expect_context::<Room>();
    let name = room.door.with_untracked(|door| door.therapist_name.clone());
    let child = room.is_child_page();
    move || {
        (!room.host_here()).then(|| {
            let words = if child {
                "One moment".to_owned()
            } else {
                format!("{name} comes back. Your place is kept.")
            };
            view! {
                <div class="room-moment" role="status">
                    <Icon name="clock"/>
                    <p>{words}</p>
                </div>
            }
        })
    }
}
