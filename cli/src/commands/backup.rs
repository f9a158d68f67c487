//! `backup`: a copy of the server's database, as a file that wasn't there before.

use std::{
    fs::File,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use proto_types::{Endpoint, TakeBackup};
use tempfile::NamedTempFile;

use crate::{
    ask::{context::Context, progress},
    error::{CliError, Result},
    exit::Exit,
    output::{console::Label, number},
};

/// How long the server may take to make the copy and to check it.
const PATIENCE: Duration = Duration::from_secs(6 * 3600);

/// Save a copy of the server's database
///
/// The server keeps running while it takes the copy, and checks the copy before sending it. It needs
/// as much free disk space as the database takes. Needs an admin token or the local socket.
#[derive(Args)]
pub(crate) struct BackupArgs {
    /// File to write; it must not exist yet, and only you will be able to read it
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) async fn run(args: &BackupArgs, context: &Context<'_>) -> Result<Exit> {
    let path = args.file.as_path();
    if path.symlink_metadata().is_ok() {
        let exists = CliError::failed(format!("{} exists", path.display()));
        return Err(exists.hint("choose a new file name: a backup never overwrites a file"));
    }
    let mut part = part(path)?;
    let media_type = TakeBackup::STREAM.map_or("", |stream| stream.media_type);
    let saving = context
        .client
        .save(&TakeBackup {}, media_type, PATIENCE, &mut part);
    let saved = progress::shown(context.out.shows_progress, "taking a backup", saving).await?;
    let kept = saved.and_then(|bytes| keep(part, path).map(|()| bytes));
    let bytes = kept.map_err(|error| unwritable(path, error))?;
    let size = number::bytes(bytes);
    context
        .out
        .say(Label::Plain, &format!("saved {size} to {}", path.display()));
    Ok(Exit::Found)
}

/// The file beside it that is written to, and that is gone where anything fails.
fn part(path: &Path) -> Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".assetmon-backup-")
        .tempfile_in(folder(path))
        .map_err(|error| unwritable(path, error))
}

/// Gives a whole copy its name, once it is on the disk.
fn keep(part: NamedTempFile, path: &Path) -> std::io::Result<()> {
    part.as_file().sync_all()?;
    part.persist_noclobber(path)?;
    File::open(folder(path))?.sync_all()
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn unwritable(path: &Path, error: std::io::Error) -> CliError {
    CliError::failed(format!("cannot write {}", path.display())).because(error)
}
