//! Sealed fields: AES-256-GCM under a data key per patient, which a versioned master key wraps (security.md 4.9).
//!
//! A sealed value is bound to its place (table, column, row, patient): pasted anywhere else it does not open.
//! Layout: `version 1 | data key id 16 | nonce 12 | ciphertext and tag`.

use crate::{PatientId, StoreError, Tx};
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Nonce, Payload},
};
use chrono::{DateTime, Utc};
use std::{
    collections::HashMap,
    fmt, io,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};
use uuid::Uuid;

const VERSION: u8 = 1;
const NONCE: usize = 12;
const HEADER: usize = 1 + 16 + NONCE;

/// Why a value cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Changed, cut, moved to another place, or sealed under another key. Raises an alarm in the log.
    #[error("does not open here")]
    Forged,
    #[error("unknown version or key")]
    UnknownKey,
    #[error("no randomness: {0}")]
    Random(getrandom::Error),
    #[error("master key file: {0}")]
    MasterKey(String),
}

/// Whose data key seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Patient(PatientId),
    /// A therapist's library, which belongs to no patient.
    Library(Uuid),
}

impl Scope {
    const fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Patient(id) => ("patient", id.uuid()),
            Self::Library(id) => ("library", id),
        }
    }
}

/// Where a sealed value stands. It opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

/// A 256-bit key that never prints.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

impl Key {
    /// # Errors
    /// `Random` when the system has no randomness to give.
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(SealError::Random)?;
        Ok(Self(bytes))
    }

    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }

    /// `nonce | ciphertext and tag`, bound to `aad`.
    ///
    /// # Errors
    /// `Random` when the system has no randomness to give.
    pub fn seal(&self, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).map_err(SealError::Random)?;
        let sealed = self
            .cipher()
            .encrypt(&Nonce::<Aes256Gcm>::from(nonce), Payload { msg: plain, aad })
            .map_err(|_| SealError::Forged)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// # Errors
    /// `Forged` when the text was not sealed by this key for this `aad`.
    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Forged)?;
        self.cipher()
            .decrypt(&Nonce::<Aes256Gcm>::from(*nonce), Payload { msg: sealed, aad })
            .map_err(|_| SealError::Forged)
    }
}

/// The versioned master keys, from a file outside the database: one `version hex` line each, the last one wraps.
#[derive(Debug, Clone)]
pub struct MasterKeys(Vec<(i32, Key)>);

impl MasterKeys {
    /// Reads the file, or makes it with one fresh key and mode 0600.
    ///
    /// # Errors
    /// `MasterKey` when the file cannot be made or read, is open to others, or holds something else.
    pub fn load_or_create(path: &Path) -> Result<Self, SealError> {
        let fail = |error: io::Error| SealError::MasterKey(format!("{}: {error}", path.display()));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                refuse_if_open(path)?;
                Self::parse(&text)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Key::random()?;
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(fail)?;
                }
                write_private(path, &format!("1 {}\n", hex::encode(key.0))).map_err(fail)?;
                Ok(Self(vec![(1, key)]))
            }
            Err(error) => Err(fail(error)),
        }
    }

    fn parse(text: &str) -> Result<Self, SealError> {
        let bad = || SealError::MasterKey("each line is `version 64-hex-digits`".to_owned());
        let keys: Vec<(i32, Key)> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let (version, key) = line.trim().split_once(' ').ok_or_else(bad)?;
                let bytes = hex::decode(key.trim())
                    .ok()
                    .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
                Ok((version.parse().map_err(|_| bad())?, Key(bytes.ok_or_else(bad)?)))
            })
            .collect::<Result<_, SealError>>()?;
        if keys.is_empty() { Err(bad()) } else { Ok(Self(keys)) }
    }

    /// A fresh key that lives in memory only, for tests.
    ///
    /// # Errors
    /// `Random` when the system has no randomness to give.
    pub fn ephemeral() -> Result<Self, SealError> {
        Ok(Self(vec![(1, Key::random()?)]))
    }

    fn newest(&self) -> Result<&(i32, Key), SealError> {
        self.0
            .iter()
            .max_by_key(|(version, _)| *version)
            .ok_or(SealError::UnknownKey)
    }

    fn version(&self, wanted: i32) -> Result<&Key, SealError> {
        self.0
            .iter()
            .find(|(version, _)| *version == wanted)
            .map(|(_, key)| key)
            .ok_or(SealError::UnknownKey)
    }
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn refuse_if_open(path: &Path) -> Result<(), SealError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)
        .map_err(|error| SealError::MasterKey(error.to_string()))?
        .permissions()
        .mode();
    // No bit for group or others.
    if mode.trailing_zeros() >= 6 {
        Ok(())
    } else {
        Err(SealError::MasterKey(format!(
            "{} is open to others (mode {:o}); run chmod 600",
            path.display(),
            mode & 0o777
        )))
    }
}

/// Seals and opens fields; keeps unwrapped data keys in memory.
#[derive(Debug, Clone)]
pub struct Vault {
    master: Arc<MasterKeys>,
    by_scope: Arc<RwLock<HashMap<Scope, (Uuid, Key)>>>,
}

impl Vault {
    pub fn new(master: MasterKeys) -> Self {
        Self {
            master: Arc::new(master),
            by_scope: Arc::default(),
        }
    }

