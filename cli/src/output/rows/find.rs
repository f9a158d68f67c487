//! What `find` lists: results, images to rebuild, counts.

use proto_types::{CoverImage, FindResult, Summary};

use crate::output::row::{Cell, Column, Row};

impl Row for FindResult {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("version", |row: &Self| Cell::text(&row.version)),
        Column::new("type", |row: &Self| Cell::text(&row.artifact_type)).leaves(),
        Column::new("host", |row: &Self| Cell::text(&row.host)),
        Column::new("container", |row: &Self| Cell::text(&row.container)).cut_last(),
        Column::new("image_name", |row: &Self| Cell::text(&row.image_name)).cut(),
        Column::new("image_digest", |row: &Self| Cell::Digest(row.image_digest)).leaves(),
        Column::new("running_since", |row: &Self| Cell::Time(row.running_since)).leaves(),
        Column::new("until", |row: &Self| Cell::some_time(row.until))
            .leaves()
            .where_any(),
        Column::new("source", |row: &Self| {
            Cell::some_text(row.source.as_deref())
        })
        .cut()
        .wide(),
        Column::new("purl", |row: &Self| Cell::some_text(row.purl.as_deref()))
            .cut()
            .wide(),
    ];

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Row for CoverImage {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("image_digest", |row: &Self| Cell::Digest(row.image_digest)),
        Column::new("image_name", |row: &Self| Cell::text(&row.image_name)).cut(),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("hosts", |row: &Self| Cell::Count(row.hosts)),
        Column::new("hosts_clean", |row: &Self| Cell::Count(row.hosts_clean)),
    ];

    fn name(&self) -> String {
        self.image_digest.to_string()
    }
}

impl Row for Summary {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("artifacts", |row: &Self| Cell::Count(row.artifacts)),
        Column::new("images", |row: &Self| Cell::Count(row.images)),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("hosts", |row: &Self| Cell::Count(row.hosts)),
        Column::new("first_seen", |row: &Self| Cell::some_time(row.first_seen)).leaves(),
        Column::new("last_seen", |row: &Self| Cell::some_time(row.last_seen)).leaves(),
    ];

    fn name(&self) -> String {
        self.containers.to_string()
    }
}
