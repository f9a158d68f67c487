//! Groups: a page of them, some at a time where they are many.

use model::bounds;
use proto_types::{Group, GroupBy};

use crate::store::{
    Result, StoreError,
    query::{Position, foreign},
};

use super::{Answer, Part};

/// So many groups are counted at a time.
const AT_ONCE: usize = 500;

/// Where a page begins.
struct Start {
    /// So many groups stand before it.
    count: usize,
    /// The name before it, and how many groups there are in all, where that was found out.
    name: Option<(String, u64)>,
}

impl Answer<'_, '_> {
    pub(super) fn groups(&mut self, by: GroupBy) -> Result<Part> {
        let start = self.start(by)?;
        let count = start.count;
        let (groups, total) = match by {
            GroupBy::Name => self.names(start)?,
            GroupBy::Version => {
                self.asking.count()?;
                self.check_versions()?;
                self.some(by, count, AT_ONCE)?
            }
            // Half of everything may be of one.
            GroupBy::Type | GroupBy::Distro => {
                self.asking.count()?;
                self.some(by, count, 1)?
            }
            GroupBy::Image | GroupBy::Host => self.some(by, count, AT_ONCE)?,
        };
        let end = count.saturating_add(groups.len());
        let truncated = total > end as u64;
        let after = match (by, groups.last()) {
            (GroupBy::Name, Some(last)) => Position::Name {
                name: last.key.clone(),
                count: end,
                total,
            },
            _ => Position::Count(end),
        };
        Ok(Part {
            groups: Some(groups),
            total,
            truncated,
            next: truncated.then(|| self.cursor(after)),
            ..Part::default()
        })
    }

    fn start(&self, by: GroupBy) -> Result<Start> {
        let after = self.query.cursor.as_ref().map(|cursor| &cursor.after);
        let (count, name) = match after {
            None => (0, None),
            Some(Position::Count(count)) => (*count, None),
            Some(Position::Name { name, count, total }) if by == GroupBy::Name => {
                (*count, Some((name.clone(), *total)))
            }
            Some(_) => return Err(foreign()),
        };
        Ok(Start { count, name })
    }

    /// Groups by name, from where the page begins: each piece goes on behind the last name.
    fn names(&mut self, start: Start) -> Result<(Vec<Group>, u64)> {
        let limit = self.query.limit;
        let (mut groups, mut last, total) = match start.name {
            Some((name, total)) => (Vec::new(), name, total),
            None => {
                self.asking.count()?;
                let (count, some) = (start.count, limit.min(AT_ONCE));
                let by = GroupBy::Name;
                let first = self
                    .asking
                    .piece(|search, _| search.groups(by, count, some))?;
                let last = first.groups.last().map(|last| last.key.clone());
                (first.groups, last.unwrap_or_default(), first.total)
            }
        };
        let left = usize::try_from(total).unwrap_or(usize::MAX);
        let wanted = limit.min(left.saturating_sub(start.count));
        while groups.len() < wanted {
            let some = AT_ONCE.min(wanted - groups.len());
            let more = self
                .asking
                .piece(|search, _| search.names_after(&last, some))?;
            let Some(end) = more.last() else {
                break;
            };
            last.clone_from(&end.key);
            groups.extend(more);
        }
        Ok((groups, total))
    }

    /// Groups of another kind, at most so many at a time.
    fn some(&mut self, by: GroupBy, skip: usize, at_once: usize) -> Result<(Vec<Group>, u64)> {
        let (limit, mut groups) = (self.query.limit, Vec::new());
        loop {
            let (from, some) = (skip + groups.len(), at_once.min(limit - groups.len()));
            let more = self
                .asking
                .piece(|search, _| search.groups(by, from, some))?;
            let came = more.groups.len();
            groups.extend(more.groups);
            if came < some || groups.len() >= limit {
                return Ok((groups, more.total));
            }
        }
    }

    /// To put versions in order takes its time, and can't be done in pieces.
    fn check_versions(&mut self) -> Result<()> {
        let most = bounds::VERSIONS;
        if self.counted.summary.artifacts <= most as u64 {
            return Ok(());
        }
        let versions = self.asking.piece(|search, _| search.versions())?;
        if versions <= most {
            return Ok(());
        }
        Err(StoreError::TooLarge {
            message: format!("what fits has {versions} versions: at most {most} are put in order"),
            hint: "ask for less: name an artifact, or group by name",
        })
    }
}
