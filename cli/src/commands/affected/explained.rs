//! `affected --explain`: each step of the decisions on an artifact, in words.

use std::io::Write;

use model::shown::escaped;
use proto_types::{AffectedResponse, ExplainedAdvisory, ExplainedArtifact, Verdict};

use crate::{
    ask::context::{Context, count},
    error::{CliError, Result},
    output::{Format, console::Out, json, number::counted},
};

/// Refuses formats that steps don't fit into.
pub(super) fn check(out: &Out) -> Result<()> {
    match out.format {
        Format::Csv | Format::Name => Err(CliError::failed(
            "`--explain` cannot be used with this output format",
        )
        .hint("`-o json` and `-o ndjson` have each step")),
        _ => Ok(()),
    }
}

/// Shows what was explained; how many artifacts.
pub(super) fn show(
    all: &[ExplainedArtifact],
    response: &AffectedResponse,
    context: &Context<'_>,
) -> Result<u64> {
    let out = context.out;
    out.write(|writer| match out.format {
        Format::Json => Ok(json::document(response, writer)?),
        Format::Ndjson => {
            for one in all {
                json::line(one, writer)?;
            }
            Ok(())
        }
        _ => {
            for (place, one) in all.iter().enumerate() {
                if place > 0 {
                    writeln!(writer)?;
                }
                artifact(one, writer)?;
            }
            Ok(())
        }
    })?;
    Ok(count(all))
}

/// An artifact, where it is, and what each advisory says of it. Whatever came from a server is made harmless.
fn artifact(one: &ExplainedArtifact, writer: &mut dyn Write) -> Result<()> {
    let verdict = match one.verdict {
        Some(verdict) => words(verdict),
        None => "no advisory speaks of it".to_owned(),
    };
    writeln!(writer, "{}: {verdict}", escaped(&title(one)))?;
    let counts = [
        counted(one.images, "image"),
        counted(one.containers, "container"),
        counted(one.hosts, "host"),
    ];
    writeln!(writer, "  in {}", counts.join(", "))?;
    if let Some(reason) = &one.reason {
        writeln!(writer, "  {}", escaped(reason))?;
    }
    for said in &one.advisories {
        advisory(said, writer)?;
    }
    Ok(())
}

/// `libssl3 3.0.11 (deb, built from openssl 3.0.11) of debian 12`.
fn title(one: &ExplainedArtifact) -> String {
    let mut about = vec![one.artifact_type.clone()];
    if let Some(source) = &one.source {
        let version = one.source_version.as_deref().unwrap_or_default();
        about.push(format!("built from {source} {version}").trim().to_owned());
    }
    about.extend(
        one.module
            .iter()
            .map(|module| format!("of the module {module}")),
    );
    if one.owned_by_os {
        about.push("belongs to a package of the distribution".to_owned());
    }
    let of = match (one.distro.as_str(), one.distro_version.as_str()) {
        ("", _) => "a distribution that isn't known".to_owned(),
        (distro, version) => format!("{distro} {version}").trim().to_owned(),
    };
    let (name, version) = (&one.name, &one.version);
    format!("{name} {version} ({}), in images of {of}", about.join(", "))
}

fn advisory(said: &ExplainedAdvisory, writer: &mut dyn Write) -> Result<()> {
    let others = said.cves.iter().filter(|cve| **cve != said.advisory);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let cves = match others.as_slice() {
        [] => String::new(),
        cves => format!(" ({})", cves.join(", ")),
    };
    let verdict = said
        .verdict
        .map_or_else(|| "says nothing of it".to_owned(), words);
    writeln!(writer)?;
    let title = format!("{}{cves}: {verdict}", said.advisory);
    writeln!(writer, "  {}", escaped(&title))?;
    for (number, step) in (1..).zip(&said.steps) {
        writeln!(writer, "  {number:>3}. {}", escaped(step))?;
    }
    Ok(())
}

fn words(verdict: Verdict) -> String {
    verdict.as_str().replace('_', " ")
}
