//! `server audit verify`: says whether the chain of accesses holds.

use crate::database::Database;
use anyhow::bail;
use kernel::audit::{Verdict, verify as walk};

pub async fn verify(database: &Database) -> anyhow::Result<()> {
    match walk(&database.owner().await?).await? {
        Verdict::Holds(entries) => println!("The audit chain holds: {entries} entries."),
        Verdict::BrokenAt(seq) => bail!("the audit chain is broken at entry {seq}"),
        Verdict::HeadMismatch => {
            bail!("the audit chain's head does not match its last entry: the tail was cut or rewritten")
        }
    }
    Ok(())
}
