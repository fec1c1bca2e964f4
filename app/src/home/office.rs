//! The first pages of partner staff and of admins, as far as the house has something to show them.

use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PartnerHomePage() -> impl IntoView {
    view! {
        <Title text="Clients"/>
        <PageHeader title="Clients"/>
        <EmptyState icon="users" text="No client of your organisation has agreed to share anything with you yet."/>
    }
}

#[component]
pub fn AdminHomePage() -> impl IntoView {
    view! {
        <Title text="Overview"/>
        <PageHeader title="Overview"/>
        <ul class="lines">
            <li><a class="line" href="/admin/parameters">
                <Icon name="settings"/>
                <span class="line-main"><b>"Parameters"</b><br/><span class="fine">"Times, notice, requests, reminders and fees, and who changed them"</span></span>
                <Icon name="chevron-right"/>
            </a></li>
        </ul>
        <p class="muted">"Accounts are kept on the server. There, the command \"server audit verify\" says whether the audit chain holds."</p>
    }
}
