//! What `images` lists, and which images `status` shows.

use proto_types::{ConflictingImage, ImageSummary, QueuedImage};

use super::states::{image_state, opinion};
use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

impl Row for ImageSummary {
    fn cell(&self, heading: Heading) -> Cell {
        let said = self.second_opinion.as_ref();
        match heading {
            Heading::Digest => Cell::Digest(self.digest),
            Heading::State => image_state(self.state),
            Heading::Names => Cell::some_text(Some(&self.names.join(" "))),
            Heading::Distro => {
                let label = format!("{} {}", self.distro, self.distro_version);
                Cell::some_text(Some(label.trim()))
            }
            Heading::Architecture => Cell::some_text(self.facts.architecture.as_deref()),
            Heading::SizeBytes => self.facts.size_bytes.map_or(Cell::Empty, Cell::Count),
            Heading::CreatedAt => Cell::some_time(self.facts.created_at),
            Heading::Aliases => {
                let aliases: Vec<String> =
                    self.facts.aliases.iter().map(ToString::to_string).collect();
                Cell::some_text(Some(&aliases.join(" ")))
            }
            Heading::Artifacts => Cell::Count(self.artifact_count),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Hosts => Cell::Count(self.hosts),
            Heading::ScannedAt => Cell::some_time(self.scanned_at),
            Heading::ScannedBy => Cell::some_text(self.scanned_by.as_deref()),
            Heading::SecondOpinion => said.map_or(Cell::Empty, |said| opinion(said.opinion)),
            Heading::OpinionBy => Cell::some_text(said.and_then(|said| said.host.as_deref())),
            Heading::OpinionAt => Cell::some_time(said.and_then(|said| said.at)),
            Heading::OpinionScanner => {
                Cell::some_text(said.and_then(|said| said.scanner.as_deref()))
            }
            Heading::Scanner => Cell::some_text(self.scanner.as_deref()),
            Heading::FirstSeen => Cell::Time(self.first_seen),
            Heading::LastSeen => Cell::some_time(self.last_seen),
            Heading::Reason => Cell::some_text(self.reason.as_deref()),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.digest.to_string()
    }
}

impl Listed for ImageSummary {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Digest),
        Column::new(Heading::State),
        Column::new(Heading::Names).cut(),
        Column::new(Heading::Distro).leaves(),
        Column::new(Heading::Artifacts),
        Column::new(Heading::Containers),
        Column::new(Heading::Hosts),
        Column::new(Heading::ScannedAt).leaves(),
        Column::new(Heading::SecondOpinion).leaves(),
        Column::new(Heading::ScannedBy).leaves().wide(),
        Column::new(Heading::OpinionBy).leaves().wide(),
        Column::new(Heading::OpinionAt).leaves().wide(),
        Column::new(Heading::OpinionScanner).leaves().wide(),
        Column::new(Heading::Scanner).leaves().wide(),
        Column::new(Heading::FirstSeen).leaves().wide(),
        Column::new(Heading::LastSeen).leaves().wide(),
        Column::new(Heading::Architecture).leaves().wide(),
        Column::new(Heading::SizeBytes).leaves().wide(),
        Column::new(Heading::CreatedAt).leaves().wide(),
        Column::new(Heading::Aliases).cut().wide(),
        Column::new(Heading::Reason).cut().wide(),
    ];
}

impl Row for QueuedImage {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Digest => Cell::Digest(self.digest),
            Heading::ImageName => Cell::text(&self.image_name),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Failures => Cell::Count(self.failures),
            Heading::LeasedBy => {
                Cell::some_text(self.lease.as_ref().map(|lease| lease.host.as_str()))
            }
            Heading::NotBefore => Cell::some_time(self.not_before),
            Heading::LastFailure => Cell::some_text(self.last_failure.as_deref()),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.digest.to_string()
    }
}

impl Listed for QueuedImage {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Digest),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::Containers),
        Column::new(Heading::Failures),
        Column::new(Heading::LeasedBy).where_any(),
        Column::new(Heading::NotBefore).leaves().where_any(),
        Column::new(Heading::LastFailure).cut().where_any(),
    ];
}

impl Row for ConflictingImage {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Digest => Cell::Digest(self.digest),
            Heading::ImageName => Cell::text(&self.image_name),
            Heading::Containers => Cell::Count(self.containers),
            Heading::ScannedBy => Cell::text(&self.scanned_by),
            Heading::OpinionBy => Cell::text(&self.host),
            Heading::OpinionAt => Cell::Time(self.at),
            Heading::Scanner => Cell::some_text(self.scanner.as_deref()),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.digest.to_string()
    }
}

impl Listed for ConflictingImage {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Digest),
        Column::new(Heading::ImageName).cut(),
        Column::new(Heading::Containers),
        Column::new(Heading::ScannedBy),
        Column::new(Heading::OpinionBy),
        Column::new(Heading::OpinionAt).leaves(),
        Column::new(Heading::Scanner).leaves(),
    ];
}
