//! The only place where the parts of the house meet: what the slices ask for, and what answers here.

use crate::{config::Config, database::Database};
use adapters::mail::{Smtp, folder::Folder};
use anyhow::Context;
use kernel::{House, RandomIds, SystemClock, blob::Blobs, seal};
use letters::{ports::Post, service::Office};
use object_store::local::LocalFileSystem;
use std::sync::Arc;

/// Wires the house: the database as the web role, the machine's clock, the vault's master key, the blob folder.
pub fn house(config: &Config, database: &Database) -> anyhow::Result<House> {
    let blobs = config.data_dir.join("blobs");
    std::fs::create_dir_all(&blobs).with_context(|| format!("cannot make {}", blobs.display()))?;
    let store = LocalFileSystem::new_with_prefix(&blobs)
        .context("cannot use the blob folder")?
        // An acknowledged upload survives a power cut.
        .with_fsync(true);
    let master = seal::MasterKeys::load_or_create(&config.master_key_file)?;
    Ok(House {
        db: database.app(),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        vault: seal::Vault::new(master),
        blobs: Blobs::new(Arc::new(store)),
    })
}

/// Who carries letters, and what stands in each of them.
pub fn office(config: &Config, house: House) -> anyhow::Result<Office> {
    let post: Arc<dyn Post> = match &config.mail.server {
        Some(url) => Arc::new(Smtp::new(url)?),
        None => Arc::new(mail_folder(config)),
    };
    Ok(Office {
        house,
        post,
        sender: config.mail.sender.clone(),
        origin: config.origin.to_string(),
    })
}

/// Where letters stay while no server is set.
pub fn mail_folder(config: &Config) -> Folder {
    Folder::new(config.data_dir.join("mail"))
}
