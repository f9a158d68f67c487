//! Rows as they are sent: written from the index, a piece at a time.

use std::ops::ControlFlow;

use index::{Position, Row};

use crate::store::{Result, StoreError};

use super::asking::Asking;

/// A piece has at most so many rows.
pub const ROWS: usize = 5_000;
/// It ends with the row with which it has so many bytes.
pub const BYTES: usize = 1 << 20;

/// Rows that are written.
pub struct Written {
    /// The rows, each with what stands behind it.
    pub text: Vec<u8>,
    /// How many.
    pub count: usize,
    /// Where the last one stands, where there are more.
    pub next: Option<Position>,
}

/// Writes at most so many rows behind a position, each with `behind` at its end.
pub fn piece(
    asking: &mut Asking<'_>,
    after: Option<&Position>,
    (limit, behind): (usize, u8),
) -> Result<Written> {
    let (mut text, mut count, mut written) = (Vec::new(), 0, Ok(()));
    let write = |row: &Row<'_, '_>| {
        count += 1;
        written = serde_json::to_writer(&mut text, &row.to_answer());
        text.push(behind);
        match written.is_ok() && text.len() < BYTES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    };
    let next = asking.piece(|search, _| search.rows(after, limit.min(ROWS), write))?;
    written.map_err(|error| StoreError::Engine(error.into()))?;
    Ok(Written { text, count, next })
}
