//! `find`: from what was asked to the artifacts, the images that hold them and the runs of those.
//!
//! The walk is always the same. [`candidates`] names the artifacts that may fit, by the narrowest
//! index there is, one name after the other in the answer's order. [`scope`] says which runs of
//! an image count, and remembers it for the whole question. What comes out is counted ([`tally`],
//! [`groups`], [`cover`]) and, as far as the page goes, listed ([`page`]). The work grows with
//! what fits, not with the fleet.

mod candidates;
mod cover;
mod groups;
mod page;
mod related;
mod scope;
mod tally;

use std::ops::ControlFlow;

use proto_types::{FindResponse, FindResult, Timestamp};
use rusqlite::Connection;

use crate::store::{
    Result, Rules, StoreError,
    query::{Cursor, FindQuery, Page, Position, Window},
};

use super::coverage::coverage;
use candidates::Candidate;
use groups::Groups;
use page::PageBuilder;
use scope::Scope;
use tally::Tally;

/// One page of what fits, with everything that is said of the whole.
pub fn find(
    connection: &Connection,
    rules: &Rules,
    query: &FindQuery,
    now: Timestamp,
) -> Result<FindResponse> {
    let window = query.effective_window();
    let as_of = as_of(window, now);
    let mut scope = Scope::new(connection, query)?;
    let mut tally = Tally::new();
    let mut response = FindResponse {
        summary: proto_types::Summary::default(),
        results: None,
        groups: None,
        cover: None,
        related: related::related(connection, query, &mut scope)?,
        total: 0,
        truncated: false,
        next_cursor: None,
        as_of,
        coverage: coverage(connection, rules, window, now)?,
    };
    if let Some(by) = query.group_by {
        let mut groups = Groups::new(by);
        each(connection, query, None, |candidate| {
            tally.add(&mut scope, &candidate)?;
            groups.add(&mut scope, &candidate)?;
            Ok(ControlFlow::Continue(()))
        })?;
        groups.page(connection, query, as_of, &mut response)?;
    } else {
        let mut page = PageBuilder::new(query)?;
        each(connection, query, None, |candidate| {
            tally.add(&mut scope, &candidate)?;
            if !query.cover {
                page.add(connection, &mut scope, &candidate)?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        response.total = tally.total;
        if query.cover {
            cover::cover(connection, &tally, query.limit, &mut response)?;
        } else {
            fill(&mut response, page.finish(as_of));
        }
    }
    response.summary = tally.summary(as_of);
    Ok(response)
}

/// One page of what fits, and nothing else.
pub fn rows(
    connection: &Connection,
    query: &FindQuery,
    now: Timestamp,
) -> Result<Page<FindResult>> {
    let as_of = as_of(query.effective_window(), now);
    let mut scope = Scope::new(connection, query)?;
    let mut page = PageBuilder::new(query)?;
    let after = start(query.cursor.as_ref())?;
    each(connection, query, after, |candidate| {
        page.add(connection, &mut scope, &candidate)?;
        Ok(match page.is_full() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    })?;
    Ok(page.finish(as_of))
}

fn fill(response: &mut FindResponse, page: Page<FindResult>) {
    response.truncated = page.next.is_some();
    response.next_cursor = page.next.as_ref().map(Cursor::encode);
    response.results = Some(page.rows);
}

/// The moment that an answer stands for.
fn as_of(window: Window, now: Timestamp) -> Timestamp {
    match window {
        Window::Live => now,
        Window::At(at) => at,
        Window::During(_, to) => to.min(now),
    }
}

/// The name at which a page begins.
fn start(cursor: Option<&Cursor>) -> Result<Option<&str>> {
    match cursor.map(|cursor| &cursor.after) {
        None => Ok(None),
        Some(Position::Found { name, .. }) => Ok(Some(name)),
        Some(_) => Err(StoreError::invalid("the cursor belongs to another list")),
    }
}

/// Hands over every artifact that fits, in the answer's order, from a name on.
fn each(
    connection: &Connection,
    query: &FindQuery,
    from: Option<&str>,
    mut take: impl FnMut(Candidate) -> Result<ControlFlow<()>>,
) -> Result<()> {
    for group in candidates::of(connection, query)?.from(from) {
        for candidate in group.artifacts(connection, query)? {
            if take(candidate)?.is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A name that an image runs or ran under.
fn image_name(connection: &Connection, image: Option<i64>) -> Result<Option<String>> {
    let Some(image) = image else {
        return Ok(None);
    };
    let name = connection
        .prepare_cached("SELECT last_name FROM image WHERE id = ?1")?
        .query_row([image], |row| row.get(0))?;
    Ok(Some(name))
}
