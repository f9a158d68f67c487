//! What is taken in of an import that holds no advisories.

use advisories::{Document, Skipped, epss, input::Broken, kev, vex};
use jiff::{civil::Date, tz::TimeZone};
use model::vex::Statement;

use crate::store::{Holds, Result, sqlite::sql::ms};

use super::{cves::Cves, intake::Intake, statements::Taken, urgency::Told};

impl Intake<'_> {
    /// Takes a document that is no advisory, or skips it.
    pub(super) fn take_other(
        &mut self,
        json: &[u8],
        place: &str,
        skipped: Skipped,
    ) -> std::result::Result<(), Broken> {
        match Document::of(json) {
            Some(Document::Kev) => self.take_catalog(json, place),
            Some(Document::Vex) => self.take_statements(json, place),
            None => {
                self.tally.skip(skipped);
                Ok(())
            }
        }
    }

    fn take_statements(&mut self, json: &[u8], place: &str) -> std::result::Result<(), Broken> {
        self.hold(Holds::Vex)?;
        let statements = vex::read(json, place, |one| self.tally.skip(one))?;
        for statement in statements {
            let kept = self.keep_statement(&statement);
            self.go_on(kept)?;
            self.newest = self.newest.max(statement.time.map(ms));
        }
        Ok(())
    }

    fn keep_statement(&mut self, statement: &Statement) -> Result<()> {
        if self.statements.is_none() {
            self.statements = Some(Taken::new(self.db, self.feed)?);
        }
        if let Some(taken) = &mut self.statements {
            taken.take(statement)?;
            (self.added, self.entries) = (taken.added, taken.count);
        }
        Ok(())
    }

    fn take_catalog(&mut self, json: &[u8], place: &str) -> std::result::Result<(), Broken> {
        self.hold(Holds::Kev)?;
        let rows = kev::read(json, place, |one| self.tally.skip(one))?;
        for row in rows {
            let kept = self.keep_cve(&row.cve, Told::from(&row));
            self.go_on(kept)?;
            self.newest = self.newest.max(row.added.and_then(start_of));
        }
        Ok(())
    }

    /// Takes how likely a vulnerability is to be exploited.
    ///
    /// # Errors
    /// As [`Intake::take`].
    pub fn take_likely(&mut self, row: &epss::Likely) -> std::result::Result<(), Broken> {
        self.hold(Holds::Epss)?;
        let kept = self.keep_cve(&row.cve, Told::from(row));
        self.go_on(kept)
    }

    /// Notes the day that all of it is of.
    pub fn is_of(&mut self, day: Option<Date>) {
        self.newest = day.and_then(start_of);
    }

    /// Counts something that was skipped.
    pub fn skip(&mut self, skipped: Skipped) {
        self.tally.skip(skipped);
    }

    fn keep_cve(&mut self, cve: &str, told: Told) -> Result<()> {
        if self.cves.is_none() {
            self.cves = Some(Cves::new(self.db, self.feed, self.path)?);
        }
        if let Some(cves) = &mut self.cves {
            cves.take(cve, told)?;
            (self.added, self.changed) = (cves.added, cves.changed);
            self.entries += 1;
        }
        Ok(())
    }
}

/// When a day begins, in milliseconds.
fn start_of(day: Date) -> Option<i64> {
    let start = day.to_zoned(TimeZone::UTC).ok()?;
    Some(ms(start.timestamp()))
}
