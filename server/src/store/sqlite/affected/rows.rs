//! Rows with a verdict as they are sent, a piece at a time, and where a page of them ends.

use std::ops::ControlFlow;

use index::{Behind, JudgedRow, Walked, Wanted};

use crate::store::{
    Result, StoreError,
    query::{Position, affected::AffectedQuery, foreign},
    sqlite::find::{self, Asking, BYTES, ROWS},
};

/// Rows that are written.
pub struct Written {
    /// The rows, each with what stands behind it.
    pub text: Vec<u8>,
    /// How many.
    pub count: usize,
    /// How far it came.
    pub walked: Walked,
}

/// Writes at most so many rows of the wanted verdicts, each with `behind` at its end.
pub fn piece(
    asking: &mut Asking<'_>,
    query: &AffectedQuery,
    from: &Behind,
    (limit, behind): (usize, u8),
) -> Result<Written> {
    let (mut text, mut count, mut written) = (Vec::new(), 0, Ok(()));
    let write = |row: &JudgedRow<'_, '_, '_>| {
        count += 1;
        written = serde_json::to_writer(&mut text, &row.to_answer());
        text.push(behind);
        match written.is_ok() && text.len() < BYTES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    };
    let asked = (&*query.advisories, Wanted(&query.wanted));
    let walked = asking
        .piece(|search, pause| search.judged_rows(asked, from, (limit.min(ROWS), pause), write))?;
    written.map_err(|error| StoreError::Engine(error.into()))?;
    Ok(Written {
        text,
        count,
        walked,
    })
}

/// Where a page begins.
///
/// # Errors
/// [`foreign`] where the cursor is another list's, [`gone`] where it is of other advisories.
pub fn start(query: &AffectedQuery) -> Result<Behind> {
    let Some(cursor) = &query.find.cursor else {
        return Ok(Behind::default());
    };
    let Position::Judged { advisory, row } = &cursor.after else {
        return Err(foreign());
    };
    let place = query.advisories.place_of(advisory).ok_or_else(gone)?;
    let row = row.as_deref();
    Ok(Behind {
        advisory: place,
        row: row.map(find::at).transpose()?,
    })
}

/// Of an advisory that isn't among those of the question any more: what stands behind it isn't known.
pub fn gone() -> StoreError {
    StoreError::invalid_with_hint(
        "the cursor is of other advisories: those of the question, or what was imported, are not as they were",
        "ask for the first page again",
    )
}

/// Where the next page begins, as cursors carry it.
pub fn found(query: &AffectedQuery, behind: Behind) -> Position {
    let advisory = query.advisories.get(behind.advisory);
    Position::Judged {
        advisory: advisory.map_or_else(String::new, |one| one.id.clone()),
        row: behind.row.map(|row| Box::new(find::found(row))),
    }
}
