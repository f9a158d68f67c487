//! A question that is asked of the index in pieces: between two of them commits and other questions
//! have their turn. All pieces are as of one commit.

use std::sync::atomic::AtomicBool;

use index::{Clock, Index, Looked, Pairs, Question, Search};
use model::{bounds, moment, presence::Span, proof};
use proto_types::{Coverage, TimelinePoint, TimelineRequest, Timestamp};

use crate::store::{
    Result, Rules,
    query::{FindQuery, Position, Rest},
    sqlite::{
        fleet::{self, Fleet},
        numbers::number,
        view::View,
    },
};

use super::patience::Patience;

/// Who asks what, and when.
pub struct Asked<'f> {
    /// The index.
    pub fleet: &'f Fleet,
    /// Whether whoever asks is gone.
    pub gone: &'f AtomicBool,
    /// The server's settings.
    pub rules: Rules,
    /// The clock's time.
    pub now: Timestamp,
}

/// A question under way.
pub struct Asking<'f> {
    fleet: &'f Fleet,
    patience: Patience<'f>,
    question: Question,
    looked: Looked,
    /// What it is about.
    pub view: View,
    /// The silent hosts by name, of the first page about now, where they are few.
    pub silent: Vec<String>,
    clock: Clock,
}

impl<'f> Asking<'f> {
    /// Begins with a question, and says how much its answer covers.
    ///
    /// # Errors
    /// [`crate::store::StoreError`]: the index is behind, or the cursor ahead of it.
    pub fn begin(asked: &Asked<'f>, query: &FindQuery) -> Result<(Self, Coverage)> {
        let index = asked.fleet.read()?;
        let mut asking = Self::new(asked, &index, query, Looked::default())?;
        // What is known of its commit alone is taken before another one comes.
        asking.looked = Search::new(&index, &asking.question).leave();
        let first = query.cursor.as_ref().and_then(|cursor| cursor.coverage);
        let coverage = match first {
            Some(first) => proof::judged(first),
            None => index.coverage_for(&asking.question, query.window.span(), asking.clock),
        };
        let is_first_of_now = first.is_none() && query.window.span().is_none();
        if is_first_of_now && (1..=bounds::SILENT_NAMED).contains(&coverage.silent_hosts) {
            asking.silent = index.silent_of(&asking.question, asking.clock);
        }
        Ok((asking, coverage))
    }

    /// Begins with one that is streamed, or goes on with it.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn stream(asked: &Asked<'f>, query: &FindQuery, looked: Looked) -> Result<Self> {
        let index = asked.fleet.read()?;
        Self::new(asked, &index, query, looked)
    }

    fn new(asked: &Asked<'f>, index: &Index, query: &FindQuery, looked: Looked) -> Result<Self> {
        let last = fleet::last(index)?;
        let now = moment::now(Some(last), asked.now);
        let view = View::of((last.seq, now), query.window, query.cursor.as_ref())?;
        Ok(Self {
            fleet: asked.fleet,
            patience: Patience::new(asked.fleet, asked.gone, asked.rules.question_time),
            question: Question {
                artifact: query.artifact.clone(),
                any: query.any.clone(),
                image: query.image.clone(),
                run: query.run.clone(),
                time: query.window.span(),
                only: None,
                pin: number(view.seq)?,
            },
            looked,
            view,
            silent: Vec::new(),
            clock: Clock {
                now,
                silent_after: asked.rules.silent_after,
            },
        })
    }

    /// How much is known of a time, as far as the question is about it.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn coverage(&self, time: Span) -> Result<Coverage> {
        let index = self.fleet.read()?;
        Ok(index.coverage_for(&self.question, Some(time), self.clock))
    }

    /// By which clock it is asked: that of the first page.
    pub const fn clock(&self) -> Clock {
        Clock {
            now: self.view.asked,
            ..self.clock
        }
    }

    /// Finds what fits.
    ///
    /// # Errors
    /// [`crate::store::StoreError::TooLarge`].
    pub fn find(&mut self) -> Result<()> {
        while !self.piece(|search, pause| search.find(pause))? {}
        Ok(())
    }

    /// Counts it.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn count(&mut self) -> Result<()> {
        while !self.piece(|search, pause| search.count(pause))? {}
        Ok(())
    }

    /// Asks about these alone from now on, each an artifact and an image that holds it.
    pub fn narrow_to(&mut self, only: Pairs) {
        self.question.only = Some(only);
        self.looked = std::mem::take(&mut self.looked).of_other_artifacts();
    }

    /// The timeline of what was found.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn timeline(&mut self, request: TimelineRequest) -> Result<Vec<TimelinePoint>> {
        // It is about another time: what was found out of this one waits.
        let question = self.question.over(request);
        let question = std::mem::replace(&mut self.question, question);
        let looked = std::mem::take(&mut self.looked);
        self.find()?;
        let points = self.pieces(|search, pause| search.line(request, pause))?;
        (self.question, self.looked) = (question, looked);
        Ok(points)
    }

    /// Does pieces of work until something comes of it.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn pieces<T>(
        &mut self,
        mut work: impl FnMut(&mut Search<'_>, &dyn Fn() -> bool) -> Option<T>,
    ) -> Result<T> {
        loop {
            if let Some(done) = self.piece(&mut work)? {
                return Ok(done);
            }
        }
    }

    /// Does one piece of work.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn piece<T>(
        &mut self,
        work: impl FnOnce(&mut Search<'_>, &dyn Fn() -> bool) -> T,
    ) -> Result<T> {
        self.patience.check()?;
        let index = self.fleet.read()?;
        let looked = std::mem::take(&mut self.looked);
        let mut search = Search::go_on_with(&index, &self.question, looked);
        let done = work(&mut search, &self.patience.pause());
        self.looked = search.leave();
        Ok(done)
    }

    /// What is left of a stream behind its last row.
    pub fn rest(self, last: Position) -> Rest {
        Rest {
            cursor: self.view.cursor(last, None),
            looked: self.looked,
        }
    }
}
