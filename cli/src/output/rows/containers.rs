//! What `containers` lists.

use proto_types::RunningContainer;

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

impl Row for RunningContainer {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Host => Cell::text(&self.host),
            Heading::Name => Cell::text(&self.name),
            Heading::ImageName => Cell::text(&self.image_name),
            Heading::ImageDigest => Cell::Digest(self.image_digest),
            Heading::RunningSince => Cell::Time(self.running_since),
            Heading::Until => Cell::some_time(self.until),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        format!("{}/{}", self.host, self.name)
    }
}

impl Listed for RunningContainer {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::Name),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::ImageDigest).leaves(),
        Column::new(Heading::RunningSince).leaves(),
        Column::new(Heading::Until).leaves().where_any(),
    ];
}
