//! Every look at and change of a record leaves an entry in a hash chain, written in the transaction of the access:
//! no entry, no record (security.md 4.10). Entries name ids, never people.

use crate::{PatientId, StoreError, Tx, db::Who};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// What was done to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    Read,
    Created,
    Changed,
    Removed,
    SignedIn,
    SignedOut,
    Refused,
}

impl Looked {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Refused => "refused",
        }
    }
}

/// What was looked at: a kind of record, its id, and the patient it belongs to, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    kind: &'static str,
    id: Option<Uuid>,
    patient: Option<PatientId>,
    acting_for: Option<PatientId>,
}

impl Subject {
    pub const fn new(kind: &'static str, id: Uuid) -> Self {
        Self {
            kind,
            id: Some(id),
            patient: None,
            acting_for: None,
        }
    }

    /// A list or another thing without an id of its own.
    pub const fn kind(kind: &'static str) -> Self {
        Self {
            kind,
            id: None,
            patient: None,
            acting_for: None,
        }
    }

    #[must_use]
    pub const fn of(mut self, patient: PatientId) -> Self {
        self.patient = Some(patient);
        self
    }

    /// A guardian acts for this child: both ids are on the record (R9).
    #[must_use]
    pub const fn acting_for(mut self, patient: PatientId) -> Self {
        self.acting_for = Some(patient);
        self
    }
}

/// One entry to append. The order of fields is the order of the canonical encoding.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    acting_for: Option<Uuid>,
    patient: Option<Uuid>,
    action: &'static str,
    kind: &'static str,
    object: Option<Uuid>,
}

impl Entry {
    pub(crate) fn new(looked: Looked, subject: Subject) -> Self {
        Self {
            acting_for: subject.acting_for.map(PatientId::uuid),
            patient: subject.patient.map(PatientId::uuid),
            action: looked.as_str(),
            kind: subject.kind,
            object: subject.id,
        }
    }
}

/// Entries as `kernel.append_audit` takes them.
#[derive(Debug)]
pub struct Entries(Value);

impl Entries {
    /// For a statement within a transaction that keeps its own.
    pub const NONE: Self = Self(Value::Array(Vec::new()));

    pub(crate) fn of(entries: &[Entry]) -> Result<Self, StoreError> {
        let list = serde_json::to_value(entries).map_err(|_| StoreError::Corrupt("audit entry"))?;
        Ok(Self(list))
    }

    pub const fn as_json(&self) -> &Value {
        &self.0
    }
}

/// Records an access; it reaches the chain when `tx` commits.
pub fn record(tx: &mut Tx, looked: Looked, subject: Subject) {
    tx.note(Entry::new(looked, subject));
}

pub(crate) async fn append(conn: &mut PgConnection, who: Who, entries: &[Entry]) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let entries = Entries::of(entries)?;
    sqlx::query!(
        "SELECT kernel.append_audit($1, $2, $3) AS done",
        who.uid(),
        who.role(),
        entries.as_json()
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// What the verifier found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The chain holds; so many entries.
    Holds(i64),
    /// The first entry that does not follow from the one before it.
    BrokenAt(i64),
    /// The stored head is not the hash of the last entry: the tail was cut or rewritten.
    HeadMismatch,
}

/// One entry as stored, for the verifier.
struct Stored {
    seq: i64,
    micros: i64,
    actor: Option<Uuid>,
    acting_for: Option<Uuid>,
    role: String,
    patient: Option<Uuid>,
    action: String,
    kind: String,
    object: Option<Uuid>,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    /// The canonical encoding: each field as text, length-prefixed with four big-endian bytes, after the previous hash.
    /// `kernel.append_audit` writes the same; the two are kept apart on purpose, so that one can convict the other.
    fn hash_after(&self, prev: &[u8]) -> Vec<u8> {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let fields = [
            self.seq.to_string(),
            self.micros.to_string(),
            id(self.actor),
            id(self.acting_for),
            self.role.clone(),
            id(self.patient),
            self.action.clone(),
            self.kind.clone(),
            id(self.object),
        ];
        let mut hasher = Sha256::new_with_prefix(prev);
        for field in fields {
            hasher.update(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().to_vec()
    }
}

/// Walks the whole chain from its first entry to the stored head. Runs as the owner: the app role cannot read it all.
///
/// # Errors
/// `StoreError` when the database does not answer.
pub async fn verify(owner: &PgPool) -> Result<Verdict, StoreError> {
    const PAGE: i64 = 5_000;
    let (mut prev, mut last) = (vec![0_u8; 32], 0_i64);
    loop {
        let page = sqlx::query_as!(
            Stored,
            r#"
            SELECT seq, (extract(epoch FROM ts) * 1000000)::bigint AS "micros!", actor, acting_for, role, patient,
                   action, kind, object, prev, hash
            FROM kernel.audit_entry WHERE seq > $1 ORDER BY seq LIMIT $2
            "#,
            last,
            PAGE
        )
        .fetch_all(owner)
        .await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.seq != last + 1 || entry.prev != prev || entry.hash != entry.hash_after(&prev) {
                return Ok(Verdict::BrokenAt(entry.seq));
            }
            (prev, last) = (entry.hash, entry.seq);
        }
    }
    let head = sqlx::query!("SELECT seq, hash FROM kernel.audit_head")
        .fetch_one(owner)
        .await?;
    if head.seq == last && head.hash == prev {
        Ok(Verdict::Holds(last))
    } else {
        Ok(Verdict::HeadMismatch)
    }
}
