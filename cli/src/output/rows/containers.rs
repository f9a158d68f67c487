//! What `containers` lists.

use proto_types::RunningContainer;

use crate::output::row::{Cell, Column, Row};

impl Row for RunningContainer {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("host", |row: &Self| Cell::text(&row.host)),
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("image_name", |row: &Self| Cell::text(&row.image_name)).cut(),
        Column::new("image_digest", |row: &Self| Cell::Digest(row.image_digest)).leaves(),
        Column::new("running_since", |row: &Self| Cell::Time(row.running_since)).leaves(),
        Column::new("until", |row: &Self| Cell::some_time(row.until))
            .leaves()
            .where_any(),
    ];

    fn name(&self) -> String {
        format!("{}/{}", self.host, self.name)
    }
}
