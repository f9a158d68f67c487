//! Where a page of rows ended, as cursors carry it and as the index has it.

use crate::store::{
    Result,
    query::{Cursor, Position, foreign},
};

/// Where a page of rows begins.
///
/// # Errors
/// [`foreign`] where the cursor is another list's.
pub fn start(cursor: Option<&Cursor>) -> Result<Option<index::Position>> {
    cursor.map(|cursor| at(&cursor.after)).transpose()
}

/// The row of a position.
///
/// # Errors
/// [`foreign`] where it is one of another list.
pub fn at(position: &Position) -> Result<index::Position> {
    let Position::Found {
        name,
        artifact,
        image,
        host,
        container,
        since,
        run,
    } = position.clone()
    else {
        return Err(foreign());
    };
    Ok(index::Position {
        name,
        artifact: artifact.try_into().map_err(|_| foreign())?,
        image: image.try_into().map_err(|_| foreign())?,
        host,
        container,
        since,
        run: run.try_into().map_err(|_| foreign())?,
    })
}

/// The last row of a page.
pub fn found(last: index::Position) -> Position {
    Position::Found {
        name: last.name,
        artifact: last.artifact.into(),
        image: last.image.into(),
        host: last.host,
        container: last.container,
        since: last.since,
        run: last.run.cast_signed(),
    }
}
