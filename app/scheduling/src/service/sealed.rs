//! The free texts of this slice, sealed under the patient's key and bound to their column and row.

use crate::Error;
use chrono::{DateTime, Utc};
use kernel::{
    PatientId, StoreError, Tx,
    seal::{Place, Vault},
};
use uuid::Uuid;

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub enum Text {
    /// The draft beside a hold.
    HoldReason,
    /// Why the patient wants the visit.
    RequestReason,
    /// The desk's words about a declined request.
    DeclineWords,
    /// The therapist's summary.
    Summary,
    /// The summary before it is confirmed.
    SummaryDraft,
    /// What was said when a visit was cancelled.
    CancelWords,
    /// What was said when a visit was planned for the patient.
    VisitMessage,
    /// What was said about one step of the history.
    HistoryWords,
    /// What the desk asks about a request.
    Question,
    /// What the patient's side says to that.
    Answer,
    /// What was said when other times were proposed.
    ProposalWords,
    /// Why somebody on the waiting list wants the visit.
    WishReason,
    /// The same, typed and refused.
    WishDraft,
    /// Answers to a form that are not sent yet.
    PrescreenDraft,
    /// Answers to a form that came with a request.
    PrescreenAnswers,
}

impl Text {
    const fn place(self, row: Uuid) -> Place {
        let (table, column) = match self {
            Self::HoldReason => ("scheduling.slot_hold", "reason"),
            Self::RequestReason => ("scheduling.booking_request", "reason"),
            Self::DeclineWords => ("scheduling.booking_request", "words"),
            Self::Summary => ("scheduling.visit", "summary"),
            Self::SummaryDraft => ("scheduling.summary_draft", "words"),
            Self::CancelWords => ("scheduling.visit", "cancel_words"),
            Self::VisitMessage => ("scheduling.visit", "message"),
            Self::ProposalWords => ("scheduling.proposal", "words"),
            Self::WishReason => ("scheduling.waitlist_wish", "reason"),
            Self::WishDraft => ("scheduling.waitlist_draft", "reason"),
            Self::HistoryWords => ("scheduling.visit_history", "words"),
            Self::Question => ("scheduling.request_question", "question"),
            Self::Answer => ("scheduling.request_question", "answer"),
            Self::PrescreenDraft => ("scheduling.prescreen_draft", "answers"),
            Self::PrescreenAnswers => ("scheduling.prescreen_answers", "answers"),
        };
        Place { table, column, row }
    }

    /// Seals `plain`, if there is any.
    pub async fn seal(
        self,
        vault: &Vault,
        tx: &mut Tx,
        now: DateTime<Utc>,
        patient: PatientId,
        row: Uuid,
        plain: Option<&str>,
    ) -> Result<Option<Vec<u8>>, Error> {
        match plain {
            Some(plain) => Ok(Some(
                vault.seal(tx, now, patient, self.place(row), plain.as_bytes()).await?,
            )),
            None => Ok(None),
        }
    }

    /// Opens what was sealed here; empty when nothing was.
    pub async fn open(
        self,
        vault: &Vault,
        tx: &mut Tx,
        patient: PatientId,
        row: Uuid,
        sealed: Option<&[u8]>,
    ) -> Result<String, Error> {
        match sealed {
            Some(sealed) => {
                let plain = vault.open(tx, patient, self.place(row), sealed).await?;
                Ok(String::from_utf8(plain).map_err(|_| StoreError::Corrupt("sealed text"))?)
            }
            None => Ok(String::new()),
        }
    }
}
