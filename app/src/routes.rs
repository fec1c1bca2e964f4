//! Every page of the house, by audience. Pages are lazy routes: a patient's phone never loads the desk
//! (architecture.md 6; decision 0001).

mod care;
mod desk;
mod lazy;
mod my;
mod office;
mod public;
mod room;

use crate::{frame::Frame, not_found::NotFoundPage};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|page: String| format!("{page} · TeleTherapy")/>
        <Router>
            <Frame>
                <Routes fallback=|| view! { <NotFoundPage/> }>
                    <Route path=path!("/") view={Lazy::<public::PublicHome>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view={Lazy::<public::SignIn>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/kit") view={Lazy::<public::Kit>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/my") view={Lazy::<my::Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/find") view={Lazy::<my::Find>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/find/:therapist") view={Lazy::<my::Therapist>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/book/:hold") view={Lazy::<my::Book>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/requests/:request") view={Lazy::<my::Request>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/calendar") view={Lazy::<my::Calendar>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit") view={Lazy::<my::Visit>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/cancel") view={Lazy::<my::Cancel>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/after") view={Lazy::<my::After>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/my/account") view={Lazy::<public::Account>::new()} ssr=SsrMode::Async/>

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
                    <Route path=path!("/care/account") view={Lazy::<public::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/desk") view={Lazy::<desk::Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/queue/:request") view={Lazy::<desk::Request>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits") view={Lazy::<desk::Visits>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/desk/account") view={Lazy::<public::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/partner") view={Lazy::<office::Partner>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/partner/account") view={Lazy::<public::Account>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin") view={Lazy::<office::Admin>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/admin/account") view={Lazy::<public::Account>::new()} ssr=SsrMode::Async/>

                    <Route path=path!("/room/:visit") view={Lazy::<room::Room>::new()} ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}
