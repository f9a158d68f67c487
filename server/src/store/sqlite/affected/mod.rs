//! `affected`: the index judges what runs by the advisories of a question, for the commit that the first
//! page stands for.

mod best;
mod counted;
mod explained;
mod exposed;
mod first;
mod gaps;
mod groups;
mod rows;

use index::Walked;
use model::bounds;
use proto_types::{AffectedResponse, Coverage};

use crate::store::{
    Result,
    query::{
        Cursor, Document, Lines, Position, Rest,
        affected::{AffectedQuery, Shown},
    },
};

pub use exposed::{exposure, exposure_lines};
pub use gaps::gaps;

use self::groups::Part;
use super::find::{Asked, Asking};

/// One page of the rows that are wanted, with everything that is said of the whole.
pub fn affected(asked: &Asked<'_>, query: &AffectedQuery) -> Result<Document> {
    let (mut asking, coverage) = Asking::begin(asked, &query.find)?;
    asking.find()?;
    let silent = std::mem::take(&mut asking.silent);
    let first = query
        .find
        .cursor
        .as_ref()
        .and_then(|one| one.judged.clone());
    let counted = match first {
        Some(first) => first,
        None => first::counts(&mut asking, query)?,
    };
    let (part, asking) = part((asking, coverage), query, counted.rows)?;
    let next = part.next.map(|next| Cursor {
        judged: Some(counted.clone()),
        ..next
    });
    let response = AffectedResponse {
        summary: counted.summary,
        excused: counted.excused,
        results: None,
        groups: part.groups,
        cover: part.cover,
        explained: part.explained,
        unspoken: counted.unspoken,
        unspoken_total: counted.unspoken_total,
        silent,
        oldest_feed: query.oldest.clone(),
        left_out: query.left_out.clone(),
        advisories: query.advisories.len() as u64,
        bugfixes_left_aside: query.bugfixes_left_aside,
        total: part.total,
        truncated: part.truncated,
        next_cursor: next.as_ref().map(Cursor::encode),
        as_of: asking.view.as_of(),
        coverage,
    };
    Document::new(&response, part.results.as_deref())
}

/// What a page lists of what has the wanted verdicts, of which there are so many rows.
fn part<'a>(
    (mut asking, coverage): (Asking<'a>, Coverage),
    query: &AffectedQuery,
    rows: u64,
) -> Result<(Part, Asking<'a>)> {
    match query.shown {
        Shown::Groups(by) => match by.of_find() {
            None => groups::by_advisory((asking, coverage), query),
            by => groups::of_narrowed((asking, coverage), query, by),
        },
        Shown::Cover => groups::of_narrowed((asking, coverage), query, None),
        Shown::Explained => {
            let part = explained::explained(&mut asking, query)?;
            Ok((part, asking))
        }
        Shown::Rows => {
            let (results, next) = page(&mut asking, query)?;
            let next = next.map(|after| asking.view.cursor(after, Some(coverage)));
            let part = Part {
                results: Some(results),
                total: rows,
                truncated: next.is_some(),
                next,
                ..Part::default()
            };
            Ok((part, asking))
        }
    }
}

/// The rows of a page, with commas between them, and where the next one begins.
fn page(asking: &mut Asking<'_>, query: &AffectedQuery) -> Result<(Vec<u8>, Option<Position>)> {
    let mut from = rows::start(query)?;
    let (mut text, mut left) = (Vec::new(), query.find.limit);
    let next = loop {
        // A document that is full looks on for whether there is more.
        let limit = match text.len() < bounds::DOCUMENT {
            true => left,
            false => 0,
        };
        let written = rows::piece(asking, query, &from, (limit, b','))?;
        text.extend_from_slice(&written.text);
        left -= written.count.min(left);
        match written.walked {
            Walked::All => break None,
            Walked::More(behind) if limit == written.count => break Some(behind),
            Walked::More(behind) | Walked::Paused(behind) => from = behind,
        }
    };
    // The comma behind the last row.
    text.pop();
    Ok((text, next.map(|behind| rows::found(query, behind))))
}

/// One piece of the rows, and nothing else.
pub fn lines(asked: &Asked<'_>, mut query: AffectedQuery, rest: Option<Rest>) -> Result<Lines> {
    let (cursor, looked) = match rest {
        Some(Rest { cursor, looked }) => (Some(cursor), looked),
        None => (query.find.cursor.take(), index::Looked::default()),
    };
    query.find.cursor = cursor;
    let mut from = rows::start(&query)?;
    let mut asking = Asking::stream(asked, &query.find, looked)?;
    asking.find()?;
    let (text, next) = loop {
        let written = rows::piece(&mut asking, &query, &from, (usize::MAX, b'\n'))?;
        match written.walked {
            Walked::All => break (written.text, None),
            Walked::Paused(behind) if written.text.is_empty() => from = behind,
            Walked::More(behind) | Walked::Paused(behind) => break (written.text, Some(behind)),
        }
    };
    let next = next.map(|behind| rows::found(&query, behind));
    Ok(Lines {
        text,
        rest: next.map(|next| asking.rest(next)),
    })
}
