//! The public first page: what the clinic does, in one screenful (S1).

use kit::prelude::*;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn PublicHomePage() -> impl IntoView {
    view! {
        <Title text="Care by video"/>
        <div class="public-home">
            <PageHeader title="Care by video, from home." subtitle="Therapy and psychiatry for adults. Sessions for children with autism, together with their family."/>
            <p class="public-home-action">
                <LinkButton href="/sign-in" kind=ButtonKind::Primary size=ButtonSize::Large>"Sign in"</LinkButton>
            </p>
            <Scene/>
            <div class="card-grid">
                <Card title="For adults">
                    <p>"Find a therapist who speaks your language and is licensed in your state. Choose a time. A person of our team confirms it."</p>
                </Card>
                <Card title="For children and families">
                    <p>"The child sees the therapist and one thing at a time: a picture, a short film, or a board to draw on. A parent sits beside."</p>
                </Card>
            </div>
            <Section title="What you need">
                <p>"A computer, tablet or phone with a camera, and a connection. The page checks them before your first visit."</p>
            </Section>
            <Section title="In danger">
                <p>"This is no emergency line. In danger, call 911. To talk to somebody now, call or text 988."</p>
            </Section>
        </div>
    }
}
