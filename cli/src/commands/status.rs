//! `status`: the server, the fleet and what waits to be scanned.

use clap::Args;
use model::{
    expiry::{Ending, ending},
    room,
    shown::escaped,
};
use proto_types::{GetStatus, StatusResponse, StoreStatus, TlsStatus};

use crate::{
    ask::context::Context,
    error::{CliError, Result},
    exit::Exit,
    output::{
        Cell, Format, Listed,
        console::{Label, Out},
        coverage, details, json,
        number::bytes,
    },
};

/// Show the state of the server and the fleet, and what is waiting for a scan
#[derive(Args)]
pub(crate) struct StatusArgs {}

pub(crate) async fn run(context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if matches!(out.format, Format::Csv | Format::Name) {
        return Err(
            CliError::failed("status cannot be written as csv or name").hint("use `-o json`")
        );
    }
    let status = context.ask(&GetStatus {}).await?;
    match out.format {
        Format::Ndjson => out.write(|writer| Ok(json::line(&status, writer)?))?,
        Format::Json => out.write(|writer| Ok(json::document(&status, writer)?))?,
        _ => show(&status, out)?,
    }
    let of_tls = status.tls.iter().flat_map(|tls| warnings(tls, out));
    let of_room = status.store.as_ref().and_then(little_room);
    let of_server = context.client.warnings();
    for warning in of_tls.chain(of_room).chain(of_server) {
        out.say(Label::Warning, &warning);
    }
    context.say_footer(&context.footer(&status.coverage, status.as_of));
    Ok(Exit::Found)
}

/// What is to be done about the server's disk.
fn little_room(store: &StoreStatus) -> Option<String> {
    let taken = store.database_bytes.saturating_add(store.wal_bytes);
    room::is_little(store.disk_free_bytes, taken).then(|| {
        let free = bytes(store.disk_free_bytes);
        format!("the server's disk has {free} left: without room no report is taken in")
    })
}

/// What is to be done about the server's certificate.
fn warnings(tls: &TlsStatus, out: &Out) -> Vec<String> {
    let at = out.view.times.absolute(tls.expires_at);
    let end = match ending(tls.expires_at, out.now.timestamp()) {
        Some(Ending::Over) => Some(format!("the server's certificate expired at {at}")),
        Some(Ending::Soon(_)) => Some(format!(
            "the server's certificate expires at {at}: renew it"
        )),
        None => None,
    };
    let problem = tls.problem.as_ref();
    let problem = problem.map(|problem| {
        format!(
            "the server's new certificate is not in use: {}",
            escaped(problem)
        )
    });
    end.into_iter().chain(problem).collect()
}

fn show(status: &StatusResponse, out: &Out) -> Result<()> {
    out.write(|writer| Ok(details::write(&properties(status), &out.view, writer)?))?;
    let counts = &status.counts;
    part(
        "waiting for a scan",
        counts.queued_images,
        &status.queue,
        out,
    )?;
    part(
        "in quarantine",
        counts.quarantined_images,
        &status.quarantined,
        out,
    )?;
    part(
        "scanned differently by two hosts",
        counts.conflicting_images,
        &status.conflicts,
        out,
    )
}

fn part<R: Listed>(heading: &str, total: u64, images: &[R], out: &Out) -> Result<()> {
    if images.is_empty() {
        return Ok(());
    }
    let listed = images.len();
    out.write(|writer| Ok(writeln!(writer, "\n{heading} ({listed} of {total})")?))?;
    out.list(&images, images)
}

fn properties(status: &StatusResponse) -> Vec<(&'static str, Cell)> {
    let (counts, coverage) = (&status.counts, &status.coverage);
    let gaps = coverage::gaps(coverage);
    [
        ("version", Cell::text(&status.version)),
        ("coverage", Cell::text(coverage::word(coverage))),
        ("gaps", Cell::some_text(Some(&gaps.join("; ")))),
        ("hosts", Cell::Count(counts.hosts)),
        ("containers", Cell::Count(counts.containers)),
        ("images", Cell::Count(counts.images)),
        ("running_images", Cell::Count(coverage.running_images)),
        ("artifacts", Cell::Count(counts.artifacts)),
        ("queued_images", Cell::Count(counts.queued_images)),
        ("leases", some(counts.leases)),
        ("rescan_images", some(counts.rescan_images)),
        ("quarantined_images", Cell::Count(counts.quarantined_images)),
        ("conflicts", Cell::Count(counts.conflicts)),
        ("conflicting_images", some(counts.conflicting_images)),
        ("differing_images", some(counts.differing_images)),
    ]
    .into_iter()
    .chain(status.store.iter().flat_map(kept))
    .collect()
}

/// How the server's store stands.
fn kept(store: &StoreStatus) -> [(&'static str, Cell); 4] {
    [
        ("database", Cell::Text(bytes(store.database_bytes))),
        ("wal", Cell::Text(bytes(store.wal_bytes))),
        ("disk_free", Cell::Text(bytes(store.disk_free_bytes))),
        ("waiting_changes", some(store.waiting_changes)),
    ]
}

/// A count that is shown where there is anything to count.
const fn some(count: u64) -> Cell {
    match count {
        0 => Cell::Empty,
        count => Cell::Count(count),
    }
}
