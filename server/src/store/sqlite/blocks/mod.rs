//! Artifacts as rows: one holds what one commit added, packed.
//!
//! A row's artifacts have numbers from its `first` one on that are below that of the next row, and
//! rise. What packs them knows what is alike ([`index::packed`]); what is left is compressed.

mod row;

use index::{Kept, packed::PackedArtifact};
use proto_types::Artifact;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::Result;

use super::commits;
pub use row::{Block, COLUMNS};
use row::{Columns, columns, numbers};

/// A row holds at most so many: to read one of them, all are unpacked.
pub const MOST: usize = 1_024;
/// Adds artifacts by their rising numbers, each with whether there was another of its name, type,
/// version and package URL before, as what a commit of that number and that time added.
pub fn add<K: Kept>(
    connection: &Connection,
    artifacts: &[(u32, &K, bool)],
    (seq, seen): (i64, i64),
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO artifact_block (first, seq, seen, count, numbers, packed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for some in artifacts.chunks(MOST) {
        let Some((first, ..)) = some.first() else {
            continue;
        };
        let Columns {
            count,
            numbers,
            packed,
        } = columns(*first, some)?;
        statement.execute(params![first, seq, seen, count, numbers, packed])?;
    }
    Ok(())
}

/// Reads every artifact, by its rising number.
pub fn each(
    connection: &Connection,
    mut take: impl FnMut(u32, &PackedArtifact<'_>) -> Result<()>,
) -> Result<()> {
    let sql = format!("SELECT {COLUMNS} FROM artifact_block ORDER BY first");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for (number, artifact) in Block::of(row)?.artifacts()? {
            take(number, &artifact)?;
        }
    }
    Ok(())
}

/// The artifacts that have these numbers, which rise.
pub fn some(connection: &Connection, wanted: &[u32]) -> Result<Vec<(u32, Artifact)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM artifact_block WHERE first <= ?1 ORDER BY first DESC LIMIT 1"
    ))?;
    let mut found: Vec<(u32, Artifact)> = Vec::with_capacity(wanted.len());
    let mut left = wanted;
    while let Some((first, rest)) = left.split_first() {
        let block = statement
            .query_row([first], |row| Ok(Block::of(row)))
            .optional()?;
        left = rest;
        let Some(block) = block.transpose()? else {
            continue;
        };
        for (number, artifact) in block.artifacts()? {
            if wanted.binary_search(&number).is_ok()
                && found.last().is_none_or(|(last, _)| *last < number)
            {
                found.push((number, index::whole(&artifact)));
            }
        }
        let last = block.numbers.last().copied().unwrap_or_default();
        left = &left[left.partition_point(|number| *number <= last)..];
    }
    Ok(found)
}

/// How many there are.
pub fn count(connection: &Connection) -> Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT ifnull(sum(count), 0) FROM artifact_block")?
        .query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The number that is above those of all.
pub fn next(connection: &Connection) -> Result<u32> {
    let last = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM artifact_block ORDER BY first DESC LIMIT 1"
        ))?
        .query_row([], |row| Ok(numbers(row)))
        .optional()?;
    let last = last
        .transpose()?
        .and_then(|numbers| numbers.last().copied());
    // Should there be no number left, it is said where one is needed.
    Ok(last.map_or(1, |last| last.saturating_add(1)))
}

/// The numbers, by row, of artifacts that are in rows from before a moment (in milliseconds), of the
/// first `most` rows that begin with a number or one above it.
pub fn older(
    connection: &Connection,
    moment: i64,
    from: u32,
    most: usize,
) -> Result<Vec<Vec<u32>>> {
    let above = commits::above_all_before("?1");
    let mut statement = connection.prepare_cached(&format!(
        "SELECT first, count, numbers FROM artifact_block
         WHERE first >= ?2 AND seq < {above} AND seen < ?1 ORDER BY first LIMIT ?3"
    ))?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![moment, from, most], |row| Ok(numbers(row)))?;
    rows.collect::<rusqlite::Result<Result<_>>>()?
}

/// Takes artifacts out of the row that they are all of; their numbers rise.
pub fn remove(connection: &Connection, numbers: &[u32]) -> Result<()> {
    let Some(some_number) = numbers.first() else {
        return Ok(());
    };
    let (first, block) = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM artifact_block WHERE first <= ?1 ORDER BY first DESC LIMIT 1"
        ))?
        .query_row([some_number], |row| {
            Ok((row.get::<_, u32>("first")?, Block::of(row)))
        })?;
    let block = block?;
    let left: Vec<_> = block
        .artifacts()?
        .filter(|(number, _)| numbers.binary_search(number).is_err())
        .collect();
    if left.is_empty() {
        connection
            .prepare_cached("DELETE FROM artifact_block WHERE first = ?1")?
            .execute([first])?;
        return Ok(());
    }
    let left: Vec<_> = left
        .iter()
        .map(|(number, artifact)| (*number, artifact, artifact.again))
        .collect();
    let Columns {
        count,
        numbers,
        packed,
    } = columns(first, &left)?;
    connection
        .prepare_cached(
            "UPDATE artifact_block SET count = ?2, numbers = ?3, packed = ?4 WHERE first = ?1",
        )?
        .execute(params![first, count, numbers, packed])?;
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::store::sqlite::{connection::open_writer, migrations};

    fn names(found: &[(u32, Artifact)]) -> Vec<(u32, &str)> {
        let named = found.iter();
        named
            .map(|(number, artifact)| (*number, artifact.name.as_str()))
            .collect()
    }

    #[test]
    fn what_is_taken_out_leaves_the_others_under_their_numbers() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = open_writer(&dir.path().join("x.db")).unwrap();
        migrations::apply(&mut connection).unwrap();
        let artifact = |name: &str| Artifact {
            name: name.to_owned(),
            ..Artifact::default()
        };
        let all = ["a", "b", "c", "d", "e"].map(artifact);
        let [a, b, c, d, e] = &all;
        add(
            &connection,
            &[(1, a, false), (2, b, false), (3, c, true)],
            (1, 10),
        )
        .unwrap();
        add(&connection, &[(7, d, false), (8, e, false)], (2, 20)).unwrap();
        assert_eq!(older(&connection, 5, 0, 9).unwrap(), [[0; 0]; 0]);
        remove(&connection, &[1, 3]).unwrap();
        remove(&connection, &[7, 8]).unwrap();
        let left = some(&connection, &[1, 2, 3, 7, 8]).unwrap();
        assert_eq!(names(&left), [(2, "b")]);
        assert_eq!(
            (count(&connection).unwrap(), next(&connection).unwrap()),
            (1, 3)
        );
        add(&connection, &[(9, d, false)], (3, 30)).unwrap();
        let mut read = Vec::new();
        each(&connection, |number, artifact| {
            read.push((number, index::whole(artifact)));
            Ok(())
        })
        .unwrap();
        assert_eq!(names(&read), [(2, "b"), (9, "d")]);
    }
}
