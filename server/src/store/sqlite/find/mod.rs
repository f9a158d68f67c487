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
mod ids;
mod page;
mod related;
mod scope;
mod tally;
mod timeline;

use std::{ops::ControlFlow, rc::Rc};

use proto_types::{FindResponse, FindResult, GroupBy, Summary, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use crate::store::{
    Result, Rules,
    query::{Cursor, FindQuery, Page, Position, Window, foreign},
};

use super::{coverage, listing::moment_of_pages};
use candidates::Candidate;
use groups::Groups;
use page::PageBuilder;
use scope::{Image, Scope};
use tally::Tally;

/// One page of what fits, with everything that is said of the whole.
pub fn find(
    connection: &Connection,
    rules: &Rules,
    query: &FindQuery,
    now: Timestamp,
) -> Result<FindResponse> {
    let window = query.effective_window();
    let mut scope = Scope::new(connection, query)?;
    let mut tally = Tally::default();
    let mut response = FindResponse {
        summary: Summary::default(),
        results: None,
        groups: None,
        cover: None,
        timeline: None,
        related: Vec::new(),
        total: 0,
        truncated: false,
        next_cursor: None,
        as_of: as_of(window, now),
        coverage: coverage::of_page(connection, rules, window, query.cursor.as_ref(), now)?,
    };
    match query.group_by {
        Some(by) => count_by(connection, query, by, &mut scope, &mut tally, &mut response)?,
        None => list(connection, query, &mut scope, &mut tally, &mut response)?,
    }
    response.summary = tally.summary();
    (response.summary.first_seen, response.summary.last_seen) = scope.seen(now);
    if let Some(request) = query.timeline {
        let images = scope.images_of_all_times(&tally.fitting)?;
        response.timeline = Some(timeline::timeline(connection, &scope, &images, request)?);
    }
    response.related = related::related(connection, query, &mut scope)?;
    Ok(response)
}

/// Counts what fits by something.
fn count_by(
    connection: &Connection,
    query: &FindQuery,
    by: GroupBy,
    scope: &mut Scope<'_>,
    tally: &mut Tally,
    response: &mut FindResponse,
) -> Result<()> {
    let mut groups = Groups::new(by);
    each_counted(connection, query, scope, tally, |_, found| {
        groups.add(found);
        Ok(())
    })?;
    let moment = moment_of_pages(connection, query.effective_window(), response.as_of)?;
    groups.page(connection, query, moment, response)
}

/// Lists one page of what fits, or the images to rebuild, and counts the rest.
fn list(
    connection: &Connection,
    query: &FindQuery,
    scope: &mut Scope<'_>,
    tally: &mut Tally,
    response: &mut FindResponse,
) -> Result<()> {
    let mut page = PageBuilder::new(query)?;
    each_counted(connection, query, scope, tally, |scope, found| {
        if query.cover {
            return Ok(());
        }
        page.add(connection, scope, &found.candidate)
    })?;
    if query.cover {
        return cover::cover(connection, tally, query.limit, response);
    }
    let moment = moment_of_pages(connection, query.effective_window(), response.as_of)?;
    let page = page.finish(moment, Some(response.coverage));
    response.total = tally.total;
    response.truncated = page.next.is_some();
    response.next_cursor = page.next.as_ref().map(Cursor::encode);
    response.results = Some(page.rows);
    Ok(())
}

/// One page of what fits, and nothing else.
pub fn rows(
    connection: &Connection,
    query: &FindQuery,
    now: Timestamp,
) -> Result<Page<FindResult>> {
    let window = query.effective_window();
    let moment = moment_of_pages(connection, window, as_of(window, now))?;
    let mut scope = Scope::new(connection, query)?;
    let mut page = PageBuilder::new(query)?;
    let after = start(query.cursor.as_ref())?;
    let candidates = candidates::of(connection, query, &scope)?;
    each(
        connection,
        query,
        &mut scope,
        candidates.from(after),
        |scope, candidate| {
            page.add(connection, scope, &candidate)?;
            Ok(match page.is_full() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        },
    )?;
    Ok(page.finish(moment, None))
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
        Some(_) => Err(foreign()),
    }
}

/// An artifact that fits, with the images that hold it and count.
struct Found {
    candidate: Candidate,
    images: Vec<Rc<Image>>,
}

impl Found {
    fn new(scope: &mut Scope<'_>, candidate: Candidate) -> Result<Self> {
        let images = scope.images(candidate.id)?;
        Ok(Self { candidate, images })
    }
}

/// Counts everything that fits, and hands it over in the answer's order.
fn each_counted<'c>(
    connection: &Connection,
    query: &FindQuery,
    scope: &mut Scope<'c>,
    tally: &mut Tally,
    mut take: impl FnMut(&mut Scope<'c>, &Found) -> Result<()>,
) -> Result<()> {
    let candidates = candidates::of(connection, query, scope)?;
    let groups = candidates.from(None);
    each(connection, query, scope, groups, |scope, candidate| {
        let found = Found::new(scope, candidate)?;
        tally.add(&found);
        take(scope, &found)?;
        Ok(ControlFlow::Continue(()))
    })
}

/// Hands over every artifact that fits, in the answer's order.
fn each<'c>(
    connection: &Connection,
    query: &FindQuery,
    scope: &mut Scope<'c>,
    groups: impl Iterator<Item = candidates::Group>,
    mut take: impl FnMut(&mut Scope<'c>, Candidate) -> Result<ControlFlow<()>>,
) -> Result<()> {
    for group in groups {
        for candidate in group.artifacts(connection, query)? {
            if take(scope, candidate)?.is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A name that an image runs or ran under.
fn image_name(connection: &Connection, image: i64) -> Result<Option<String>> {
    let name = connection
        .prepare_cached("SELECT last_name FROM image WHERE id = ?1")?
        .query_row([image], |row| row.get(0))
        .optional()?;
    Ok(name)
}
