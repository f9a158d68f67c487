//! What `find` lists: results, images to rebuild, counts.

use proto_types::{CoverImage, FindResult, Summary};

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

impl Row for FindResult {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::Version => Cell::text(&self.version),
            Heading::Type => Cell::text(&self.artifact_type),
            Heading::Host => Cell::text(&self.host),
            Heading::Container => Cell::text(&self.container),
            Heading::ImageName => Cell::text(&self.image_name),
            Heading::ImageDigest => Cell::Digest(self.image_digest),
            Heading::RunningSince => Cell::Time(self.running_since),
            Heading::Until => Cell::some_time(self.until),
            Heading::Source => Cell::some_text(self.source.as_deref()),
            Heading::SourceVersion => Cell::some_text(self.source_version.as_deref()),
            Heading::Module => Cell::some_text(self.module.as_deref()),
            Heading::Purl => Cell::some_text(self.purl.as_deref()),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Listed for FindResult {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Version),
        Column::new(Heading::Type).leaves(),
        Column::new(Heading::Host),
        Column::new(Heading::Container).cut_last(),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::ImageDigest).leaves(),
        Column::new(Heading::RunningSince).leaves(),
        Column::new(Heading::Until).leaves().where_any(),
        Column::new(Heading::Source).cut().wide(),
        Column::new(Heading::SourceVersion).leaves().wide(),
        Column::new(Heading::Module).cut().wide(),
        Column::new(Heading::Purl).cut().wide(),
    ];
}

impl Row for CoverImage {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::ImageDigest => Cell::Digest(self.image_digest),
            Heading::ImageName => Cell::text(&self.image_name),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Hosts => Cell::Count(self.hosts),
            Heading::HostsClean => Cell::Count(self.hosts_clean),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.image_digest.to_string()
    }
}

impl Listed for CoverImage {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::ImageDigest),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
        Column::new(Heading::HostsClean),
    ];
}

impl Row for Summary {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Artifacts => Cell::Count(self.artifacts),
            Heading::Images => Cell::Count(self.images),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Hosts => Cell::Count(self.hosts),
            Heading::FirstSeen => Cell::some_time(self.first_seen),
            Heading::LastSeen => Cell::some_time(self.last_seen),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.containers.to_string()
    }
}

impl Listed for Summary {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Artifacts),
        Column::new(Heading::Images),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
        Column::new(Heading::FirstSeen).leaves(),
        Column::new(Heading::LastSeen).leaves(),
    ];
}
