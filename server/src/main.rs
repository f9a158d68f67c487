//! The server's program: settings, the store, the listeners.

use std::{
    cell::OnceCell,
    fs,
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, anyhow, bail};
use assetmon_server::{
    App, arenas,
    clock::Clock,
    connections,
    demo::Demo,
    handed::Handed,
    healthy,
    limits::Limits,
    listen::Listeners,
    logs, retention, router, service,
    settings::{Flags, Settings},
    store::{StoreError, sqlite::SqliteStore},
    tls::{self, Tls},
};
use clap::{CommandFactory, Parser};
use model::shown::escaped_lines;
use rustix::{
    fs::{FlockOperation, Mode, flock},
    process::umask,
};
use terminal::manual::Manual;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
};

/// Files of the data folder that nobody else may open.
const PRIVATE: [&str; 5] = [
    "lock",
    "assetmon.db",
    "assetmon.db-wal",
    "assetmon.db-shm",
    "advisories.db",
];
/// Sections of the manual that the help text has no room for.
const MORE: &str = "\
Exit status:
  0  stopped on request; with --healthy, the server is ready
  1  could not start, or can't write any more: see standard error
  2  invalid command line

Environment:
  ASSETMON_LOG
      log level: info, debug, or assetmon_server=debug

Files:
  /etc/assetmon/server.toml
      settings of the service
  /var/lib/assetmon
      the database, imported advisories, and the local socket

Examples:
  assetmon-server --demo
  assetmon-server --data-dir /srv/assetmon --listen 127.0.0.1:8420";
/// How long a question that outlasts the time that requests get to end holds the process up.
const LAST_QUESTION: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let flags = match Flags::try_parse() {
        Ok(flags) => flags,
        Err(usage) => return terminal::show_usage(&usage),
    };
    arenas::keep_to_one();
    match run(flags) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where nobody can be told, the status tells.
            let words = format!("assetmon-server: error: {error:#}");
            let _ = writeln!(std::io::stderr(), "{}", escaped_lines(&words));
            ExitCode::FAILURE
        }
    }
}

fn write_manual(folder: &Path) -> anyhow::Result<()> {
    let manual = Manual {
        program: concat!("assetmon-server ", env!("CARGO_PKG_VERSION")),
        more: MORE,
        everywhere: "",
        see_also: &["assetctl(1)", "assetmon-agent(1)"],
        further: None,
    };
    let written = manual.write(Flags::command(), folder).map(|_| ());
    written.with_context(|| format!("the manual can't be written to {}", folder.display()))
}

/// That the store can't be opened, why, and what to do where that is known.
fn not_opened(error: StoreError, path: &Path) -> anyhow::Error {
    let path = path.display();
    match error {
        StoreError::Full => anyhow!(
            "the store {path} can't be opened: the disk that holds it is full; make room there, and start the \
             server again"
        ),
        other => anyhow::Error::new(other).context(format!("the store {path} can't be opened")),
    }
}

fn run(mut flags: Flags) -> anyhow::Result<()> {
    let handed = Handed::take()?;
    if let Some(folder) = &flags.man {
        return write_manual(folder);
    }
    let asks = flags.healthy;
    // Declared before all that works in its folder, so that it goes last; made before the log is,
    // since what was is no news.
    let demo = match flags.demo && !asks {
        true => Some(Arc::new(Demo::begin(&mut flags)?)),
        false => None,
    };
    let settings = Settings::new(flags)?;
    if asks {
        return healthy::ask(&settings.socket);
    }
    // What the server makes is for its user alone, wherever it stands.
    umask(Mode::from_raw_mode(0o077));
    // What a demo's hosts do would bury what it says of itself.
    let usual = if demo.is_some() { "warn" } else { "info" };
    logs::start(settings.log_format, usual);
    let tls = settings
        .tls
        .clone()
        .map(Tls::start)
        .transpose()
        .context("TLS can't be set up")?;
    connections::raise_files();
    let _lock = take_data_dir(&settings.data_dir)?;
    let clock = Clock::system();
    let path = settings.data_dir.join("assetmon.db");
    let store = SqliteStore::open(&path, settings.rules, clock.clone())
        .map_err(|error| not_opened(error, &path))?;
    let app = App {
        tls,
        limits: Arc::new(Limits::new(settings.per_minute)),
        ..App::new(Arc::new(store), clock)?
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(serve(&settings, handed, app, demo.clone()));
    // A question that is still worked on is nobody's any more.
    runtime.shutdown_timeout(LAST_QUESTION);
    served
}

async fn serve(
    settings: &Settings,
    handed: Handed,
    app: App,
    demo: Option<Arc<Demo>>,
) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let hangup = signal(SignalKind::hangup())?;
    let listeners = Listeners::bind(settings, handed)?;
    tracing::info!(
        address = %listeners.address()?,
        socket = %listeners.socket().display(),
        tls = app.tls.is_some(),
        version = env!("CARGO_PKG_VERSION"),
        "listening"
    );
    let mut dropping = tokio::spawn(retention::run(
        Arc::clone(&app.store),
        app.clock.clone(),
        settings.retention,
    ));
    let address = listeners.address()?;
    let beside = beside(&app, hangup, format!("listening on {address}"));
    let tls = app.tls.clone();
    let failed = OnceCell::new();
    let store = Arc::clone(&app.store);
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            why = store.ended() => {
                let _ = failed.set(format!("nothing can be written any more: {why}"));
            }
            ended = &mut dropping => {
                let _ = failed.set(format!("the daily job has ended: {ended:?}"));
            }
        }
        service::stopping();
    };
    let router = router(app);
    let shown = demo.map(|demo| tokio::spawn(demo.go_on(router.clone(), address)));
    listeners.serve(router, tls, stop).await?;
    shown.iter().for_each(JoinHandle::abort);
    dropping.abort();
    beside.iter().for_each(JoinHandle::abort);
    if let Some(why) = failed.into_inner() {
        bail!(why);
    }
    tracing::info!("stopped");
    Ok(())
}

/// What goes on beside the answering, until it is aborted.
fn beside(app: &App, hangup: Signal, listening: String) -> [JoinHandle<()>; 2] {
    let keeping_up = tls::keep_up(app.tls.clone(), app.clock.clone(), hangup);
    let store = Arc::clone(&app.store);
    let telling = async move { service::tell(store, &listening).await };
    [tokio::spawn(keeping_up), tokio::spawn(telling)]
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
    for name in PRIVATE {
        keep_private(&path.join(name))?;
    }
    Ok(file)
}

/// Takes a file from everybody but its owner: one that was put back or that a server of before made.
fn keep_private(path: &Path) -> anyhow::Result<()> {
    match fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} can't be kept private", path.display()))
        }
        _ => Ok(()),
    }
}
