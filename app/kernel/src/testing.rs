//! For integration tests: a database of one's own, made from a migrated template in about a tenth of a second.
//!
//! `TEST_DATABASE_URL` names the template as its owner; `./dev test` starts the cluster and migrates it.

use crate::{Db, FixedClock, House, RandomIds, blob::Blobs, seal};
use chrono::{DateTime, Utc};
use sqlx::{
    Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, sync::Arc};
use uuid::Uuid;

/// A throw-away database and a house wired to it. The clock stands still until moved.
#[derive(Debug)]
pub struct TestHouse {
    pub house: House,
    pub clock: FixedClock,
    /// As the owner, who is a superuser in tests: sees everything, for planting faults.
    pub owner: PgPool,
    pub blobs_folder: Arc<tempdir::Folder>,
    _own: OwnDatabase,
}

/// Tuesday, 2 March 2027, 14:00 UTC: a working day far from every DST change of the zones the tests use.
pub fn tuesday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_803_996_000, 0).unwrap_or_default()
}

impl TestHouse {
    /// # Panics
    /// Without `TEST_DATABASE_URL`: an integration test without a database is a failed test, not a skipped one.
    pub async fn start() -> Self {
        Self::start_with(8).await
    }

    /// A house with so many connections: for tests whose point is that many act at once.
    ///
    /// # Panics
    /// As `start`.
    #[expect(
        clippy::disallowed_methods,
        clippy::expect_used,
        reason = "a test set-up without its database must fail loudly"
    )]
    pub async fn start_with(connections: u32) -> Self {
        let url = std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL is not set: run ./dev test");
        let template = PgConnectOptions::from_str(&url).expect("TEST_DATABASE_URL is not a database address");
        let template_name = template
            .get_database()
            .expect("TEST_DATABASE_URL names no database")
            .to_owned();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let mut admin = PgConnection::connect_with(&template.clone().database("postgres"))
            .await
            .expect("no database");
        admin
            .execute(sqlx::AssertSqlSafe(format!(
                "CREATE DATABASE {name} TEMPLATE {template_name}"
            )))
            .await
            .expect("cannot copy the template");
        let options = template.clone().database(&name);
        let owner = PgPoolOptions::new()
            .max_connections(2)
            .connect_with(options.clone())
            .await
            .expect("no database");
        let clock = FixedClock::at(tuesday());
        let folder = Arc::new(tempdir::Folder::new().expect("no folder for blobs"));
        let store = object_store::local::LocalFileSystem::new_with_prefix(folder.path()).expect("no folder for blobs");
        let house = House {
            db: Db::connect(options, connections, Arc::new(clock.clone())),
            clock: Arc::new(clock.clone()),
            ids: Arc::new(RandomIds),
            vault: seal::Vault::new(seal::MasterKeys::ephemeral().expect("no randomness")),
            blobs: Blobs::new(Arc::new(store)),
        };
        Self {
            house,
            clock,
            owner,
            blobs_folder: folder,
            _own: OwnDatabase {
                cluster: template.database("postgres"),
                name,
            },
        }
    }

    /// Waits until no transaction is open: what a refused use case had locked is free once its connection has come home,
    /// which is a moment after the refusal.
    ///
    /// # Panics
    /// When the database does not answer.
    #[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
    pub async fn settled(&self) {
        let open = "SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
        while sqlx::query_scalar::<_, i64>(open)
            .fetch_one(&self.owner)
            .await
            .expect("no database")
            > 0
        {
            tokio::task::yield_now().await;
        }
    }
}

/// A database that goes away with its test: a thousand copies of the template would fill the disk.
#[derive(Debug)]
struct OwnDatabase {
    cluster: PgConnectOptions,
    name: String,
}

impl OwnDatabase {
    /// By force: the test's pools are still open.
    async fn remove(&self) -> Result<(), sqlx::Error> {
        let mut admin = PgConnection::connect_with(&self.cluster).await?;
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        admin.execute(sqlx::AssertSqlSafe(drop)).await?;
        admin.close().await
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        // A runtime of its own: the test's may be the one that is ending.
        let remove = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(self.remove()))
        };
        // Best effort: the whole cluster goes away after the tests.
        let _left_over = std::thread::scope(|scope| scope.spawn(remove).join().map(|_left_over| ()));
    }
}

/// A folder that goes away with its owner.
pub mod tempdir {
    use std::{
        io,
        path::{Path, PathBuf},
    };

    #[derive(Debug)]
    pub struct Folder(PathBuf);

    impl Folder {
        /// # Errors
        /// When the system's folder for temporary files takes no new one.
        pub fn new() -> io::Result<Self> {
            let path = std::env::temp_dir().join(format!("teletherapy-{}", uuid::Uuid::now_v7().simple()));
            std::fs::create_dir_all(&path)?;
            Ok(Self(path))
        }

        pub fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // Best effort: a left-over folder of a killed test harms nobody.
            let _left_over = std::fs::remove_dir_all(&self.0);
        }
    }
}
