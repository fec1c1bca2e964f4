//! The one place where a request is decided (G11): approve, or decline with a reason and words.

use crate::{
    api::{ApproveRequest, DeclineRequest, view::RequestDetailView},
    model::DeclineReason,
    ui::{
        parts::{ActFailed, failure, failure_at},
        words,
    },
};
use kit::prelude::*;
use leptos::prelude::*;

/// Ids that the keys `a` and `r` lead to.
pub const APPROVE: &str = "approve";
pub const DECLINE: &str = "decline";

#[component]
pub fn Decide(
    view: RequestDetailView,
    approve: ServerAction<ApproveRequest>,
    decline: ServerAction<DeclineRequest>,
    /// The words to the patient, as typed: they outlive a refused decision.
    typed: RwSignal<String>,
) -> impl IntoView {
    let (request, key) = (view.row.request, view.key);
    let refused = failure(decline);
    let mut reasons = vec![(String::new(), "Please choose".to_owned())];
    reasons.extend(
        DeclineReason::ALL
            .iter()
            .map(|reason| (reason.as_str().to_owned(), words::decline_choice(*reason).to_owned())),
    );
    let approving = view.can_approve.then(|| {
        view! {
            <ActionForm action=approve attr:id=APPROVE>
                <input type="hidden" name="request" value=request.to_string()/>
                <input type="hidden" name="key" value=key.to_string()/>
                <Button kind=ButtonKind::Primary button_type=ButtonType::Submit busy=approve.pending() busy_text="Approving">
                    "Approve " <kbd aria-hidden="true">"a"</kbd>
                </Button>
            </ActionForm>
        }
    });
    let declining = view.can_decline.then(|| {
        let open = refused.with_untracked(Option::is_some) || !typed.with_untracked(String::is_empty);
        view! {
            <details class="unfold" id=DECLINE open=open>
                <summary>"Decline " <kbd aria-hidden="true">"r"</kbd></summary>
                <ActionForm action=decline attr:class="form">
                    <ActFailed failure=refused/>
                    <input type="hidden" name="request" value=request.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <Select name="reason" label="Reason" options=reasons required=true error=failure_at(refused, "reason")/>
                    <TextArea
                        name="words"
                        label="Words to the patient"
                        hint="As the patient will read them. Needed for another reason."
                        value=typed.get_untracked()
                        rows=3
                        maxlength=view.text_limit
                        error=failure_at(refused, "words")
                        on_input=Callback::new(move |text| typed.set(text))
                    />
                    <div><Button kind=ButtonKind::Danger button_type=ButtonType::Submit busy=decline.pending() busy_text="Declining">"Decline the request"</Button></div>
                </ActionForm>
            </details>
        }
    });
    view! {
        <ActFailed failure=failure(approve)/>
        <div class="decide">{approving}{declining}</div>
    }
}
