//! What `token` lists and makes.

use proto_types::{CreateTokenResponse, TokenSummary};

use crate::output::row::{Cell, Column, Row};

impl Row for TokenSummary {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("role", |row: &Self| Cell::text(row.role.as_str())),
        Column::new("created_at", |row: &Self| Cell::Time(row.created_at)),
        Column::new("expires_at", |row: &Self| Cell::some_time(row.expires_at)),
    ];

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Row for CreateTokenResponse {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("name", |row: &Self| Cell::text(&row.name)),
        Column::new("role", |row: &Self| Cell::text(row.role.as_str())),
        Column::new("token", |row: &Self| Cell::text(&row.token)),
        Column::new("expires_at", |row: &Self| Cell::some_time(row.expires_at)),
    ];

    fn name(&self) -> String {
        self.name.clone()
    }
}
