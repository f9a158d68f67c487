//! What `hosts` lists, and the code that `host add` gets.

use proto_types::{Host, HostCode};

use super::states::host_state;
use crate::output::row::{Cell, Column, Row};

impl Row for Host {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("state", |row: &Self| host_state(row.state)),
        Column::new("last_report_at", |row: &Self| {
            Cell::some_time(row.last_report_at)
        }),
        Column::new("containers", |row: &Self| Cell::Count(row.containers)),
        Column::new("images", |row: &Self| Cell::Count(row.images)),
        Column::new("scanner", |row: &Self| {
            Cell::some_text(row.scanner.as_deref())
        })
        .leaves(),
        Column::new("added_at", |row: &Self| Cell::Time(row.added_at))
            .leaves()
            .wide(),
        Column::new("enrolled_at", |row: &Self| Cell::some_time(row.enrolled_at))
            .leaves()
            .wide(),
        Column::new("seq", |row: &Self| Cell::Count(row.seq))
            .leaves()
            .wide(),
    ];

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Row for HostCode {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("code", |row: &Self| Cell::text(&row.code)),
        Column::new("expires_at", |row: &Self| Cell::Time(row.expires_at)),
    ];

    fn name(&self) -> String {
        self.name.clone()
    }
}
