//! Files: the rows of a view, in any format of the command line.

use std::{
    fs::{File, OpenOptions},
    io::{BufWriter, Write},
};

use client::Client;
use jiff::Timestamp;
use proto_types::{
    AffectingAdvisory, Artifact, Change, CoverImage, FindRequest, FindResult, GroupBy, Host,
    ImageSummary, RunningContainer,
};

use super::{problem::unwritable, rows};
use crate::{
    output::{
        Format, Listed, Row, View,
        diff::DiffRow,
        list,
        row::Column,
        rows::groups::{self, Counted},
    },
    tui::{
        answer::Problem,
        ask::{Export, ExportRows},
        event::Answer,
        item::Item,
        judged::Judged,
        rollout::OnHost,
        uncovered::Uncovered,
    },
};

/// How many rows are asked for at a time.
const CHUNK: u64 = 10_000;

/// Writes a file that wasn't there before, and says where it is.
pub(super) async fn write(client: &Client, export: Export) -> Result<Answer, Problem> {
    let path = &export.path;
    let items = match export.rows {
        ExportRows::Here(items) => items,
        ExportRows::Find(request) => all(client, request).await?,
    };
    let file = create(path)?;
    let mut writer = BufWriter::new(file);
    let rows = u64::try_from(items.len()).unwrap_or(u64::MAX);
    write_items(items, export.containers, export.format, &mut writer)
        .map_err(|error| unwritable(path, &*error))?;
    writer.flush().map_err(|error| unwritable(path, &error))?;
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let path = whole.display().to_string();
    Ok(Answer::Exported { rows, path })
}

fn create(path: &str) -> Result<File, Problem> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| unwritable(path, &error))
}

async fn all(client: &Client, mut request: FindRequest) -> Result<Vec<Item>, Problem> {
    let mut items = Vec::new();
    loop {
        request.limit = Some(CHUNK);
        let response = client.send(&request).await?;
        let next = response.next_cursor.clone();
        items.extend(rows::items(&request, response));
        if next.is_none() {
            return Ok(items);
        }
        request.cursor = next;
    }
}

type Written = Result<(), Box<dyn std::error::Error>>;

/// All rows of a list are of one kind.
fn write_items(items: Vec<Item>, containers: u64, format: Format, to: &mut dyn Write) -> Written {
    macro_rules! write_as {
        ($row:ty: $variant:pat => $found:expr) => {{
            let rows: Vec<$row> = items
                .into_iter()
                .filter_map(|item| match item {
                    $variant => Some($found),
                    _ => None,
                })
                .collect();
            write_rows(<$row>::COLUMNS, &rows, format, to)
        }};
    }
    match items.first() {
        Some(Item::Found(_)) => write_as!(FindResult: Item::Found(row) => *row),
        Some(Item::Image(_)) => write_as!(ImageSummary: Item::Image(row) => *row),
        Some(Item::Host(_)) => write_as!(Host: Item::Host(row) => *row),
        Some(Item::Artifact(_)) => write_as!(Artifact: Item::Artifact(row) => row),
        Some(Item::Container(_)) => write_as!(RunningContainer: Item::Container(row) => *row),
        Some(Item::Cover(_)) => write_as!(CoverImage: Item::Cover(row) => *row),
        Some(Item::Differs(_)) => write_as!(DiffRow: Item::Differs(row) => *row),
        Some(Item::Change(_)) => write_as!(Change: Item::Change(row) => *row),
        Some(Item::OnHost(_)) => write_as!(OnHost: Item::OnHost(row) => *row),
        Some(Item::Uncovered(_)) => write_as!(Uncovered: Item::Uncovered(row) => *row),
        Some(Item::Advisory(_)) => write_as!(AffectingAdvisory: Item::Advisory(row) => *row),
        Some(Item::Judged(_)) => write_as!(Judged: Item::Judged(row) => *row),
        Some(&Item::Group(by, _)) => write_groups(by, items, containers, format, to),
        None => Ok(()),
    }
}

/// Groups are headed by what they are counted by.
fn write_groups(
    by: GroupBy,
    items: Vec<Item>,
    containers: u64,
    format: Format,
    to: &mut dyn Write,
) -> Written {
    let groups = items.into_iter().filter_map(|item| match item {
        Item::Group(_, group) => Some(group),
        _ => None,
    });
    let counted = Counted::of(groups, by, containers, false);
    write_rows(groups::columns(by), &counted, format, to)
}

fn write_rows<R: Row>(
    columns: &'static [Column],
    rows: &[R],
    format: Format,
    to: &mut dyn Write,
) -> Written {
    let view = View::plain(Timestamp::now());
    list::write(format, &view, columns, &rows, rows, to).map_err(|error| error.to_string())?;
    Ok(())
}
