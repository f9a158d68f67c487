//! The numbers of rows as the index has them.

use index::Unfit;

use crate::store::{Result, StoreError};

/// A row's number as the index has it: the database gives out small ones, one after the other.
///
/// # Errors
/// [`StoreError::Unavailable`] where it is too large or negative.
pub fn number<N: TryFrom<i64>>(row: i64) -> Result<N> {
    N::try_from(row)
        .map_err(|_| StoreError::Unavailable(format!("the database has a row of the number {row}")))
}

impl From<Unfit> for StoreError {
    fn from(error: Unfit) -> Self {
        Self::Engine(Box::new(error))
    }
}
