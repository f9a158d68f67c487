//! What `images` lists, and which images `status` shows.

use proto_types::{ImageSummary, QueuedImage};

use super::states::image_state;
use crate::output::row::{Cell, Column, Row};

impl Row for ImageSummary {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("digest", |row: &Self| Cell::Digest(row.digest)),
        Column::new("state", |row: &Self| image_state(row.state)),
        Column::new("names", |row: &Self| {
            Cell::some_text(Some(&row.names.join(" ")))
        })
        .cut(),
        Column::new("distro", |row: &Self| {
            let distro = format!("{} {}", row.distro, row.distro_version);
            Cell::some_text(Some(distro.trim()))
        })
        .leaves(),
        Column::new("artifacts", |row: &Self| Cell::Count(row.artifact_count)),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("hosts", |row: &Self| Cell::Count(row.hosts)),
        Column::new("scanned_at", |row: &Self| Cell::some_time(row.scanned_at)).leaves(),
        Column::new("scanned_by", |row: &Self| {
            Cell::some_text(row.scanned_by.as_deref())
        })
        .leaves()
        .wide(),
        Column::new("scanner", |row: &Self| {
            Cell::some_text(row.scanner.as_deref())
        })
        .leaves()
        .wide(),
        Column::new("first_seen", |row: &Self| Cell::Time(row.first_seen))
            .leaves()
            .wide(),
        Column::new("last_seen", |row: &Self| Cell::some_time(row.last_seen))
            .leaves()
            .wide(),
        Column::new("reason", |row: &Self| {
            Cell::some_text(row.reason.as_deref())
        })
        .cut()
        .wide(),
    ];

    fn name(&self) -> String {
        self.digest.to_string()
    }
}

impl Row for QueuedImage {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("digest", |row: &Self| Cell::Digest(row.digest)),
        Column::new("image_name", |row: &Self| Cell::text(&row.image_name)).cut(),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("failures", |row: &Self| Cell::Count(row.failures)),
        Column::new("leased_by", |row: &Self| {
            Cell::some_text(row.lease.as_ref().map(|lease| lease.host.as_str()))
        })
        .where_any(),
        Column::new("not_before", |row: &Self| Cell::some_time(row.not_before))
            .leaves()
            .where_any(),
        Column::new("last_failure", |row: &Self| {
            Cell::some_text(row.last_failure.as_deref())
        })
        .cut()
        .where_any(),
    ];

    fn name(&self) -> String {
        self.digest.to_string()
    }
}
