//! The store in SQLite: all SQL stands below this folder, and nowhere else.
//!
//! One [`writer`] thread groups changes into commits; a few [`readers`] answer questions beside
//! it. Each of the other files holds the SQL of one noun.

mod added;
mod affected;
mod affecting;
mod aliases;
mod artifacts;
mod asker;
mod backups;
mod blocks;
mod calls;
mod changes;
mod commits;
mod conflicts;
mod connection;
mod containers;
mod context;
mod coverage;
mod diff;
mod enrollment;
mod entrance;
mod facts;
mod failures;
mod feeds;
mod find;
mod fleet;
mod ground;
mod holdings;
mod holds;
mod hosts;
mod image_row;
mod images;
mod latest;
mod leases;
mod listing;
mod machines;
mod migrations;
mod numbers;
mod opinions;
mod part;
mod presence;
mod questions;
mod readers;
mod report_images;
mod reports;
mod retention;
mod room;
mod runs;
mod sboms;
mod scan;
mod sql;
mod status;
mod tokens;
mod unseen;
mod view;
mod withdrawn;
mod writer;

#[cfg(test)]
mod tests;

use std::{path::Path, sync::Arc};

use proto_types::{AffectingResponse, ListAffecting, Timestamp};

use crate::clock::Clock;

use super::{HostIdentity, Result, Rules};
use affecting::Affecting;
use backups::Backups;
use context::Context;
use entrance::Entrance;
use feeds::Feeds;
use find::Asked;
use fleet::{Fleet, Reading};
use questions::Questions;
use readers::Readers;
use writer::Writer;

/// Connections that answer questions beside the writer.
const READERS: usize = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    readers: Readers,
    entrance: Entrance,
    backups: Backups,
    feeds: Feeds,
    affecting: Affecting,
    questions: Questions,
    fleet: Arc<Fleet>,
    // Declared last, so that it is the last to close the file and can tidy up the WAL.
    writer: Writer,
    rules: Rules,
}

impl SqliteStore {
    /// Opens the store at `path`, making or migrating the file where that is needed. `clock` says
    /// what time it is when a change is committed.
    ///
    /// # Errors
    /// [`super::StoreError`]: the file can't be opened, is no database, is of a newer version, or
    /// this build's SQLite is one that loses data.
    pub fn open(path: &Path, rules: Rules, clock: Clock) -> Result<Self> {
        connection::check_sqlite()?;
        let mut first = connection::open_writer(path)?;
        migrations::apply(&mut first)?;
        let fleet = Arc::new(Fleet::load(&first)?);
        Ok(Self {
            writer: Writer::start(first, clock, Arc::clone(&fleet))?,
            questions: Questions::new(Arc::clone(&fleet)),
            fleet,
            readers: Readers::open(path, READERS)?,
            entrance: Entrance::open(path)?,
            backups: Backups::of(path)?,
            feeds: Feeds::beside(path)?,
            affecting: Affecting::default(),
            rules,
        })
    }

    /// Answers a question that came in at `now`.
    async fn read<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.read_by(&self.readers, now, question).await
    }

    /// The same by these connections.
    async fn read_by<T: Send + 'static>(
        &self,
        readers: &Readers,
        now: Timestamp,
        question: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (rules, fleet) = (self.rules, Arc::clone(&self.fleet));
        readers
            .read(move |c| question(&Context::of_question(c, fleet.latest(), rules, now)?))
            .await
    }

    /// Answers a question from the index alone, in pieces.
    async fn question<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Asked<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let rules = self.rules;
        let answer = self.questions.ask(move |fleet, gone| {
            question(&Asked {
                fleet,
                gone,
                rules,
                now,
            })
        });
        answer.await
    }

    /// Says which of the imported advisories affect what runs.
    fn affecting(
        &self,
        request: ListAffecting,
        now: Timestamp,
    ) -> impl Future<Output = Result<AffectingResponse>> + Send + use<> {
        let (answer, path) = (self.affecting.asked(), self.feeds.path());
        let (questions, rules) = (self.questions.clone(), self.rules);
        async move {
            let answer = answer.await?;
            let answer = questions.ask(move |fleet, gone| {
                let asked = Asked {
                    fleet,
                    gone,
                    rules,
                    now,
                };
                answer(&asked, &Feeds::open(&path)?, &request)
            });
            answer.await
        }
    }

    /// Has what was imported judged before anybody asks.
    fn judge_ahead(&self, now: Timestamp) {
        let first = ListAffecting {
            limit: Some(1),
            ..ListAffecting::default()
        };
        let answered = self.affecting(first, now);
        self.affecting
            .ahead
            .begin(async move { answered.await.map(drop) });
    }

    /// Answers a question from the index and the rows beside it, as of the index's last commit. An
    /// answer that takes long lets go of the index as soon as it can.
    async fn ask<T: Send + 'static>(
        &self,
        now: Timestamp,
        question: impl FnOnce(&Context<'_>, Reading<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (rules, fleet) = (self.rules, Arc::clone(&self.fleet));
        self.readers
            .read(move |c| {
                // The database's state is taken with the first row that is read, after the index.
                let index = fleet.read()?;
                let cx = Context::of_commit(c, fleet.latest(), rules, fleet::last(&index)?, now)?;
                question(&cx, index)
            })
            .await
    }

    /// Makes a change, at the time of the commit that it becomes part of.
    async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_of(None, change).await
    }

    async fn write_of<T: Send + 'static>(
        &self,
        host: Option<i64>,
        change: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let rules = self.rules;
        self.writer
            .write(host, move |ground| {
                let cx = Context::of_change(ground, rules);
                let answer = change(&cx)?;
                Ok((answer, cx.into_told()))
            })
            .await
    }

    /// Makes a change that may end a token: by the time it is acknowledged, nobody is known by one.
    async fn write_of_tokens<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Context<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let forgets = self.entrance.forgets();
        let made = self.write(move |cx| Ok((change(cx)?, forgets)));
        let (answer, _) = made.await?;
        Ok(answer)
    }

    /// Makes a host's change, where what the host proved itself by still proves it then.
    async fn write_as<T: Send + 'static>(
        &self,
        host: HostIdentity,
        change: impl FnOnce(&Context<'_>, &HostIdentity) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_of(Some(host.id), move |cx| {
            tokens::still_proves(cx, &host)?;
            change(cx, &host)
        })
        .await
    }
}
