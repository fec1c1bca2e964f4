//! Every page of the house, by audience. Pages are lazy routes: a patient's phone never loads the desk
//! (architecture.md 6; decision 0001).

mod account;
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
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The title of a document whose page is still loading its piece.
const HOUSE: &str = "TeleTherapy";

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text=HOUSE formatter=|page: String| if page == HOUSE { page } else { format!("{page} · {HOUSE}") }/>
        <Router>
            <Frame>
                <Routes fallback=|| view! { <NotFoundPage/> }>
                    <Route path=path!("/") view=door::PUBLIC_HOME ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=door::SIGN_IN ssr=SsrMode::Async/>
                    <Route path=path!("/kit") view=workshop::KIT ssr=SsrMode::Async/>

                    <Route path=path!("/my") view=family::HOME ssr=SsrMode::Async/>
                    <Route path=path!("/my/find") view=family::FIND ssr=SsrMode::Async/>
                    <Route path=path!("/my/find/any") view=family::ANY ssr=SsrMode::Async/>
                    <Route path=path!("/my/find/:therapist") view=family::THERAPIST ssr=SsrMode::Async/>
                    <Route path=path!("/my/book/:hold") view=family::BOOK ssr=SsrMode::Async/>
                    <Route path=path!("/my/requests/:request") view=family::REQUEST ssr=SsrMode::Async/>
                    <Route path=path!("/my/requests/:request/questions") view=family::LATER ssr=SsrMode::Async/>
                    <Route path=path!("/my/calendar") view=family::CALENDAR ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit") view=family::VISIT ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/cancel") view=family::CANCEL ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/move") view=family::MOVE ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/series") view=family::SERIES ssr=SsrMode::Async/>
                    <Route path=path!("/my/visits/:visit/after") view=family::AFTER ssr=SsrMode::Async/>
                    <Route path=path!("/my/waitlist") view=family::WAITLIST ssr=SsrMode::Async/>
                    <Route path=path!("/my/waitlist/new") view=family::JOIN_WAITLIST ssr=SsrMode::Async/>
                    <Route path=path!("/my/waitlist/:offer") view=family::OFFER ssr=SsrMode::Async/>
                    <Route path=path!("/my/account") view=account::ACCOUNT ssr=SsrMode::Async/>
                    <Route path=path!("/my/account/feed") view=account::FEED ssr=SsrMode::Async/>
                    <Route path=path!("/my/account/letters") view=account::LETTERS ssr=SsrMode::Async/>

                    <Route path=path!("/care") view=care::HOME ssr=SsrMode::Async/>
                    <Route path=path!("/care/calendar") view=care::CALENDAR ssr=SsrMode::Async/>
                    <Route path=path!("/care/availability") view=care::AVAILABILITY ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/new") view=care::PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/new/series") view=care::PLAN_SERIES ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/series") view=care::SERIES ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/move") view=care::MOVE ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit") view=care::VISIT ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/prepare") view=care::PREPARE ssr=SsrMode::Async/>
                    <Route path=path!("/care/visits/:visit/after") view=care::AFTER ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients") view=care::PATIENTS ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients/new") view=care::NEW_PATIENT ssr=SsrMode::Async/>
                    <Route path=path!("/care/patients/:patient") view=care::PATIENT ssr=SsrMode::Async/>
                    <Route path=path!("/care/library") view=care::LIBRARY ssr=SsrMode::Async/>
                    <Route path=path!("/care/account") view=account::ACCOUNT ssr=SsrMode::Async/>
                    <Route path=path!("/care/account/feed") view=account::FEED ssr=SsrMode::Async/>
                    <Route path=path!("/care/account/letters") view=account::LETTERS ssr=SsrMode::Async/>

                    <Route path=path!("/desk") view=desk::HOME ssr=SsrMode::Async/>
                    <Route path=path!("/desk/queue/:item") view=desk::ITEM ssr=SsrMode::Async/>
                    <Route path=path!("/desk/bulk") view=desk::MANY ssr=SsrMode::Async/>
                    <Route path=path!("/desk/decided") view=desk::DECIDED ssr=SsrMode::Async/>
                    <Route path=path!("/desk/templates") view=desk::TEMPLATES ssr=SsrMode::Async/>
                    <Route path=path!("/desk/calendar") view=desk::CALENDAR ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits") view=desk::VISITS ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits/new") view=desk::PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits/new/series") view=desk::PLAN_SERIES ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits/:visit/series") view=desk::SERIES ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits/:visit") view=desk::VISIT ssr=SsrMode::Async/>
                    <Route path=path!("/desk/visits/:visit/move") view=desk::MOVE ssr=SsrMode::Async/>
                    <Route path=path!("/desk/services") view=desk::SERVICES ssr=SsrMode::Async/>
                    <Route path=path!("/desk/questions") view=desk::QUESTIONS ssr=SsrMode::Async/>
                    <Route path=path!("/desk/questions/:form") view=desk::QUESTION_FORM ssr=SsrMode::Async/>
                    <Route path=path!("/desk/therapists/:therapist") view=desk::SCHEDULE ssr=SsrMode::Async/>
                    <Route path=path!("/desk/closures") view=desk::CLOSURES ssr=SsrMode::Async/>
                    <Route path=path!("/desk/account") view=account::ACCOUNT ssr=SsrMode::Async/>

                    <Route path=path!("/partner") view=desk::PARTNER ssr=SsrMode::Async/>
                    <Route path=path!("/partner/account") view=account::ACCOUNT ssr=SsrMode::Async/>
                    <Route path=path!("/admin") view=desk::ADMIN ssr=SsrMode::Async/>
                    <Route path=path!("/admin/parameters") view=desk::PARAMETERS ssr=SsrMode::Async/>
                    <Route path=path!("/admin/parameters/:group") view=desk::PARAMETERS ssr=SsrMode::Async/>
                    <Route path=path!("/admin/questions") view=desk::ADMIN_QUESTIONS ssr=SsrMode::Async/>
                    <Route path=path!("/admin/questions/:form") view=desk::ADMIN_QUESTION_FORM ssr=SsrMode::Async/>
                    <Route path=path!("/admin/connections") view=desk::CONNECTIONS ssr=SsrMode::Async/>
                    <Route path=path!("/admin/closures") view=desk::CLOSURES ssr=SsrMode::Async/>
                    <Route path=path!("/admin/account") view=account::ACCOUNT ssr=SsrMode::Async/>

                    <Route path=path!("/room/test") view=room::TEST ssr=SsrMode::Async/>
                    <Route path=path!("/room/:visit") view=room::ROOM ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}
