//! What `token` lists and makes.

use proto_types::{CreateTokenResponse, TokenSummary};

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

impl Row for TokenSummary {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::Role => Cell::text(self.role.as_str()),
            Heading::CreatedAt => Cell::Time(self.created_at),
            Heading::ExpiresAt => Cell::some_time(self.expires_at),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for TokenSummary {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Role),
        Column::new(Heading::CreatedAt),
        Column::new(Heading::ExpiresAt),
    ];
}

impl Row for CreateTokenResponse {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::Role => Cell::text(self.role.as_str()),
            Heading::Token => Cell::text(&self.token),
            Heading::ExpiresAt => Cell::some_time(self.expires_at),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for CreateTokenResponse {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Role),
        Column::new(Heading::Token),
        Column::new(Heading::ExpiresAt),
    ];
}