    /// Seals `plain` for its place under the patient's key, which is made on first use.
    ///
    /// # Errors
    /// `StoreError` when the key cannot be read, made or kept.
    pub async fn seal(
        &self,
        tx: &mut Tx,
        now: DateTime<Utc>,
        patient: PatientId,
        place: Place,
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let (id, key) = self.data_key(tx, now, Scope::Patient(patient)).await?;
        Ok(sealed_with(id, &key, patient, place, plain)?)
    }

    /// Seals without asking the database; `None` while the patient's key is not in memory.
    ///
    /// # Errors
    /// `Random` when the system has no randomness to give.
    pub fn seal_from_memory(
        &self,
        patient: PatientId,
        place: Place,
        plain: &[u8],
    ) -> Result<Option<Vec<u8>>, SealError> {
        self.in_memory(Scope::Patient(patient))
            .map(|(id, key)| sealed_with(id, &key, patient, place, plain))
            .transpose()
    }

    /// Opens a sealed text.
    ///
    /// # Errors
    /// `Forged` when it was changed or moved, `UnknownKey` for a version or key that is not ours.
    pub async fn open(
        &self,
        tx: &mut Tx,
        patient: PatientId,
        place: Place,
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        if sealed.len() < HEADER || sealed[0] != VERSION {
            return Err(SealError::UnknownKey.into());
        }
        let (id, key) = self
            .existing_key(tx, Scope::Patient(patient))
            .await?
            .ok_or(SealError::UnknownKey)?;
        if id.as_bytes() != &sealed[1..17] {
            return Err(SealError::UnknownKey.into());
        }
        key.open(&aad(patient.uuid(), place), &sealed[17..]).map_err(|error| {
            tracing::error!(table = place.table, column = place.column, row = %place.row, "a sealed value does not open");
            error.into()
        })
    }

    /// The data key of a scope, made on first use, for sealed objects.
    ///
    /// # Errors
    /// `StoreError` when the key cannot be read, made or kept.
    pub async fn data_key(&self, tx: &mut Tx, now: DateTime<Utc>, scope: Scope) -> Result<(Uuid, Key), StoreError> {
        if let Some(found) = self.existing_key(tx, scope).await? {
            return Ok(found);
        }
        let (version, master) = self.master.newest()?;
        let (kind, scope_id) = scope.parts();
        let key = Key::random()?;
        let wrapped = master.seal(&wrap_aad(*version, kind, scope_id), key.bytes())?;
        // Two first uses at once: the second insert does nothing and reads the winner's key.
        sqlx::query!(
            "INSERT INTO kernel.data_key (id, scope, scope_id, master_version, wrapped, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT data_key_scope DO NOTHING",
            Uuid::now_v7(),
            kind,
            scope_id,
            version,
            wrapped,
            now
        )
        .execute(&mut **tx)
        .await?;
        self.read_key(tx, scope)
            .await?
            .ok_or_else(|| SealError::UnknownKey.into())
    }

    async fn existing_key(&self, tx: &mut Tx, scope: Scope) -> Result<Option<(Uuid, Key)>, StoreError> {
        match self.in_memory(scope) {
            Some(found) => Ok(Some(found)),
            None => self.read_key(tx, scope).await,
        }
    }

    fn in_memory(&self, scope: Scope) -> Option<(Uuid, Key)> {
        let keys = self.by_scope.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(&scope).cloned()
    }

    async fn read_key(&self, tx: &mut Tx, scope: Scope) -> Result<Option<(Uuid, Key)>, StoreError> {
        let (kind, scope_id) = scope.parts();
        let Some(row) = sqlx::query!(
            r#"
            SELECT id, master_version, wrapped, (xmin = pg_current_xact_id_if_assigned()::xid) IS NOT TRUE AS "committed!"
            FROM kernel.data_key WHERE scope = $1 AND scope_id = $2
            "#,
            kind,
            scope_id
        )
        .fetch_optional(&mut **tx)
        .await?
        else {
            return Ok(None);
        };
        let master = self.master.version(row.master_version)?;
        let bytes = master.open(&wrap_aad(row.master_version, kind, scope_id), &row.wrapped)?;
        let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| SealError::Forged)?;
        let found = (row.id, Key(bytes));
        // A key of this very transaction may still roll back; remembered, it would seal what nobody can open again.
        if row.committed {
            self.by_scope
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(scope, found.clone());
        }
        Ok(Some(found))
    }
}

/// Length-prefixed, so that no two places share an encoding.
fn length_prefixed(fields: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for field in fields {
        out.extend(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend(*field);
    }
    out
}

fn sealed_with(id: Uuid, key: &Key, patient: PatientId, place: Place, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let sealed = key.seal(&aad(patient.uuid(), place), plain)?;
    Ok([[VERSION].as_slice(), id.as_bytes(), &sealed].concat())
}

fn aad(patient: Uuid, place: Place) -> Vec<u8> {
    length_prefixed(&[
        &[VERSION],
        place.table.as_bytes(),
        place.column.as_bytes(),
        place.row.as_bytes(),
        patient.as_bytes(),
    ])
}

fn wrap_aad(version: i32, kind: &str, scope_id: Uuid) -> Vec<u8> {
    length_prefixed(&[
        b"data key",
        &version.to_be_bytes(),
        kind.as_bytes(),
        scope_id.as_bytes(),
    ])
}
