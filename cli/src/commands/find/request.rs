//! From what was typed behind `find` to the request.

use jiff::Zoned;
use proto_types::{FindRequest, Match, Op};

use super::args::FindArgs;
use crate::{
    ask::doubt::Typed,
    error::{CliError, Result},
    words::{names, terms, times},
};

/// The request that these arguments mean, and what of it was typed how.
pub(super) fn from_args(args: FindArgs, now: &Zoned) -> Result<(FindRequest, Typed)> {
    let (matches, mut typed) = matches(&args)?;
    typed.is_watched = args.watch.is_some();
    let any = match &args.file {
        Some(path) => names::read(path)?,
        None => Vec::new(),
    };
    let counts_all = args.group_by.is_some() || args.count;
    if matches.is_empty() && any.is_empty() && !counts_all {
        return Err(CliError::failed("no search term given")
            .hint("name an artifact: `assetctl find openssl`; `assetctl find --help` shows more"));
    }
    let request = FindRequest {
        matches,
        any,
        at: args.at.map(|text| times::moment(&text, now)).transpose()?,
        during: args
            .during
            .map(|text| times::range(&text, now))
            .transpose()?,
        group_by: args.group_by,
        cover: args.cover,
        limit: args.page.limit,
        cursor: args.page.cursor,
        ..FindRequest::default()
    };
    Ok((request, typed))
}

fn matches(args: &FindArgs) -> Result<(Vec<Match>, Typed)> {
    let (mut matches, mut typed) = (Vec::new(), Typed::default());
    match args.field {
        Some(field) => {
            let [value] = args.terms.as_slice() else {
                return Err(CliError::failed("`--field` takes exactly one value")
                    .hint("for more comparisons, use `--match FIELD OP VALUE`"));
            };
            let (op, value) = (args.op.unwrap_or(Op::Eq), value.clone());
            matches.push(Match { field, op, value });
        }
        None => {
            let terms = terms::read(&args.terms)?;
            matches.clone_from(&terms.matches);
            typed.names = terms.names;
            typed.terms = terms.matches;
        }
    }
    let only = args.only.matches()?;
    matches.extend(only.iter().cloned());
    typed.terms.extend(only);
    for words in args.matches.chunks_exact(3) {
        matches.push(terms::from_words(&words[0], &words[1], &words[2])?);
    }
    terms::check_together(&matches)?;
    Ok((matches, typed))
}
