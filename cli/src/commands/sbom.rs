//! `sbom`: an image's or a host's SBOM as a standard document.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use model::{shown::escaped_json, side::Side};
use proto_types::{GetHostSbom, GetImageSbom, SbomFormat};

use crate::{
    ask::{complete, context::Context, resolve, side},
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Label, diff::gap},
    words::choice::choice,
};

/// Export the SBOM of an image, or of everything a host runs
///
/// The document is written to standard output. If it is incomplete, it says so, and a warning is
/// printed to standard error.
#[derive(Args)]
pub(crate) struct SbomArgs {
    /// An image's name, digest, or the first digits of the digest; a host's name, `host:NAME`, or `host:NAME@TIME`
    #[arg(value_name = "WHAT", add = complete::sides())]
    what: String,

    /// Document format: CycloneDX 1.6 or SPDX 2.3
    #[arg(long, value_name = "FORMAT", value_parser = choice::<SbomFormat>(), default_value = "cyclonedx-json")]
    format: SbomFormat,

    /// Write the document to this file instead
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

pub(crate) async fn run(args: SbomArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if !matches!(out.format, Format::Table | Format::Json) {
        return Err(CliError::failed("`-o` does not apply to an SBOM").hint(
            "use `--format` to choose cyclonedx-json or spdx-json, `--file` to write a file",
        ));
    }
    let side = side::resolve(context, &args.what).await?;
    let document = document(&side, args.format, context).await?;
    let document = escaped_json(&document);
    match &args.file {
        Some(path) => write_file(path, &document)?,
        None => out.write(|writer| Ok(writeln!(writer, "{document}")?))?,
    }
    warn(&side, context).await?;
    Ok(Exit::Found)
}

async fn document(side: &Side, format: SbomFormat, context: &Context<'_>) -> Result<String> {
    let document = match side {
        Side::Image(digest) => {
            let request = GetImageSbom {
                digest: *digest,
                format,
            };
            context.ask(&request).await?
        }
        Side::Host { name, at } => {
            let request = GetHostSbom {
                name: name.clone(),
                format,
                at: *at,
            };
            let answer = context.ask(&request).await;
            resolve::with_nearest_host(context, name, answer).await?
        }
    };
    Ok(document.0.get().trim_end().to_owned())
}

fn write_file(path: &Path, document: &str) -> Result<()> {
    fs::write(path, format!("{document}\n")).map_err(|error| {
        CliError::failed(format!("cannot write the SBOM to {}", path.display())).because(error)
    })
}

/// Says what the document may lack.
async fn warn(side: &Side, context: &Context<'_>) -> Result<()> {
    let known = context.ask(&side::difference(side, side)).await?;
    if let Some(gap) = gap(&known.to) {
        context.out.say(Label::Warning, &gap);
    }
    context.say_as_of(known.as_of);
    Ok(())
}
