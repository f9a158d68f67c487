//! Reads the index from the rows: hosts, images and artifacts, then what they hold and run.

use std::collections::HashMap;

use index::{ImageRow, Index, Loader, Run, Sbom, Stands};
use proto_types::Timestamp;
use rusqlite::{Connection, Row};

use crate::store::{
    Result,
    sqlite::{
        aliases, blocks, commits, holds, image_row,
        numbers::number,
        presence, retention,
        sql::{digest, time, time_or_none},
        unseen,
    },
};

/// The index as of the last commit.
pub fn index(connection: &Connection) -> Result<Index> {
    let began = std::time::Instant::now();
    let mut loader = Loader::default();
    hosts(connection, &mut loader)?;
    past_of_hosts(connection, &mut loader)?;
    images(connection, &mut loader)?;
    all_artifacts(connection, &mut loader)?;
    sboms(connection, &mut loader)?;
    runs(connection, &mut loader)?;
    let last = commits::last(connection)?;
    let (seq, at) = last.map_or((0, Timestamp::default()), |last| (last.seq, last.at));
    let index = loader.finish(number(seq)?, at)?;
    tracing::info!(took = ?began.elapsed(), "the index is built");
    Ok(index)
}

fn hosts(connection: &Connection, loader: &mut Loader) -> Result<()> {
    let mut unseen = unseen::told_of_all(connection)?;
    let sql = format!(
        "SELECT id, name, {} FROM host ORDER BY id",
        presence::COLUMNS
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get("id")?;
        let host = number(id)?;
        loader.host(host, row.get_ref("name")?.as_str().unwrap_or_default())?;
        let stands = Stands {
            times: presence::times(row)?,
            unseen: unseen.remove(&id).unwrap_or_default(),
        };
        loader.stands(host, &stands);
    }
    Ok(())
}

/// What is over of how they stood.
fn past_of_hosts(connection: &Connection, loader: &mut Loader) -> Result<()> {
    presence::load_past(connection, loader)?;
    unseen::load_past(connection, loader)?;
    if let Some(moment) = retention::kept_since(connection)? {
        loader.kept_since(moment);
    }
    Ok(())
}

fn images(connection: &Connection, loader: &mut Loader) -> Result<()> {
    let mut aliases = aliases::all(connection)?;
    let mut statement = connection.prepare(
        "SELECT id, digest, last_name, first_seen, last_seen, first_seq FROM image ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        loader.image(&ImageRow {
            image: number(id)?,
            digest: digest(row, "digest")?,
            aliases: aliases.remove(&id).unwrap_or_default(),
            name: row.get("last_name")?,
            first_seen: time(row, "first_seen")?,
            since: number(row.get("first_seq")?)?,
            last_seen: time_or_none(row, "last_seen")?,
        })?;
    }
    Ok(())
}

fn all_artifacts(connection: &Connection, loader: &mut Loader) -> Result<()> {
    blocks::each(connection, |number, artifact| {
        Ok(loader.artifact(number, artifact)?)
    })
}

fn sboms(connection: &Connection, loader: &mut Loader) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT id, sbom, sbom_detail, distro, distro_version, ifnull(sbom_seq, 0) AS since,
                complete_seq
         FROM image WHERE sbom > 0 ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let sbom = Sbom {
            status: image_row::status(row.get("sbom")?),
            detail: number(row.get("sbom_detail")?)?,
            distro: row.get("distro")?,
            distro_version: row.get("distro_version")?,
            artifacts: holds::of_image(connection, id)?,
        };
        let image = number(id)?;
        loader.sbom(image, &sbom, number(row.get("since")?)?)?;
        if let Some(since) = row.get::<_, Option<i64>>("complete_seq")? {
            loader.was_complete(image, number(since)?)?;
        }
    }
    for image in image_row::withdrawn(connection)? {
        loader.withdrawn(number(image)?);
    }
    Ok(())
}

fn runs(connection: &Connection, loader: &mut Loader) -> Result<()> {
    let names = names(connection)?;
    let mut statement = connection.prepare(
        "SELECT id, host_id, container, image_id, image_name, since, began_seq, until,
                ifnull(ended_seq, 0) AS ended_seq
         FROM run ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let end = match time_or_none(row, "until")? {
            Some(until) => Some((until, number(row.get("ended_seq")?)?)),
            None => None,
        };
        loader.run(&run(row, &names)?, number(row.get("began_seq")?)?, end)?;
    }
    Ok(())
}

/// The images' own names.
fn names(connection: &Connection) -> Result<HashMap<i64, String>> {
    let mut statement = connection.prepare("SELECT id, name FROM image")?;
    let names = statement.query_map([], |row| Ok((row.get("id")?, row.get("name")?)))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

fn run(row: &Row<'_>, names: &HashMap<i64, String>) -> Result<Run> {
    let image: i64 = row.get("image_id")?;
    let image_name: Option<String> = row.get("image_name")?;
    Ok(Run {
        run: number(row.get("id")?)?,
        host: number(row.get("host_id")?)?,
        image: number(image)?,
        container: row.get("container")?,
        image_name: image_name
            .or_else(|| names.get(&image).cloned())
            .unwrap_or_default(),
        since: time(row, "since")?,
    })
}
