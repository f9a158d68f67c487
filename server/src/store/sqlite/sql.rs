//! Small conversions between SQLite's values and ours.

use jiff::Timestamp;
use proto_types::ImageDigest;
use rusqlite::{Row, types::Type};

use crate::store::StoreError;

/// A time as the database keeps it: milliseconds since 1970.
pub fn ms(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// The time in a column.
pub fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    to_time(row.get(column)?)
}

/// The time in a column that may be empty.
pub fn time_or_none(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column)?.map(to_time).transpose()
}

/// A time from milliseconds since 1970.
pub fn to_time(ms: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Integer, Box::new(error))
    })
}

/// The image digest in a column.
pub fn digest(row: &Row<'_>, column: &str) -> rusqlite::Result<ImageDigest> {
    Ok(ImageDigest::from_bytes(row.get(column)?))
}

/// A count in a column. Counts are never negative.
pub fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs())
}

/// What an error of SQLite means to the rest of the server.
pub fn engine(error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull};
    match error.sqlite_error_code() {
        Some(DiskFull) => StoreError::Full,
        Some(DatabaseBusy | DatabaseLocked) => {
            StoreError::Unavailable("the database is locked by another program".to_owned())
        }
        _ => StoreError::Engine(Box::new(error)),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        engine(error)
    }
}
