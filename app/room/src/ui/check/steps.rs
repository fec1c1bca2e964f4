//! How far the check is.

use kit::prelude::*;
use leptos::prelude::*;
use std::cmp::Ordering;

#[component]
pub fn CheckSteps(names: &'static [&'static str], #[prop(into)] now: Signal<usize>) -> impl IntoView {
    move || {
        let now = now.get();
        let items = names
            .iter()
            .enumerate()
            .map(|(number, name)| {
                let state = match number.cmp(&now) {
                    Ordering::Less => StepState::Done,
                    Ordering::Equal => StepState::Now,
                    Ordering::Greater => StepState::Later,
                };
                Step::new(state, *name)
            })
            .collect::<Vec<_>>();
        view! { <Steps items line=true/> }
    }
}
