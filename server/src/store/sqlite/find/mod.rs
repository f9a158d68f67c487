//! `find`: the index answers, for the commit that the first page stands for, and says how much that
//! covers.

mod place;

use index::{Index, Question, Search, Total};
use proto_types::{Coverage, FindResponse, FindResult, GroupBy, Summary, Timestamp};

use crate::store::{
    Result, StoreError,
    query::{Counted, Cursor, FindQuery, Lines, Position, foreign},
};

use super::{context::Context, coverage, fleet::number, view::View};

/// One page of what fits, with everything that is said of the whole.
pub fn find(cx: &Context<'_>, index: &Index, query: &FindQuery) -> Result<FindResponse> {
    let coverage = coverage::of_page(cx, index, query.window, query.cursor.as_ref());
    let view = View::new(cx, query.window, query.cursor.as_ref())?;
    let question = question(query, view)?;
    let search = Search::new(index, &question);
    let counted = match query.cursor.as_ref().and_then(|cursor| cursor.counted) {
        Some(first) => first,
        None => counted(&search.total(), view.as_of()),
    };
    let answer = Answer {
        search: &search,
        query,
        view,
        coverage,
        counted,
    };
    let part = answer.part()?;
    Ok(FindResponse {
        summary: counted.summary,
        results: part.results,
        groups: part.groups,
        cover: part.cover,
        timeline: query.timeline.map(|request| search.timeline(request)),
        related: match query.cursor {
            None => search.related(),
            Some(_) => Vec::new(),
        },
        total: part.total,
        truncated: part.truncated,
        next_cursor: part.next.as_ref().map(Cursor::encode),
        as_of: view.as_of(),
        coverage,
    })
}

/// One page of what fits, and nothing else: written as it stands in the index.
pub fn lines(cx: &Context<'_>, index: &Index, query: &FindQuery) -> Result<Lines> {
    let view = View::new(cx, query.window, query.cursor.as_ref())?;
    let after = place::start(query.cursor.as_ref())?;
    let question = question(query, view)?;
    let search = Search::new(index, &question);
    let (mut text, mut written) = (Vec::new(), Ok(()));
    let next = search.rows(after.as_ref(), query.limit, |row| {
        if written.is_ok() {
            written = serde_json::to_writer(&mut text, &row.to_answer());
            text.push(b'\n');
        }
    });
    written.map_err(|error| StoreError::Engine(error.into()))?;
    Ok(Lines {
        text,
        next: next.map(|last| view.cursor(place::found(last), None)),
    })
}

fn question(query: &FindQuery, view: View) -> Result<Question> {
    Ok(Question {
        artifact: query.artifact.clone(),
        any: query.any.clone(),
        image: query.image.clone(),
        run: query.run.clone(),
        time: query.window.span(),
        pin: number(view.seq)?,
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
struct Answer<'a> {
    search: &'a Search<'a>,
    query: &'a FindQuery,
    view: View,
    coverage: Coverage,
    counted: Counted,
}

/// What a page lists, and how much there is in all.
#[derive(Default)]
struct Part {
    results: Option<Vec<FindResult>>,
    groups: Option<Vec<proto_types::Group>>,
    cover: Option<Vec<proto_types::CoverImage>>,
    total: u64,
    truncated: bool,
    next: Option<Cursor>,
}

impl Answer<'_> {
    fn part(&self) -> Result<Part> {
        match (self.query.cover, self.query.group_by) {
            (true, _) => Ok(self.cover()),
            (false, Some(by)) => self.groups(by),
            (false, None) => self.results(),
        }
    }

    fn results(&self) -> Result<Part> {
        let after = place::start(self.query.cursor.as_ref())?;
        let page = self.search.page(after.as_ref(), self.query.limit);
        Ok(Part {
            results: Some(page.rows),
            total: self.counted.rows,
            truncated: page.next.is_some(),
            next: page.next.map(|last| self.cursor(place::found(last))),
            ..Part::default()
        })
    }

    fn groups(&self, by: GroupBy) -> Result<Part> {
        let skip = match self.query.cursor.as_ref().map(|cursor| &cursor.after) {
            None => 0,
            Some(Position::Count(count)) => *count,
            Some(_) => return Err(foreign()),
        };
        let groups = self.search.groups(by, skip, self.query.limit);
        let end = skip.saturating_add(self.query.limit);
        let truncated = groups.total > end as u64;
        Ok(Part {
            groups: Some(groups.groups),
            total: groups.total,
            truncated,
            next: truncated.then(|| self.cursor(Position::Count(end))),
            ..Part::default()
        })
    }

    fn cover(&self) -> Part {
        let cover = self.search.cover(self.query.limit);
        Part {
            total: cover.total,
            truncated: cover.total > cover.images.len() as u64,
            cover: Some(cover.images),
            ..Part::default()
        }
    }

    fn cursor(&self, after: Position) -> Cursor {
        Cursor {
            counted: Some(self.counted),
            ..self.view.cursor(after, Some(self.coverage))
        }
    }
}
