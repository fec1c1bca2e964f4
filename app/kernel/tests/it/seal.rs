//! Sealed fields open in their own place and nowhere else (T12); the master key is guarded.

use kernel::{
    PatientId, StoreError, Task, Tx,
    seal::{MasterKeys, Place, Scope, SealError, Vault},
    testing::{TestHouse, tempdir},
};
use std::os::unix::fs::PermissionsExt;
use uuid::Uuid;

const NOTE: Place = Place {
    table: "people.patient",
    column: "diagnosis",
    row: Uuid::from_u128(9),
};

fn patient(n: u128) -> PatientId {
    PatientId::new(Uuid::from_u128(n))
}

async fn begin(clinic: &TestHouse) -> Tx {
    clinic.house.db.begin_task(Task::Seed).await.unwrap()
}

#[tokio::test]
async fn a_sealed_value_opens_in_its_place_only() {
    let clinic = TestHouse::start().await;
    let (vault, now) = (&clinic.house.vault, clinic.house.clock.now());
    let mut tx = begin(&clinic).await;
    let sealed = vault.seal(&mut tx, now, patient(1), NOTE, b"canary").await.unwrap();
    assert!(!sealed.windows(6).any(|window| window == b"canary"));
    assert_eq!(vault.open(&mut tx, patient(1), NOTE, &sealed).await.unwrap(), b"canary");

    // A key of patient 2 must exist, or the swap would fail for want of it.
    vault.seal(&mut tx, now, patient(2), NOTE, b"other").await.unwrap();
    let elsewhere = [
        (patient(2), NOTE),
        (
            patient(1),
            Place {
                column: "notes",
                ..NOTE
            },
        ),
        (
            patient(1),
            Place {
                table: "people.account",
                ..NOTE
            },
        ),
        (
            patient(1),
            Place {
                row: Uuid::from_u128(10),
                ..NOTE
            },
        ),
    ];
    for (who, place) in elsewhere {
        let refused = vault.open(&mut tx, who, place, &sealed).await;
        assert!(
            matches!(
                refused,
                Err(StoreError::Seal(SealError::Forged | SealError::UnknownKey))
            ),
            "{place:?}"
        );
    }
}

#[tokio::test]
async fn every_flipped_byte_and_every_cut_is_found() {
    let clinic = TestHouse::start().await;
    let vault = &clinic.house.vault;
    let mut tx = begin(&clinic).await;
    let sealed = vault
        .seal(&mut tx, clinic.house.clock.now(), patient(1), NOTE, b"note")
        .await
        .unwrap();
    for at in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        assert!(
            vault.open(&mut tx, patient(1), NOTE, &flipped).await.is_err(),
            "byte {at}"
        );
        assert!(
            vault.open(&mut tx, patient(1), NOTE, &sealed[..at]).await.is_err(),
            "cut to {at}"
        );
    }
}

#[tokio::test]
async fn the_same_text_never_looks_the_same_twice() {
    let clinic = TestHouse::start().await;
    let now = clinic.house.clock.now();
    let mut tx = begin(&clinic).await;
    let one = clinic
        .house
        .vault
        .seal(&mut tx, now, patient(1), NOTE, b"note")
        .await
        .unwrap();
    let two = clinic
        .house
        .vault
        .seal(&mut tx, now, patient(1), NOTE, b"note")
        .await
        .unwrap();
    assert_ne!(one, two);
}

#[tokio::test]
async fn two_first_uses_at_once_agree_on_one_key() {
    let clinic = TestHouse::start().await;
    let now = clinic.house.clock.now();
    let first_use = || async {
        let mut tx = begin(&clinic).await;
        let key = clinic
            .house
            .vault
            .data_key(&mut tx, now, Scope::Patient(patient(1)))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        key.0
    };
    let keys = futures::future::join_all((0..8).map(|_| first_use())).await;
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

/// The key of a transaction that rolled back was never stored: whatever it sealed could not be opened again.
#[tokio::test]
async fn a_key_of_a_rolled_back_transaction_is_not_remembered() {
    let clinic = TestHouse::start().await;
    let now = clinic.house.clock.now();
    let mut lost = begin(&clinic).await;
    let lost_key = clinic
        .house
        .vault
        .data_key(&mut lost, now, Scope::Patient(patient(1)))
        .await
        .unwrap();
    // Once more, the way a second field of the same record asks for it.
    clinic
        .house
        .vault
        .data_key(&mut lost, now, Scope::Patient(patient(1)))
        .await
        .unwrap();
    drop(lost);

    let mut tx = begin(&clinic).await;
    let sealed = clinic
        .house
        .vault
        .seal(&mut tx, now, patient(1), NOTE, b"note")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = begin(&clinic).await;
    let kept = clinic
        .house
        .vault
        .data_key(&mut tx, now, Scope::Patient(patient(1)))
        .await
        .unwrap();
    assert_ne!(kept.0, lost_key.0);
    assert_eq!(
        clinic
            .house
            .vault
            .open(&mut tx, patient(1), NOTE, &sealed)
            .await
            .unwrap(),
        b"note"
    );
}

#[tokio::test]
async fn another_master_key_opens_nothing() {
    let clinic = TestHouse::start().await;
    let mut tx = begin(&clinic).await;
    let sealed = clinic
        .house
        .vault
        .seal(&mut tx, clinic.house.clock.now(), patient(1), NOTE, b"note")
        .await
        .unwrap();
    let stranger = Vault::new(MasterKeys::ephemeral().unwrap());
    let refused = stranger.open(&mut tx, patient(1), NOTE, &sealed).await;
    assert!(matches!(refused, Err(StoreError::Seal(SealError::Forged))));
}

#[test]
fn the_master_key_file_is_made_once_and_private() {
    let folder = tempdir::Folder::new().unwrap();
    let path = folder.path().join("keys/master.key");
    MasterKeys::load_or_create(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    MasterKeys::load_or_create(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let refused = MasterKeys::load_or_create(&path).unwrap_err().to_string();
    assert!(refused.contains("chmod 600"), "{refused}");
}

#[test]
fn a_garbled_master_key_file_is_refused() {
    let folder = tempdir::Folder::new().unwrap();
    for text in [
        "",
        "1\n",
        "1 abc\n",
        &format!("x {}\n", "0".repeat(64)),
        &format!("1 {}\n", "0".repeat(63)),
    ] {
        let path = folder.path().join(format!("{}.key", text.len()));
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert!(
            matches!(MasterKeys::load_or_create(&path), Err(SealError::MasterKey(_))),
            "{text:?}"
        );
    }
}
