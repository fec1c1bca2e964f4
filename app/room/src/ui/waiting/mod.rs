//! The waiting room: the film the therapist chose plays, the material loads, and the page always shows that something is
//! going on (G18). Nothing here has to be pressed.

mod adult;
mod child;
mod film;

use crate::client::room::Room;
use adult::AdultWaiting;
pub use adult::DeviceSettings;
use child::ChildWaiting;
pub use child::ForAdults;
use leptos::prelude::*;

#[component]
pub fn Waiting() -> impl IntoView {
    let room = expect_context::<Room>();
    if room.is_child_page() {
        view! { <ChildWaiting/> }.into_any()
    } else {
        view! { <AdultWaiting/> }.into_any()
    }
}
