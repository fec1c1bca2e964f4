//! Every page of the house, by audience. Pages are lazy routes: a patient's phone never loads the desk
//! (architecture.md 6; decision 0001).

mod care;
mod desk;
mod door;
mod family;
mod lazy;
mod room;
mod workshop;

use crate::{frame::Frame, not_found::NotFoundPage};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The title of a document whose page is still loading its piece.
const HOUSE: &str = "TeleTherapy";

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Runs in the browser only, once the page has taken over. The journeys wait for it: before, a click may be lost.
    Effect::new(|_| {
        if let Some(html) = document().document_element() {
            let _only_a_mark = html.set_attribute("data-hydrated", "");
        }
    });
    view! {
        <Title text=HOUSE formatter=|page: String| if page == HOUSE { page } else { format!("{page} · {HOUSE}") }/>
        <Router>
            <Frame>
                <Routes fallback=|| view! { <NotFoundPage/> }>
                    <Route path=path!("/") view={Lazy::<door::PublicHome>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view={Lazy::<door::SignIn>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/kit") view={Lazy::<workshop::Kit>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/my") view={Lazy::<family::Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/find") view={Lazy::<family::Find>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/find/:therapist") view={Lazy::<family::Therapist>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/book/:hold") view={Lazy::<family::Book>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/requests/:request") view={Lazy::<family::Request>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/calendar") view={Lazy::<family::Calendar>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit") view={Lazy::<family::Visit>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/cancel") view={Lazy::<family::Cancel>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/after") view={Lazy::<family::After>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/account") view={Lazy::<door::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/care") view={Lazy::<care::Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/calendar") view={Lazy::<care::Calendar>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/availability") view={Lazy::<care::Availability>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit") view={Lazy::<care::Visit>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/prepare") view={Lazy::<care::Prepare>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/after") view={Lazy::<care::After>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients") view={Lazy::<care::Patients>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients/new") view={Lazy::<care::NewPatient>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients/:patient") view={Lazy::<care::Patient>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/library") view={Lazy::<care::Library>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/care/account") view={Lazy::<door::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/desk") view={Lazy::<desk::Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/queue/:request") view={Lazy::<desk::Request>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits") view={Lazy::<desk::Visits>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/account") view={Lazy::<door::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/partner") view={Lazy::<desk::Partner>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partner/account") view={Lazy::<door::Account>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin") view={Lazy::<desk::Admin>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/account") view={Lazy::<door::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/room/test") view={Lazy::<room::Test>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/room/:visit") view={Lazy::<room::Room>::new()} ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}
