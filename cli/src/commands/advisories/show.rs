//! `advisories show`: what the feeds have about a vulnerability.

use advisories::osv;
use clap::Args;
use model::advisory::{Advisory, Affected, Event};
use proto_types::{AdvisoryDetail, AdvisorySummary, GetAdvisory, KeptAdvisory};

use crate::{
    ask::{
        complete,
        context::{Context, count},
    },
    error::{CliError, Result},
    exit::Exit,
    output::{
        Cell, Format,
        console::{Label, Out},
        details,
        number::grouped,
        rows::Package,
    },
};

#[derive(Args)]
pub(super) struct ShowArgs {
    /// The id of an advisory or a CVE: DSA-5764-1, CVE-2024-6119
    #[arg(value_name = "ID", add = complete::advisories())]
    id: String,
}

pub(super) async fn run(args: ShowArgs, context: &Context<'_>) -> Result<Exit> {
    let detail = context.ask(&GetAdvisory { id: args.id }).await?;
    show(&detail, context.out)?;
    let shown = count(&detail.advisories);
    if shown < detail.total {
        let (shown, total) = (grouped(shown), grouped(detail.total));
        let line = format!("{shown} of {total} advisories shown");
        context.out.say(Label::Plain, &line);
    }
    Ok(Exit::Found)
}

fn show(detail: &AdvisoryDetail, out: &Out) -> Result<()> {
    let mut all = Vec::new();
    for (number, kept) in detail.advisories.iter().enumerate() {
        let packages = packages(kept)?;
        if !matches!(out.format, Format::Table | Format::Wide) {
            all.extend(packages);
            continue;
        }
        out.write(|writer| {
            if number > 0 {
                writeln!(writer)?;
            }
            Ok(details::write(
                &properties(&kept.summary),
                &out.view,
                writer,
            )?)
        })?;
        if !packages.is_empty() {
            out.write(|writer| Ok(writeln!(writer, "\npackages ({})", packages.len())?))?;
            out.list(&packages, &packages)?;
        }
    }
    match out.format {
        Format::Table | Format::Wide => Ok(()),
        Format::Name => out.list(detail, &summaries(detail)),
        _ => out.list(detail, &all),
    }
}

fn summaries(detail: &AdvisoryDetail) -> Vec<AdvisorySummary> {
    let all = detail.advisories.iter();
    all.map(|one| one.summary.clone()).collect()
}

fn properties(summary: &AdvisorySummary) -> Vec<(&'static str, Cell)> {
    vec![
        ("advisory", Cell::text(&summary.id)),
        ("source", Cell::text(&summary.source)),
        ("cves", Cell::some_text(Some(&summary.cves.join(" ")))),
        ("summary", Cell::some_text(Some(&summary.summary))),
        ("published", Cell::some_time(summary.published)),
        ("modified", Cell::some_time(summary.modified)),
        ("withdrawn", Cell::some_time(summary.withdrawn)),
    ]
}

/// The packages of a record, each with what is vulnerable of it.
fn packages(kept: &KeptAdvisory) -> Result<Vec<Package>> {
    let unreadable = |error: &dyn std::fmt::Display| {
        CliError::failed(format!(
            "cannot read what the server has of {}",
            kept.summary.id
        ))
        .because(error.to_string())
    };
    let bytes = serde_json::to_vec(&kept.record).map_err(|error| unreadable(&error))?;
    let read = osv::read(&bytes, "the answer", |_| {});
    let advisory: Advisory = read.map_err(|skipped| unreadable(&skipped))?;
    let each = advisory.affected.iter();
    Ok(each.map(|one| package(&advisory.id, one)).collect())
}

fn package(advisory: &str, one: &Affected) -> Package {
    let events = one.ranges.iter().flat_map(|range| &range.events);
    let fixed = events.filter_map(|event| match event {
        Event::Fixed(version) => Some(version.clone()),
        _ => None,
    });
    let ranges = one.ranges.iter().map(|range| {
        let events: Vec<String> = range.events.iter().map(said).collect();
        events.join(" ")
    });
    let listed = match one.versions.len() {
        0 => None,
        1..=5 => Some(one.versions.join(" ")),
        many => Some(format!("{} versions", grouped(many as u64))),
    };
    Package {
        advisory: advisory.to_owned(),
        ecosystem: one.ecosystem.as_str().to_owned(),
        name: one.name.clone(),
        affected: ranges.chain(listed).collect::<Vec<_>>().join("; "),
        fixed: fixed.collect(),
    }
}

/// A bound in words.
fn said(event: &Event) -> String {
    match event {
        Event::Introduced(version) if version == "0" => "all".to_owned(),
        Event::Introduced(version) => format!("from {version}"),
        Event::Fixed(version) => format!("before {version}"),
        Event::LastAffected(version) => format!("up to {version}"),
        Event::Limit(version) => format!("limit {version}"),
    }
}
