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
        <EmptyState icon="shield" text="The accounts and parameters of this clinic are kept on its server. There, the command \"server audit verify\" says whether the audit chain holds."/>
    }
}
