//! `find`: the index answers, for the commit that the first page stands for, and says how much that
//! covers.

mod asking;
mod groups;
mod patience;
mod place;
mod rows;

use index::Total;
use model::bounds;
use proto_types::{CoverImage, Coverage, FindResponse, Group, Summary, Timestamp};

use crate::store::{
    Result, StoreError,
    query::{Counted, Cursor, Document, FindQuery, Lines, Position, Rest},
};

pub use asking::{Asked, Asking};
pub use place::{at, found};
pub use rows::{BYTES, ROWS};

/// One page of what fits, with everything that is said of the whole.
pub fn find(asked: &Asked<'_>, query: &FindQuery) -> Result<Document> {
    let (mut asking, coverage) = Asking::begin(asked, query)?;
    asking.find()?;
    let counted = match query.cursor.as_ref().and_then(|cursor| cursor.counted) {
        Some(first) => first,
        None => {
            asking.count()?;
            let total = asking.piece(|search, _| search.total())?;
            counted(&total, asking.view.as_of())
        }
    };
    let mut answer = Answer {
        asking,
        query,
        coverage,
        counted,
    };
    let part = answer.part()?;
    let asking = &mut answer.asking;
    let timeline = query.timeline;
    let response = FindResponse {
        summary: counted.summary,
        results: None,
        groups: part.groups,
        cover: part.cover,
        timeline: match timeline {
            Some(request) => Some(asking.timeline(request)?),
            None => None,
        },
        related: match query.cursor {
            None => asking.piece(|search, _| search.related())?,
            Some(_) => Vec::new(),
        },
        silent: std::mem::take(&mut asking.silent),
        total: part.total,
        truncated: part.truncated,
        next_cursor: part.next.as_ref().map(Cursor::encode),
        as_of: asking.view.as_of(),
        coverage,
    };
    Document::new(&response, part.results.as_deref())
}

/// The groups, or the images to rebuild, of what was found, as far as a page goes.
///
/// # Errors
/// As of a `find`.
pub fn part<'a>(
    mut asking: Asking<'a>,
    query: &FindQuery,
    coverage: Coverage,
) -> Result<(Part, Asking<'a>)> {
    asking.count()?;
    let total = asking.piece(|search, _| search.total())?;
    let counted = counted(&total, asking.view.as_of());
    let mut answer = Answer {
        asking,
        query,
        coverage,
        counted,
    };
    Ok((answer.part()?, answer.asking))
}

/// One piece of what fits, and nothing else: at most as many rows as the query's limit.
pub fn lines(asked: &Asked<'_>, mut query: FindQuery, rest: Option<Rest>) -> Result<Lines> {
    let (cursor, looked) = match rest {
        Some(Rest { cursor, looked }) => (Some(cursor), looked),
        None => (query.cursor.take(), index::Looked::default()),
    };
    query.cursor = cursor;
    let after = place::start(query.cursor.as_ref())?;
    let mut asking = Asking::stream(asked, &query, looked)?;
    asking.find()?;
    let written = rows::piece(&mut asking, after.as_ref(), (query.limit, b'\n'))?;
    Ok(Lines {
        text: written.text,
        rest: written.next.map(|last| asking.rest(place::found(last))),
    })
}

/// How much fits in all.
fn counted(total: &Total, as_of: Timestamp) -> Counted {
    let counts = total.counts;
    Counted {
        rows: total.rows,
        summary: Summary {
            artifacts: counts.artifacts,
            images: counts.images,
            containers: counts.containers,
            hosts: counts.hosts,
            first_seen: total.first_seen,
            last_seen: match total.runs {
                true => Some(as_of),
                false => total.last_seen,
            },
        },
    }
}

/// One page of an answer.
struct Answer<'a, 'q> {
    asking: Asking<'a>,
    query: &'q FindQuery,
    coverage: Coverage,
    counted: Counted,
}

/// What a page lists, and how much there is in all.
#[derive(Default)]
pub struct Part {
    /// Rows, with a comma between two.
    pub results: Option<Vec<u8>>,
    /// Groups.
    pub groups: Option<Vec<Group>>,
    /// Images to rebuild.
    pub cover: Option<Vec<CoverImage>>,
    /// How many there are in all.
    pub total: u64,
    /// Whether there are more.
    pub truncated: bool,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

impl Answer<'_, '_> {
    fn part(&mut self) -> Result<Part> {
        match (self.query.cover, self.query.group_by) {
            (true, _) => self.cover(),
            (false, Some(by)) => self.groups(by),
            (false, None) => self.results(),
        }
    }

    fn results(&mut self) -> Result<Part> {
        let mut after = place::start(self.query.cursor.as_ref())?;
        let (mut text, mut left, mut ended) = (Vec::new(), self.query.limit, false);
        while left > 0 && !ended && text.len() < bounds::DOCUMENT {
            let written = rows::piece(&mut self.asking, after.as_ref(), (left, b','))?;
            match text.is_empty() {
                true => text = written.text,
                false => text.extend_from_slice(&written.text),
            }
            left -= written.count.min(left);
            ended = written.next.is_none();
            after = written.next;
        }
        // The comma behind the last row.
        text.pop();
        let next = after.filter(|_| !ended);
        Ok(Part {
            results: Some(text),
            total: self.counted.rows,
            truncated: next.is_some(),
            next: next.map(|last| self.cursor(place::found(last))),
            ..Part::default()
        })
    }

    fn cover(&mut self) -> Result<Part> {
        let containers = self.counted.summary.containers;
        if containers > bounds::COVERED {
            return Err(StoreError::TooLarge {
                message: format!(
                    "{containers} containers run something that fits: images to rebuild are \
                     listed for at most {}",
                    bounds::COVERED
                ),
                hint: "ask for less: name an artifact, a version or an image",
            });
        }
        let limit = self.query.limit;
        let covering = self.asking.pieces(|search, pause| search.covering(pause))?;
        // Commits go on meanwhile.
        let chosen = covering.choose(limit);
        let cover = self
            .asking
            .piece(|search, _| search.rebuilds(&covering, &chosen))?;
        Ok(Part {
            total: cover.total,
            truncated: cover.total > cover.images.len() as u64,
            cover: Some(cover.images),
            ..Part::default()
        })
    }

    fn cursor(&self, after: Position) -> Cursor {
        Cursor {
            counted: Some(self.counted),
            ..self.asking.view.cursor(after, Some(self.coverage))
        }
    }
}
