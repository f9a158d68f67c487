//! What `changes` lists.

use proto_types::{Artifact, Change, ChangeKind};

use crate::output::row::{Cell, Column, Row, Tone};

impl Row for Change {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::new("at", |row: &Self| Cell::Time(row.at)),
        Column::new("kind", |row: &Self| {
            Cell::Word(row.kind.as_str(), tone(row.kind))
        }),
        Column::new("host", |row: &Self| Cell::some_text(row.host.as_deref())).where_any(),
        Column::new("container", |row: &Self| {
            Cell::some_text(row.container.as_deref())
        })
        .cut_last()
        .where_any(),
        Column::new("image_name", |row: &Self| {
            Cell::some_text(row.image_name.as_deref())
        })
        .cut()
        .where_any(),
        Column::new("image_digest", |row: &Self| {
            row.image_digest.map_or(Cell::Empty, Cell::Digest)
        })
        .leaves()
        .where_any(),
        Column::new("name", |row: &Self| of_artifact(row, |one| &one.name)).where_any(),
        Column::new("version", |row: &Self| of_artifact(row, |one| &one.version)).where_any(),
        Column::new("type", |row: &Self| {
            of_artifact(row, |one| &one.artifact_type)
        })
        .leaves()
        .where_any(),
    ];

    /// What changed: HOST/CONTAINER of a run, the name of an artifact.
    fn name(&self) -> String {
        match (&self.host, &self.container, &self.artifact) {
            (Some(host), Some(container), _) => format!("{host}/{container}"),
            (_, _, Some(artifact)) => artifact.name.clone(),
            _ => self.kind.to_string(),
        }
    }
}

fn of_artifact(change: &Change, field: fn(&Artifact) -> &String) -> Cell {
    Cell::some_text(change.artifact.as_ref().map(|one| field(one).as_str()))
}

const fn tone(kind: ChangeKind) -> Tone {
    match kind {
        ChangeKind::Started => Tone::Good,
        ChangeKind::Stopped => Tone::Doubtful,
        ChangeKind::Appeared => Tone::Neutral,
    }
}
