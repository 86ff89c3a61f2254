//! The database engine: pools, transactions, migrations.

use super::audit::{self, Entry};
use crate::error::{Act, Error};
use camino::Utf8Path;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// The connection that queries run on.
pub type Connection = sqlx::SqliteConnection;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// How long is waited for a lock that another process holds: an operator's command beside the service, or the other way
/// round. On a disk that is very busy a single commit takes seconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(20);
const READERS: u32 = 8;

/// The database: any number of readers beside one writer.
#[derive(Clone, Debug)]
pub struct Store {
    read: SqlitePool,
    write: SqlitePool,
}

/// A connection that only reads.
pub struct Reader(PoolConnection<Sqlite>);

/// A write transaction. It took the writer's lock when it began, so nothing it has read can change under it.
/// Dropped without [`Tx::commit`], it leaves nothing behind.
pub struct Tx(Transaction<'static, Sqlite>);

impl Store {
    /// Opens the database file and creates it if there is none; its shape is brought up by [`Store::migrate`].
    ///
    /// # Errors
    /// [`Error::OpenStore`] where the file cannot be opened or is no database.
    pub async fn open(path: &Utf8Path) -> Result<Self, Error> {
        let failed = |source| Error::OpenStore {
            path: path.to_owned(),
            source,
        };
        let options = SqliteConnectOptions::new()
            .filename(path.as_std_path())
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .locking_mode(SqliteLockingMode::Normal)
            // What was answered must still be true after a power cut, so every commit reaches the disk.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone())
            .await
            .map_err(failed)?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(failed)?;
        Ok(Self { read, write })
    }

    /// Brings the database to the shape that this program knows; does nothing when it has it.
    ///
    /// # Errors
    /// [`Error::Migrate`] where a migration fails or was made by a newer program.
    pub async fn migrate(&self, path: &Utf8Path) -> Result<(), Error> {
        MIGRATIONS
            .run(&self.write)
            .await
            .map_err(|source| Error::Migrate {
                path: path.to_owned(),
                source,
            })
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// [`Error::Store`] where none becomes free.
    pub async fn read(&self) -> Result<Reader, Error> {
        self.read
            .acquire()
            .await
            .map(Reader)
            .act("get a connection to read with")
    }

    /// Begins a write transaction, when the one before has ended.
    ///
    /// # Errors
    /// [`Error::Store`] where the writer does not become free.
    pub async fn write(&self) -> Result<Tx, Error> {
        // Not a deferred transaction: one that reads first and writes later would fail at once, whatever the
        // timeout, when somebody else wrote in between.
        self.write
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map(Tx)
            .act("begin a write")
    }

    /// The migrations that this program knows and the database has not had.
    ///
    /// # Errors
    /// [`Error::Store`] where the database cannot be read.
    pub async fn pending(&self) -> Result<Vec<String>, Error> {
        let mut reader = self.read().await?;
        let done: Vec<i64> = sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success")
            .fetch_all(&mut *reader)
            .await
            .act("list the migrations")?;
        let pending = MIGRATIONS
            .iter()
            .filter(|migration| !done.contains(&migration.version));
        Ok(pending
            .map(|migration| migration.description.to_string())
            .collect())
    }

    /// Asks the database for an answer.
    ///
    /// # Errors
    /// [`Error::Store`] where it gives none.
    pub async fn answers(&self) -> Result<(), Error> {
        let mut reader = self.read().await?;
        sqlx::query("SELECT 1")
            .execute(&mut *reader)
            .await
            .act("ask the database")
            .map(drop)
    }

    /// Says what the engine itself finds wrong with the database; nothing, if it is sound.
    ///
    /// # Errors
    /// [`Error::Store`] where the database cannot be read.
    pub async fn faults(&self) -> Result<Vec<String>, Error> {
        let mut reader = self.read().await?;
        let integrity: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(&mut *reader)
            .await
            .act("check the database")?;
        let orphans: Vec<String> = sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_check")
            .fetch_all(&mut *reader)
            .await
            .act("check the references in the database")?;
        let torn = integrity.into_iter().filter(|line| line != "ok");
        Ok(torn
            .chain(
                orphans
                    .into_iter()
                    .map(|table| format!("a row of `{table}` refers to nothing")),
            )
            .collect())
    }

    /// Ends all connections, after what runs has ended.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// What a write says of itself to the audit log, in the same transaction.
#[derive(Debug)]
pub enum Record<'a> {
    /// An act that an admin can look up.
    Entry(Entry<'a>),
    /// Upkeep that nobody looks up; the word says what.
    Upkeep(&'static str),
}

impl Tx {
    /// Makes everything that was written durable, together with its record.
    ///
    /// # Errors
    /// [`Error::Store`] where the disk refuses; then nothing was written.
    pub async fn commit(mut self, record: Record<'_>) -> Result<(), Error> {
        match record {
            Record::Entry(entry) => audit::append(&mut self, &entry).await?,
            Record::Upkeep(what) => tracing::trace!(what, "upkeep"),
        }
        self.0.commit().await.act("commit a write")
    }
}

impl Deref for Reader {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

impl Deref for Tx {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}
