//! Step 8: packs what each image holds into one row.

use rusqlite::Connection;

use crate::store::{
    Result,
    sqlite::{holds, numbers::number},
};

/// Fills the table, and drops the one of pairs.
pub fn fill(connection: &Connection) -> Result<()> {
    let mut pairs = connection.prepare(
        "SELECT image_id, artifact_id FROM image_artifact ORDER BY image_id, artifact_id",
    )?;
    let mut rows = pairs.query([])?;
    let (mut image, mut artifacts) = (None, Vec::new());
    while let Some(row) = rows.next()? {
        let of: i64 = row.get(0)?;
        if let Some(before) = image.replace(of).filter(|before| *before != of) {
            holds::write(connection, before, &artifacts)?;
            artifacts.clear();
        }
        artifacts.push(number(row.get(1)?)?);
    }
    if let Some(last) = image {
        holds::write(connection, last, &artifacts)?;
    }
    drop(rows);
    drop(pairs);
    connection.execute_batch("DROP TABLE image_artifact")?;
    Ok(())
}
