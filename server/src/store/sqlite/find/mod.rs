//! `find`: from what was asked to the artifacts, the images that hold them and the runs of those.
//!
//! The walk is always the same. [`candidates`] names the artifacts that may fit, by the narrowest
//! index there is, one name after the other in the answer's order. [`scope`] says which runs of
//! an image count, and remembers it for the whole question. What comes out is counted ([`tally`],
//! [`groups`], [`cover`]) and, as far as the page goes, listed ([`page`]). The work grows with
//! what fits, not with the fleet.

mod candidates;
mod cover;
mod found;
mod groups;
mod page;
mod part;
mod related;
mod scope;
mod tally;
mod timeline;

use std::ops::ControlFlow;

use proto_types::{Coverage, FindResponse, FindResult};
use rusqlite::Connection;

use crate::store::{
    Result,
    query::{Cursor, FindQuery, Page, Position, foreign},
};

use super::{context::Context, coverage, view::View};
use candidates::Candidate;
use found::Found;
use groups::Groups;
use page::PageBuilder;
use part::{Listed, Part};
use scope::Scope;
use tally::Tally;

/// One page of what fits, with everything that is said of the whole.
pub fn find(cx: &Context<'_>, query: &FindQuery) -> Result<FindResponse> {
    let view = View::new(cx, query.window, query.cursor.as_ref())?;
    let coverage = coverage::of_page(cx, query.window, query.cursor.as_ref())?;
    let mut scope = Scope::new(cx, query, view)?;
    let mut tally = Tally::default();
    let part = part(cx, query, &mut scope, &mut tally, coverage)?;
    let timeline = match query.timeline {
        None => None,
        Some(request) => {
            let images = scope.images_of_all_times(&tally.fitting)?;
            Some(timeline::timeline(cx, &scope, &images, request)?)
        }
    };
    let related = related::related(cx, query, &mut scope)?;
    let (results, groups, cover) = match part.listed {
        Listed::Results(rows) => (Some(rows), None, None),
        Listed::Groups(groups) => (None, Some(groups), None),
        Listed::Cover(images) => (None, None, Some(images)),
    };
    Ok(FindResponse {
        summary: tally.summary(scope.seen(&tally.seen)),
        results,
        groups,
        cover,
        timeline,
        related,
        total: part.total,
        truncated: part.truncated,
        next_cursor: part.next.as_ref().map(Cursor::encode),
        as_of: view.as_of(),
        coverage,
    })
}

/// Counts everything that fits, and lists what is asked for of it: the images to rebuild, or one
/// page of groups or of results.
fn part(
    connection: &Connection,
    query: &FindQuery,
    scope: &mut Scope<'_>,
    tally: &mut Tally,
    coverage: Coverage,
) -> Result<Part> {
    if query.cover {
        each_counted(connection, query, scope, tally, |_, _| Ok(()))?;
        return cover::cover(connection, tally, query.limit);
    }
    if let Some(by) = query.group_by {
        let mut groups = Groups::new(by);
        each_counted(connection, query, scope, tally, |_, found| {
            groups.add(found);
            Ok(())
        })?;
        return groups.page(connection, query, scope.view, coverage);
    }
    let mut page = PageBuilder::new(query)?;
    each_counted(connection, query, scope, tally, |scope, found| {
        page.add(connection, scope, &found.candidate)
    })?;
    let page = page.finish(scope.view, Some(coverage));
    Ok(Part {
        listed: Listed::Results(page.rows),
        total: tally.total,
        truncated: page.next.is_some(),
        next: page.next,
    })
}

/// One page of what fits, and nothing else.
pub fn rows(cx: &Context<'_>, query: &FindQuery) -> Result<Page<FindResult>> {
    let view = View::new(cx, query.window, query.cursor.as_ref())?;
    let mut scope = Scope::new(cx, query, view)?;
    let mut page = PageBuilder::new(query)?;
    let after = start(query.cursor.as_ref())?;
    let candidates = candidates::of(cx, query, &scope)?;
    each(
        cx,
        query,
        &mut scope,
        candidates.from(after),
        |scope, candidate| {
            page.add(cx, scope, &candidate)?;
            Ok(match page.is_full() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        },
    )?;
    Ok(page.finish(view, None))
}

/// The name at which a page begins.
fn start(cursor: Option<&Cursor>) -> Result<Option<&str>> {
    match cursor.map(|cursor| &cursor.after) {
        None => Ok(None),
        Some(Position::Found { name, .. }) => Ok(Some(name)),
        Some(_) => Err(foreign()),
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
