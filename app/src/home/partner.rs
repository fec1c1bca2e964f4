//! The first page of partner staff. Until clients and referrals have pages of their own it says what holds today, and no more.

use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PartnerHomePage() -> impl IntoView {
    view! {
        <Title text="Clients"/>
        <PageHeader title="Clients"/>
        <div class="stack" data-gap="large">
            <EmptyState icon="users" text="No client of your organisation has agreed to share anything with you yet. Who agrees appears here, with what they share and until when."/>
            <Section title="How a referral runs today">
                <ol class="help-steps">
                    <li>"Your client agrees, in writing, that you refer them."</li>
                    <li>"You call our team. Nothing about a client is sent by e-mail."</li>
                    <li>"Our team speaks with the client and sets up their account."</li>
                    <li>"The client decides what you may see, and can end it at any time."</li>
                </ol>
                <p class="muted">"Referring on this page is not open yet."</p>
            </Section>
            <Section title="What you can do here">
                <ul class="lines">
                    <li><a class="line" href="/partner/account">
                        <Icon name="user"/>
                        <span class="line-main"><b>"Your account"</b><br/><span class="fine">"Where you are signed in, and how to end that"</span></span>
                        <Icon name="chevron-right"/>
                    </a></li>
                </ul>
            </Section>
        </div>
    }
}
