//! Feeds: the advisories that were imported, in a file of their own beside the database.
//!
//! The file is never changed. An import makes another one and puts it in its place, so that whoever reads
//! sees all of an import or nothing of it, and one that breaks off leaves nothing behind. It may be
//! replaced or removed as a whole.

mod cves;
mod ecosystems;
mod file;
mod import;
mod intake;
mod joined;
mod keyed;
mod listed;
mod others;
mod packed;
mod records;
mod remove;
mod said;
mod speaking;
mod statements;
mod urgency;

use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use model::{advisory::Ecosystem, bounds, verdict::FeedKind};
use proto_types as wire;
use proto_types::Timestamp;
use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::{
    blocking::elsewhere,
    store::{Beside, Ids, Imported, Result, StoreError},
};

use super::asker::turn;
pub use joined::{FeedsFile, Told, Version};
pub use keyed::in_short;

/// Questions that are answered at once.
const READERS: usize = 2;
/// So many steps of SQLite's are between two looks at the clock.
const STEPS: i32 = 10_000;

/// The feeds of a server.
pub struct Feeds {
    path: PathBuf,
    /// Imports are made one at a time.
    changing: Arc<Semaphore>,
    reading: Arc<Semaphore>,
}

impl Feeds {
    /// Those beside a database. What a server of before left of an import is removed.
    ///
    /// # Errors
    /// [`StoreError`] where that can't be done.
    pub fn beside(database: &Path) -> Result<Self> {
        let path = database.with_file_name("advisories.db");
        file::part(&path)?;
        Ok(Self {
            path,
            changing: Arc::new(Semaphore::new(1)),
            reading: Arc::new(Semaphore::new(READERS)),
        })
    }

    /// Takes in the advisories of a feed, in the place of those that it had.
    pub async fn import(
        &self,
        source: String,
        advisories: Box<dyn Read + Send>,
        now: Timestamp,
    ) -> Result<wire::FeedImported> {
        self.change(move |path| import::import(path, &source, advisories, now))
            .await
    }

    /// Drops a feed.
    pub async fn remove(&self, source: String) -> Result<()> {
        self.change(move |path| remove::remove(path, &source)).await
    }

    /// The feeds, ordered by source.
    pub async fn all(&self) -> Result<Vec<wire::Feed>> {
        self.read(listed::feeds).await
    }

    /// What all feeds speak of, and the best that is listed of each.
    pub async fn ecosystems(&self) -> Result<Vec<(Ecosystem, FeedKind)>> {
        self.read(|file| ecosystems::all(file, None)).await
    }

    /// One page of the advisories.
    pub async fn advisories(
        &self,
        request: wire::ListAdvisories,
    ) -> Result<wire::AdvisoriesResponse> {
        self.read(move |file| records::page(file, &request)).await
    }

    /// What the feeds have about a vulnerability.
    pub async fn advisory(&self, id: String) -> Result<wire::AdvisoryDetail> {
        self.read(move |file| records::detail(file, &id)).await
    }

    /// The advisories that speak of vulnerabilities, each of which one must speak of.
    pub async fn speaking_of(&self, ids: Vec<String>) -> Result<Imported> {
        self.read(move |file| speaking::imported(file, &ids)).await
    }

    /// What is known of these beside the advisories about them.
    pub async fn known_of(&self, ids: Ids) -> Result<Beside> {
        self.read(move |file| urgency::beside(file, ids)).await
    }

    /// The file as it is now, for a question that reads much of it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it can't be read.
    pub fn open(path: &Path) -> Result<FeedsFile> {
        Ok(FeedsFile::new(file::open(path)?))
    }

    /// Where the file is.
    pub fn path(&self) -> PathBuf {
        self.path.clone()
    }

    async fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Path) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.changing)
            .try_acquire_owned()
            .map_err(|_| StoreError::Unavailable("another import is being made".to_owned()))?;
        let path = self.path.clone();
        let done = elsewhere(move || {
            let _turn = turn;
            change(&path)
        });
        done.await?
    }

    /// Answers a question from the file that is there now; from none where nothing was imported.
    async fn read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = turn(&self.reading, bounds::TURN).await?;
        let path = self.path.clone();
        let answer = elsewhere(move || {
            let _turn = turn;
            let mut file = file::open(&path)?;
            let until = Instant::now() + bounds::ROWS_TIME;
            file.progress_handler(STEPS, Some(move || Instant::now() > until))?;
            question(&file).map_err(|error| match Instant::now() > until {
                true => StoreError::TooLarge {
                    message: "the answer took too long".to_owned(),
                    hint: "ask for less: name a source, or set a limit",
                },
                false => error,
            })
        });
        answer.await?
    }
}
