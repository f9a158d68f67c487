//! What `image` lists: artifacts, failed scans, scans that differ.

use proto_types::{Artifact, Conflict, FailureCause, ScanAttempt};

use crate::output::row::{Cell, Column, Row};

impl Row for Artifact {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("version", |row: &Self| Cell::text(&row.version)),
        Column::new("type", |row: &Self| Cell::text(&row.artifact_type)),
        Column::new("source", |row: &Self| {
            Cell::some_text(row.source.as_deref())
        })
        .cut(),
        Column::new("purl", |row: &Self| Cell::some_text(row.purl.as_deref()))
            .cut()
            .wide(),
    ];

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Row for ScanAttempt {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("host", |row: &Self| Cell::text(&row.host)),
        Column::new("at", |row: &Self| Cell::Time(row.at)),
        Column::new("cause", |row: &Self| Cell::text(cause(row.cause))),
        Column::new("counted", |row: &Self| {
            Cell::text(if row.counted { "yes" } else { "no" })
        }),
        Column::new("message", |row: &Self| Cell::some_text(Some(&row.message))).cut(),
    ];

    fn name(&self) -> String {
        self.host.clone()
    }
}

const fn cause(cause: FailureCause) -> &'static str {
    match cause {
        FailureCause::Image => "image",
        FailureCause::Environment => "environment",
        FailureCause::Expired => "expired",
    }
}

impl Row for Conflict {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("host", |row: &Self| Cell::text(&row.host)),
        Column::new("at", |row: &Self| Cell::Time(row.at)),
        Column::new("scanner", |row: &Self| {
            Cell::some_text(row.scanner.as_deref())
        }),
        Column::new("only_there", |row: &Self| Cell::Count(row.only_there)),
        Column::new("only_here", |row: &Self| Cell::Count(row.only_here)),
    ];

    fn name(&self) -> String {
        self.host.clone()
    }
}
