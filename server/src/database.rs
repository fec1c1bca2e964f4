//! The database behind the house: a private cluster under the data folder, or the one `DATABASE_URL` names.

use crate::{config::Config, postgres::PrivateCluster};
use anyhow::Context;
use kernel::{Db, SystemClock};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, sync::Arc};

/// Connections of the web role. More would only queue inside PostgreSQL on a small machine.
const CONNECTIONS: u32 = 16;

#[derive(Debug)]
pub struct Database {
    owner: PgConnectOptions,
    app: PgConnectOptions,
    private: Option<PrivateCluster>,
}

impl Database {
    pub async fn start(config: &Config) -> anyhow::Result<Self> {
        if let Some(urls) = &config.database {
            return Ok(Self {
                owner: options(&urls.owner)?,
                app: options(&urls.app)?,
                private: None,
            });
        }
        let cluster = PrivateCluster::start(&config.data_dir.join("postgres")).await?;
        Ok(Self {
            owner: options(&cluster.owner_url())?,
            app: options(&cluster.app_url())?,
            private: Some(cluster),
        })
    }

    /// The handle that the house works with.
    pub fn app(&self) -> Db {
        Db::connect(self.app.clone(), CONNECTIONS, Arc::new(SystemClock))
    }

    /// A connection as the owner: for migrations and the audit verifier, never for a request.
    pub async fn owner(&self) -> anyhow::Result<PgPool> {
        PgPoolOptions::new()
            .max_connections(1)
            .connect_with(self.owner.clone())
            .await
            .context("cannot reach the database as its owner")
    }

    pub async fn migrate(&self) -> anyhow::Result<()> {
        let owner = self.owner().await?;
        sqlx::migrate!("../migrations")
            .run(&owner)
            .await
            .context("cannot migrate the database")?;
        owner.close().await;
        Ok(())
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        match self.private {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

fn options(url: &str) -> anyhow::Result<PgConnectOptions> {
    PgConnectOptions::from_str(url).context("the database address cannot be read")
}
