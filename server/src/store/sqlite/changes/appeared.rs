//! Artifacts that appeared: those that a commit added, but for what is known in more detail since.

use index::whole;
use proto_types::{Artifact, Change, ChangeKind, Timestamp};
use rusqlite::params;

use crate::store::{
    Result,
    sqlite::{
        blocks::{self, Block},
        context::Context,
        sql::time,
    },
};

use super::{
    order::{APPEARED, Key},
    start::Start,
};

/// The first of them behind a start and up to the commit of a question, with where each stands.
pub fn list(cx: &Context<'_>, start: &Start, most: usize) -> Result<Vec<(Key, Change)>> {
    let mut statement = cx.prepare_cached(&format!(
        "SELECT {}, seq, seen FROM artifact_block
         WHERE seq BETWEEN ?1 AND ?4 AND (seen >= ?2 OR seq > ?3) ORDER BY seq, first",
        blocks::COLUMNS
    ))?;
    let mut rows = statement.query(params![start.after.seq, start.since, start.up_to, cx.seq])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()?.filter(|_| found.len() < most) {
        let (seq, at) = (row.get("seq")?, time(row, "seen")?);
        for (number, artifact) in Block::of(row)?.artifacts()? {
            let key = Key {
                seq,
                phase: APPEARED,
                place: i64::from(number) * 2,
            };
            if !artifact.again && key > start.after {
                found.push((key, change(at, whole(&artifact))));
            }
        }
    }
    found.truncate(most);
    Ok(found)
}

/// An artifact that appeared, without what no question looks at.
fn change(at: Timestamp, artifact: Artifact) -> Change {
    Change {
        at,
        kind: ChangeKind::Appeared,
        host: None,
        container: None,
        image_name: None,
        image_digest: None,
        artifact: Some(Artifact {
            licenses: Vec::new(),
            ..artifact
        }),
    }
}
