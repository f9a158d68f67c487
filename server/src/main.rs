//! The server's program: settings, the store, the listeners.

use std::{fs, os::unix::fs::DirBuilderExt, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use assetmon_server::{
    App, arenas,
    clock::Clock,
    listen::Listeners,
    logs, retention, router,
    settings::{Flags, Settings},
    store::sqlite::SqliteStore,
    tls::{self, Tls},
};
use clap::Parser;
use rustix::fs::{FlockOperation, flock};
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let flags = Flags::parse();
    arenas::keep_to_one();
    match run(flags) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("assetmon-server: error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(flags: Flags) -> anyhow::Result<()> {
    let settings = Settings::new(flags)?;
    logs::start(settings.log_format);
    let tls = settings
        .tls
        .clone()
        .map(Tls::start)
        .transpose()
        .context("TLS can't be spoken")?;
    let _lock = take_data_dir(&settings.data_dir)?;
    let clock = Clock::system();
    let path = settings.data_dir.join("assetmon.db");
    let store = SqliteStore::open(&path, settings.rules, clock.clone())
        .map_err(|error| anyhow::Error::new(error).context("the store can't be opened"))?;
    let app = App {
        store: Arc::new(store),
        clock,
        tls,
    };
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(serve(&settings, app))
}

async fn serve(settings: &Settings, app: App) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let hangup = signal(SignalKind::hangup())?;
    let listeners = Listeners::bind(settings.listen, &settings.socket)?;
    tracing::info!(
        address = %listeners.address()?,
        socket = %settings.socket.display(),
        tls = app.tls.is_some(),
        version = env!("CARGO_PKG_VERSION"),
        "listening"
    );
    let dropping = retention::run(
        Arc::clone(&app.store),
        app.clock.clone(),
        settings.retention,
    );
    let dropping = tokio::spawn(dropping);
    let tls = app.tls.clone();
    let keeping_up = tokio::spawn(tls::keep_up(tls.clone(), app.clock.clone(), hangup));
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    listeners.serve(router(app), tls, stop).await?;
    dropping.abort();
    keeping_up.abort();
    tracing::info!("stopped");
    Ok(())
}

/// Makes the data folder where there is none, and keeps a second server out of it for as long as
/// the file that is returned stays open.
fn take_data_dir(path: &Path) -> anyhow::Result<fs::File> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("the data folder {} can't be made", path.display()))?;
    let lock = path.join("lock");
    let file = fs::File::create(&lock)
        .with_context(|| format!("the data folder {} can't be written to", path.display()))?;
    if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
        bail!("another server works in the data folder {}", path.display());
    }
    Ok(file)
}
