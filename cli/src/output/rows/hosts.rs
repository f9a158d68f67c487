//! What `hosts` lists, and the code that `host add` gets.

use proto_types::{Host, HostCode, Unseen};

use super::states::host_state;
use crate::output::row::{Cell, Column, Listed, Row};
use crate::output::{heading::Heading, number::counted};

impl Row for Host {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::State => host_state(self.state),
            Heading::LastReportAt => Cell::some_time(self.last_report_at),
            Heading::LastFullReportAt => Cell::some_time(self.last_full_report_at),
            Heading::ClonedSince => Cell::some_time(self.cloned_since),
            Heading::Containers => Cell::Count(self.containers),
            Heading::Images => Cell::Count(self.images),
            Heading::Scanner => Cell::some_text(self.scanner.as_deref()),
            Heading::Unseen => Cell::some_text(unseen(&self.unseen).as_deref()),
            Heading::AddedAt => Cell::Time(self.added_at),
            Heading::EnrolledAt => Cell::some_time(self.enrolled_at),
            Heading::Seq => Cell::Count(self.seq),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

/// What nobody looks at on a host, in words; runtimes as the agent's setting names them.
pub(crate) fn unseen(unseen: &Unseen) -> Option<String> {
    let containers = match unseen.containers_without_image {
        0 => None,
        many => Some(format!("{} without an image", counted(many, "container"))),
    };
    let runtimes = unseen.runtimes.iter().map(|runtime| {
        let word = if runtime.acknowledged {
            " (acknowledged)"
        } else {
            ""
        };
        format!("{runtime}{word}")
    });
    let words: Vec<String> = containers.into_iter().chain(runtimes).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

impl Listed for Host {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::State),
        Column::new(Heading::LastReportAt),
        Column::new(Heading::Containers),
        Column::new(Heading::Images),
        Column::new(Heading::Scanner).leaves(),
        Column::new(Heading::Unseen).cut().where_any(),
        Column::new(Heading::ClonedSince).where_any(),
        Column::new(Heading::LastFullReportAt).leaves().wide(),
        Column::new(Heading::AddedAt).leaves().wide(),
        Column::new(Heading::EnrolledAt).leaves().wide(),
        Column::new(Heading::Seq).leaves().wide(),
    ];
}

impl Row for HostCode {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Name => Cell::text(&self.name),
            Heading::Code => Cell::text(&self.code),
            Heading::ExpiresAt => Cell::Time(self.expires_at),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for HostCode {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Code),
        Column::new(Heading::ExpiresAt),
    ];
}
