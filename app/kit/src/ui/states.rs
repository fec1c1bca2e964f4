//! How things stand.

use leptos::prelude::*;

use crate::prelude::*;

#[component]
pub(super) fn States(board: &'static str) -> impl IntoView {
    let feedback = view! {
        <div class="stack">
            <Banner tone=Tone::Info text="Requested. Tue 24 Nov, 10:00 is kept for you."/>
            <Banner tone=Tone::Good text="Confirmed. Tess Rivera meets you on Tue 24 Nov, 10:00 to 10:45."/>
            <Banner tone=Tone::Warn text="Card ends in 3 weeks."><LinkButton href="/kit" size=ButtonSize::Small>"Change"</LinkButton></Banner>
            <Banner tone=Tone::Bad text="10:00 was taken a moment ago. These times are free now."/>
        </div>
    };
    let life = vec![
        Step::new(StepState::Done, "Requested").note("20 Nov, 18:02"),
        Step::new(StepState::Done, "Confirmed").note("21 Nov, 09:15"),
        Step::new(StepState::Now, "Reserved").note("about $86"),
        Step::new(StepState::Later, "Charged").note("after the visit"),
    ];
    let path = vec![
        Step::new(StepState::Done, "Camera"),
        Step::new(StepState::Failed, "Microphone"),
        Step::new(StepState::Now, "Speaker"),
        Step::new(StepState::Later, "Connection"),
    ];
    view! {
        <Section title="States">
            <div class="cluster">
                <StateChip tone=Tone::Info text="Requested"/>
                <StateChip tone=Tone::Good text="Confirmed"/>
                <StateChip tone=Tone::Warn text="To confirm"/>
                <StateChip tone=Tone::Bad text="Time gone"/>
                <StateChip text="Did not take place"/>
                <Badge count=3_u32 label="3 unread"/>
                <Avatar name="Tess Rivera"/>
                <Avatar name="Ana Ortega"/>
                <Avatar name="Lia Nowak"/>
                <Avatar name="Bo" size=AvatarSize::Small/>
                <Avatar name="Gus Lindqvist" size=AvatarSize::Large/>
            </div>
            {feedback}
            <Countdown deadline_ms=300_000 now_ms=48_000 total_s=300 until="until 10:05">
                "10:00 on Tue 24 Nov is kept for you"
            </Countdown>
            <div class="split" data-even>
                <div class="stack">
                    <Progress label="Material" value=7.0 max=9.0 text="7 of 9".to_owned()/>
                    <Progress label="winter.mp4" value=52.0/>
                    <Steps items=path line=true/>
                    <Steps items=life/>
                </div>
                <div class="stack">
                    <EmptyState icon="calendar" text="No visit planned.">
                        <LinkButton href="/kit">"Find a therapist"</LinkButton>
                    </EmptyState>
                    <LoadFailed code="unavailable"/>
                    <Skeleton rows=2/>
                    <Skeleton rows=3 kind=SkeletonKind::Text/>
                    <Ring label=format!("Time until we start, {board}") value=62.0/>
                </div>
            </div>
        </Section>
    }
}
