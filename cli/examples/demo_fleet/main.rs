//! Makes a data folder with a month of a fleet's life, to try `assetctl tui` on and to draw its picture from.
//!
//! `cargo run -p assetctl --example demo_fleet -- DATA_DIR`, then
//! `assetmon-server --data-dir DATA_DIR`. Everything is reported through the API, to a server in
//! this process whose clock is turned.

mod chance;
mod fleet;
mod images;
mod reports;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use assetmon_server::{
    App, clock::Clock, handed::Handed, listen::Listeners, router, settings::Flags,
    settings::Settings, store::sqlite::SqliteStore,
};
use client::{Client, ServerAddress};
use proto_types::Timestamp;

use crate::reports::Result;

/// How many days are lived through.
const DAYS: i64 = 30;
/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

fn main() -> ExitCode {
    let Some(dir) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: demo_fleet DATA_DIR");
        return ExitCode::FAILURE;
    };
    match run(&dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo_fleet: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    let socket = dir.join("seed.sock");
    let flags = Flags {
        data_dir: Some(dir.to_owned()),
        listen: Some("127.0.0.1:0".parse()?),
        socket: Some(socket.clone()),
        ..Flags::default()
    };
    let settings = Settings::new(flags)?;
    let clock = Arc::new(AtomicI64::new(0));
    let turned = Clock::turned_by(Arc::clone(&clock));
    let store = SqliteStore::open(&dir.join("assetmon.db"), settings.rules, turned.clone())?;
    let app = App::new(Arc::new(store), turned)?;
    let listeners = Listeners::bind(&settings, Handed::default())?;
    let address = format!("http://{}", listeners.address()?);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(listeners.serve(router(app), None, async {
        let _ = stopped.await;
    }));
    live(&socket, &address, &clock).await?;
    let _ = stop.send(());
    served.await??;
    // The real server makes its own.
    let _ = fs::remove_file(&socket);
    Ok(())
}

/// Lives through the days up to this moment.
async fn live(socket: &Path, address: &str, clock: &AtomicI64) -> Result<()> {
    let end = Timestamp::now().as_millisecond();
    let begin = end - DAYS * DAY;
    clock.store(begin, Ordering::Relaxed);
    let admin = Client::new(ServerAddress::Unix(socket.to_owned()), None)?;
    let address: ServerAddress = address.parse()?;
    let mut hosts = Vec::new();
    for host in fleet::hosts() {
        hosts.push(reports::enrol(&admin, &address, host).await?);
    }
    // A fresh machine that nobody has enrolled yet.
    reports::add(&admin, "edge-09").await?;
    for day in 0..=DAYS {
        for host in &mut hosts {
            let late = host.host.minutes_late(day) * 60_000;
            let now = if day == DAYS {
                end - late / 100
            } else {
                begin + day * DAY + late
            };
            if host.host.is_silent(day, DAYS) {
                continue;
            }
            clock.store(now, Ordering::Relaxed);
            host.report(day).await?;
        }
    }
    clock.store(end, Ordering::Relaxed);
    Ok(())
}
