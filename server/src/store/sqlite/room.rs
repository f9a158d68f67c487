//! Room: how much the database takes, and how much its disk has.

use std::{fs, path::Path};

use proto_types::StoreStatus;
use rusqlite::Connection;
use rustix::fs::statvfs;

use crate::store::{Result, StoreError};

/// The disk that a file is on, in bytes.
pub struct Disk {
    /// All of it.
    pub size: u64,
    /// What this user may still fill.
    pub free: u64,
}

/// The disk that a file is on.
///
/// # Errors
/// [`StoreError::Engine`]: the system doesn't say.
pub fn of_disk(file: &Path) -> Result<Disk> {
    let disk = statvfs(file).map_err(|error| StoreError::Engine(Box::new(error)))?;
    Ok(Disk {
        size: disk.f_blocks.saturating_mul(disk.f_frsize),
        free: disk.f_bavail.saturating_mul(disk.f_frsize),
    })
}

/// What the database of a connection takes, with so many changes that wait to be written to it.
///
/// # Errors
/// As [`of_disk`].
pub fn taken(connection: &Connection, waiting: u64) -> Result<StoreStatus> {
    let path = Path::new(connection.path().unwrap_or_default());
    let disk = of_disk(path)?;
    // There is no such file where nothing was written to it yet.
    let size = |file: &Path| fs::metadata(file).map_or(0, |file| file.len());
    Ok(StoreStatus {
        database_bytes: size(path),
        wal_bytes: size(&path.with_extension("db-wal")),
        disk_free_bytes: disk.free,
        disk_bytes: disk.size,
        waiting_changes: waiting,
    })
}
