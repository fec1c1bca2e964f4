//! The demo clinic: invented people, planted once into an empty database.

use crate::{config::Config, database::Database, wire};
use identity::service::hasher::Hasher;
use kernel::House;
use library::{raster::Rasteriser, service::seed::SeedVisit};

/// What the first start prints: one sign-in per role.
pub const SIGN_INS: &str = "\
Demo sign-ins (password for all: demo clinic 2026)
  patient    ana@demo.example
  guardian   gus@demo.example
  therapist  tess@demo.example
  liaison    lia@demo.example
  partner    pat@demo.example
  admin      ada@demo.example";

/// `server seed`.
pub async fn seed(config: &Config, database: &Database) -> anyhow::Result<()> {
    database.migrate().await?;
    let planted = seed_if_empty(&wire::house(config, database)?, &Rasteriser::this_program()?).await?;
    println!(
        "{}",
        if planted {
            SIGN_INS
        } else {
            "The database already has accounts: nothing was planted."
        }
    );
    Ok(())
}

/// Plants the demo clinic unless somebody already lives here. Says whether it did.
pub async fn seed_if_empty(house: &House, rasteriser: &Rasteriser) -> anyhow::Result<bool> {
    let hasher = Hasher::new().await?;
    let Some(people) = people::service::seed(house, &hasher).await? else {
        return Ok(false);
    };
    let coming = scheduling::service::seed::seed(house, &people).await?;
    let Some(therapist) = coming.first().map(|coming| coming.therapist) else {
        return Ok(true);
    };
    let visits: Vec<SeedVisit> = coming
        .iter()
        .map(|coming| SeedVisit {
            visit: coming.visit,
            patient: coming.patient,
        })
        .collect();
    library::service::seed::seed(house, rasteriser, therapist, &visits).await?;
    Ok(true)
}
