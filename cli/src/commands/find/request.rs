//! From what was typed behind `find` to the request.

use jiff::Zoned;
use proto_types::{FindRequest, Match, Op};

use super::args::FindArgs;
use crate::{
    error::{CliError, Result},
    words::{names, terms, times},
};

/// The request that these arguments mean.
pub(super) fn from_args(args: FindArgs, now: &Zoned) -> Result<FindRequest> {
    let matches = matches(&args)?;
    let any = match &args.file {
        Some(path) => names::read(path)?,
        None => Vec::new(),
    };
    let counts_all = args.group_by.is_some() || args.count;
    if matches.is_empty() && any.is_empty() && !counts_all {
        return Err(CliError::failed("no search term given")
            .hint("name an artifact: `assetctl find openssl`; `assetctl find --help` shows more"));
    }
    Ok(FindRequest {
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
    })
}

fn matches(args: &FindArgs) -> Result<Vec<Match>> {
    let mut matches = match args.field {
        Some(field) => {
            let [value] = args.terms.as_slice() else {
                return Err(CliError::failed("`--field` takes exactly one value")
                    .hint("more comparisons are `--match FIELD OP VALUE`"));
            };
            let (op, value) = (args.op.unwrap_or(Op::Eq), value.clone());
            vec![Match { field, op, value }]
        }
        None => args
            .terms
            .iter()
            .map(|term| terms::parse(term))
            .collect::<Result<_>>()?,
    };
    for words in args.matches.chunks_exact(3) {
        matches.push(terms::from_words(&words[0], &words[1], &words[2])?);
    }
    Ok(matches)
}
