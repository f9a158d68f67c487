//! What `image` lists: artifacts, failed scans, scans that differ, SBOMs that were withdrawn.

use proto_types::{Artifact, Conflict, ScanAttempt, Withdrawal};

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row};

impl Row for Artifact {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::Version => Cell::text(&self.version),
            Heading::Type => Cell::text(&self.artifact_type),
            Heading::Source => Cell::some_text(self.source.as_deref()),
            Heading::SourceVersion => Cell::some_text(self.source_version.as_deref()),
            Heading::Module => Cell::some_text(self.module.as_deref()),
            Heading::Licenses => Cell::some_text(Some(&self.licenses.join(", "))),
            Heading::OwnedByOs => Cell::some_text(self.owned_by_os.then_some("yes")),
            Heading::Purl => Cell::some_text(self.purl.as_deref()),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for Artifact {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Version),
        Column::new(Heading::Type),
        Column::new(Heading::Source).cut(),
        Column::new(Heading::SourceVersion).leaves().where_any(),
        Column::new(Heading::Module).cut().where_any(),
        Column::new(Heading::OwnedByOs).leaves().where_any(),
        Column::new(Heading::Licenses).cut().where_any(),
        Column::new(Heading::Purl).cut().wide(),
    ];
}

impl Row for ScanAttempt {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Host => Cell::text(&self.host),
            Heading::At => Cell::Time(self.at),
            Heading::Cause => Cell::text(self.cause.as_str()),
            Heading::Counted => Cell::text(if self.counted { "yes" } else { "no" }),
            Heading::Message => Cell::some_text(Some(&self.message)),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Listed for ScanAttempt {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::At),
        Column::new(Heading::Cause),
        Column::new(Heading::Counted),
        Column::new(Heading::Message).cut(),
    ];
}

impl Row for Conflict {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Host => Cell::text(&self.host),
            Heading::At => Cell::Time(self.at),
            Heading::Scanner => Cell::some_text(self.scanner.as_deref()),
            Heading::OnlyThere => Cell::Count(self.only_there),
            Heading::OnlyHere => Cell::Count(self.only_here),
            Heading::ExamplesThere => listed(&self.examples_there),
            Heading::ExamplesHere => listed(&self.examples_here),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone()
    }
}

impl Listed for Conflict {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::At),
        Column::new(Heading::Scanner),
        Column::new(Heading::OnlyThere),
        Column::new(Heading::OnlyHere),
        Column::new(Heading::ExamplesThere).cut().where_any(),
        Column::new(Heading::ExamplesHere).cut().where_any(),
    ];
}

/// The texts of a short list; nothing of one without any.
fn listed(texts: &[String]) -> Cell {
    let text = texts.join(", ");
    Cell::some_text(Some(text.as_str()).filter(|text| !text.is_empty()))
}

impl Row for Withdrawal {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Host => Cell::some_text(self.host.as_deref()),
            Heading::ScannedAt => Cell::Time(self.scanned_at),
            Heading::Scanner => Cell::some_text(self.scanner.as_deref()),
            Heading::State => Cell::text(self.status.as_str()),
            Heading::Artifacts => Cell::Count(self.artifacts),
            Heading::At => Cell::Time(self.at),
            Heading::WithdrawnBy => Cell::text(&self.by),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.host.clone().unwrap_or_default()
    }
}

impl Listed for Withdrawal {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Host),
        Column::new(Heading::ScannedAt),
        Column::new(Heading::Scanner),
        Column::new(Heading::State),
        Column::new(Heading::Artifacts),
        Column::new(Heading::At),
        Column::new(Heading::WithdrawnBy),
    ];
}
