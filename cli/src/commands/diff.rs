//! `diff`: what two images, two hosts, or a host at two times hold differently.

use clap::Args;
use model::side::Side;

use crate::{
    ask::{complete, context::Context, resolve, side},
    error::Result,
    exit::Exit,
    output::{
        console::Label,
        diff::{gap, rows, sentence},
    },
};

/// Compare two images, two hosts, or a host at two times
///
/// Each side is an image (its name, digest, or the first digits of the digest) or a host, optionally
/// prefixed with `host:` and followed by a time: web1, web1@yesterday, host:web1@2026-03-28T12:00Z.
/// An artifact is `up` if the second side has a newer version of it, `down` if it has an older one.
///
/// Without --exit-code, the exit status is 0 whether or not they differ. `-o name` prints the
/// artifacts that differ.
#[derive(Args)]
pub(crate) struct DiffArgs {
    /// What to compare
    #[arg(value_name = "FROM", add = complete::sides())]
    from: String,

    /// What to compare it with
    #[arg(value_name = "TO", add = complete::sides())]
    to: String,

    /// Exit with 1 if they differ, 0 if they don't, 3 if that is unknown
    #[arg(long)]
    exit_code: bool,
}

pub(crate) async fn run(args: DiffArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    let from = side::resolve(context, &args.from).await?;
    let to = side::resolve(context, &args.to).await?;
    let mut answer = context.ask(&side::difference(&from, &to)).await;
    for host in [&from, &to].into_iter().filter_map(Side::host) {
        answer = resolve::with_nearest_host(context, host, answer).await;
    }
    let diff = answer?;
    out.say(Label::Plain, &sentence(&diff));
    let rows = rows(&diff);
    out.list(&diff, &rows)?;
    let gaps: Vec<String> = [&diff.from, &diff.to].into_iter().filter_map(gap).collect();
    for gap in &gaps {
        out.say(Label::Warning, gap);
    }
    context.say_as_of(diff.as_of);
    Ok(match args.exit_code {
        true if !rows.is_empty() => Exit::Differs,
        true if !gaps.is_empty() => Exit::Unproven,
        _ => Exit::Found,
    })
}
