//! `image`: everything that is known of one image.

use clap::Args;
use proto_types::{
    GetImage, ImageDetail, ImageDigest, ImageSummary, RescanImage, RetryImage, WithdrawImage,
};

use crate::{
    ask::{complete, context::Context, resolve},
    error::Result,
    exit::Exit,
    output::{
        Cell, Format, Heading, Listed, Row,
        console::{Label, Out},
        details,
        number::bytes,
        rows::image_state,
    },
};

/// Show one image: how it was scanned, and its artifacts
///
/// `-o csv` and `-o ndjson` list its artifacts; `-o name` prints its full digest.
#[derive(Args)]
pub(crate) struct ImageArgs {
    /// The image's name (nginx:1.27), its image or manifest digest, or the first digits of either
    #[arg(value_name = "IMAGE", add = complete::images())]
    digest: String,

    /// Retry its scan, even if it is quarantined
    #[arg(long)]
    retry: bool,

    /// Have it scanned again, for example with a newer scanner
    ///
    /// The current SBOM stays until the new one replaces it, whatever the new one lists.
    #[arg(long, conflicts_with = "retry")]
    rescan: bool,

    /// Withdraw its SBOM and have another host scan it
    ///
    /// Until then the image has no SBOM, for the past as well, so an empty answer proves nothing
    /// about it. The host that submitted the SBOM scans it again only if no other host runs the
    /// image, or after `--retry`.
    #[arg(long, conflicts_with_all = ["retry", "rescan"])]
    withdraw: bool,
}

pub(crate) async fn run(args: ImageArgs, context: &Context<'_>) -> Result<Exit> {
    let digest = resolve::image(context, &args.digest).await?;
    if args.retry {
        return retry(digest, context).await;
    }
    if args.rescan {
        context.ask(&RescanImage { digest }).await?;
        return Ok(will_be_scanned(digest, context));
    }
    if args.withdraw {
        return withdraw(digest, context).await;
    }
    let image = context.ask(&GetImage { digest }).await?;
    show(&image, context.out)?;
    // What one image holds has nothing to do with hosts that are silent.
    context.say_as_of(image.as_of);
    Ok(Exit::Found)
}

async fn retry(digest: ImageDigest, context: &Context<'_>) -> Result<Exit> {
    context.ask(&RetryImage { digest }).await?;
    Ok(will_be_scanned(digest, context))
}

fn will_be_scanned(digest: ImageDigest, context: &Context<'_>) -> Exit {
    let line = format!("the next host that runs {digest} and reports will be asked to scan it");
    context.out.say(Label::Plain, &line);
    Exit::Found
}

async fn withdraw(digest: ImageDigest, context: &Context<'_>) -> Result<Exit> {
    let line = match context.ask(&WithdrawImage { digest }).await?.withdrawn {
        0 => format!("{digest} has no SBOM to withdraw"),
        _ => format!("withdrew the SBOM of {digest}; another host that runs it will scan it"),
    };
    context.out.say(Label::Plain, &line);
    Ok(Exit::Found)
}

fn show(image: &ImageDetail, out: &Out) -> Result<()> {
    match out.format {
        Format::Name => out.list(image, std::slice::from_ref(&image.summary)),
        Format::Table | Format::Wide => {
            out.write(|writer| Ok(details::write(&properties(image), &out.view, writer)?))?;
            part("failed scans, newest first", image, &image.failures, out)?;
            part(
                "scans that differ, newest first",
                image,
                &image.conflicts,
                out,
            )?;
            part("withdrawn, newest first", image, &image.withdrawn, out)?;
            part("artifacts", image, &image.artifacts, out)
        }
        Format::Json | Format::Ndjson | Format::Csv => out.list(image, &image.artifacts),
    }
}

fn part<R: Listed>(heading: &str, image: &ImageDetail, rows: &[R], out: &Out) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    // Columns that are asked for are the artifacts'.
    let is_side = out.view.columns.is_some() && heading != "artifacts";
    if is_side {
        return Ok(());
    }
    out.write(|writer| Ok(writeln!(writer, "\n{heading} ({})", rows.len())?))?;
    out.list(image, rows)
}

fn properties(image: &ImageDetail) -> Vec<(&'static str, Cell)> {
    let mut properties = identity(&image.summary);
    properties.extend(scans(image));
    properties
}

/// What the image is, and where it runs.
fn identity(summary: &ImageSummary) -> Vec<(&'static str, Cell)> {
    let facts = &summary.facts;
    let size = facts.size_bytes.map(bytes);
    let mut properties = vec![
        ("digest", Cell::text(summary.digest.to_string())),
        ("state", image_state(summary.state)),
        ("reason", Cell::some_text(summary.reason.as_deref())),
        ("names", summary.cell(Heading::Names)),
        ("distro", summary.cell(Heading::Distro)),
        (
            "codename",
            Cell::some_text(facts.distro_codename.as_deref()),
        ),
        ("cpe", Cell::some_text(facts.distro_cpe.as_deref())),
        ("architecture", summary.cell(Heading::Architecture)),
        ("size", Cell::some_text(size.as_deref())),
        ("created_at", summary.cell(Heading::CreatedAt)),
    ];
    // One a line: nobody could read several digests in one.
    let aliases = facts.aliases.iter();
    properties.extend(aliases.map(|alias| ("alias", Cell::text(alias.to_string()))));
    properties.extend([
        ("containers", Cell::Count(summary.containers)),
        ("hosts", Cell::Count(summary.hosts)),
        ("first_seen", Cell::Time(summary.first_seen)),
        ("last_seen", Cell::some_time(summary.last_seen)),
    ]);
    properties
}

/// How its SBOM came to be known.
fn scans(image: &ImageDetail) -> Vec<(&'static str, Cell)> {
    let summary = &image.summary;
    let lease = image.lease.as_ref();
    vec![
        ("scanner", Cell::some_text(summary.scanner.as_deref())),
        ("scanned_by", Cell::some_text(summary.scanned_by.as_deref())),
        ("scanned_at", Cell::some_time(summary.scanned_at)),
        ("second_opinion", summary.cell(Heading::SecondOpinion)),
        ("opinion_by", summary.cell(Heading::OpinionBy)),
        ("opinion_at", summary.cell(Heading::OpinionAt)),
        ("opinion_scanner", summary.cell(Heading::OpinionScanner)),
        (
            "generation",
            image.generation.map_or(Cell::Empty, Cell::Count),
        ),
        (
            "leased_by",
            Cell::some_text(lease.map(|lease| lease.host.as_str())),
        ),
        (
            "lease_ends",
            Cell::some_time(lease.map(|lease| lease.expires_at)),
        ),
    ]
}
