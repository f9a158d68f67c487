//! From what was typed behind `affected` to the request.

use proto_types::{AffectedRequest, Match, Verdict};

use super::{args::AffectedArgs, given::Given};
use crate::{
    ask::doubt::Typed,
    error::{CliError, Result},
    output::console::Out,
    words::{names, terms, times},
};

/// Refuses to read standard input twice.
pub(super) fn check(args: &AffectedArgs) -> Result<()> {
    match (args.advisories.as_str(), args.ways.file.as_deref()) {
        ("-", Some("-")) => Err(CliError::failed(
            "the advisories and `-f` can't both be standard input",
        )
        .hint("give one of them as a file")),
        _ => Ok(()),
    }
}

/// The request that these arguments mean, and what of it was typed how.
pub(super) fn from_args(
    args: &AffectedArgs,
    given: &mut Given,
    out: &Out,
) -> Result<(AffectedRequest, Typed)> {
    let now = &out.now;
    let (matches, mut typed) = matches(args)?;
    typed.is_watched = args.ways.watch.is_some();
    let any = match args.ways.file.as_deref() {
        Some(path) => names::read(path)?,
        None => Vec::new(),
    };
    let at = args.at.as_deref();
    let during = args.during.as_deref();
    let request = AffectedRequest {
        advisories: std::mem::take(&mut given.records),
        ids: given.id.take().into_iter().collect(),
        vex: args.feeds.documents(out)?,
        kev: args.feeds.kev,
        verdicts: verdicts(args),
        matches,
        any,
        bugfixes: args.ways.bugfixes,
        group_by: args.ways.group_by,
        cover: args.ways.cover,
        explain: args.ways.explain.is_some(),
        at: at.map(|text| times::moment(text, now)).transpose()?,
        during: during.map(|text| times::range(text, now)).transpose()?,
        limit: args.page.limit,
        cursor: args.page.cursor.clone(),
    };
    Ok((request, typed))
}

fn verdicts(args: &AffectedArgs) -> Vec<Verdict> {
    match args.verdicts.as_slice() {
        [] => vec![Verdict::Affected],
        wanted => wanted.to_vec(),
    }
}

fn matches(args: &AffectedArgs) -> Result<(Vec<Match>, Typed)> {
    let explained = args.ways.explain.iter().cloned();
    let typed_terms: Vec<String> = args.terms.iter().cloned().chain(explained).collect();
    let terms = terms::read(&typed_terms)?;
    let mut typed = Typed::new(terms.names, terms.matches);
    typed.terms.extend(args.only.matches()?);
    let mut matches = typed.terms.clone();
    for words in args.matches.chunks_exact(3) {
        matches.push(terms::from_words(&words[0], &words[1], &words[2])?);
    }
    terms::check_together(&matches)?;
    Ok((matches, typed))
}
