//! Package URLs of a list of which nothing runs.

use std::collections::BTreeSet;

use model::purl::Purl;
use proto_types::{Field, FindRequest, FindResult, Match, Op};

use super::{
    super::{
        asked::{finds, results},
        host::fits,
        version::{any_longer, longer},
    },
    parts::Parts,
    qualifiers::OF_SOURCE,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// So many package URLs are asked about at once; the versions of so many fit one pattern.
const AT_ONCE: usize = 40;
/// So many artifacts are looked at for them.
const LOOKED_AT: u64 = 1000;

/// A package URL of the list, as it stands there and as it is meant.
type Listed<'l> = (&'l str, Purl);

/// Refuses a list of which nothing runs, where a package URL of it is written wrong for all one can
/// tell.
pub(in crate::ask::doubt) async fn check(
    request: &FindRequest,
    purls: &[Listed<'_>],
    context: &Context<'_>,
) -> Result<()> {
    let unknown = |(written, purl): &Listed<'_>| {
        let kind = purl.unknown_kind()?.to_owned();
        Some((kind, (*written).to_owned()))
    };
    let kinds: BTreeSet<(String, String)> = purls.iter().filter_map(unknown).collect();
    let mut last = None;
    for (kind, written) in kinds {
        let of_kind = Match {
            field: Field::Purl,
            op: Op::Prefix,
            value: format!("pkg:{kind}/"),
        };
        if last.as_ref() != Some(&kind) && !finds(request, vec![of_kind], context).await? {
            return Err(CliError::not_found(format!(
                "`{kind}` is not a package URL type: `{written}`"
            ))
            .hint("types are deb, rpm, apk, npm, pypi, maven, golang, gem, cargo, nuget, …"));
        }
        last = Some(kind);
    }
    for some in purls.chunks(AT_ONCE) {
        check_sources(request, some, context).await?;
        check_versions(request, some, context).await?;
    }
    Ok(())
}

/// `?arch=source`: the source packages of those names.
async fn check_sources(
    request: &FindRequest,
    some: &[Listed<'_>],
    context: &Context<'_>,
) -> Result<()> {
    let is_source = |purl: &Purl| OF_SOURCE.contains(&purl.qualifier("arch").unwrap_or_default());
    let sources = some.iter().filter(|(_, purl)| is_source(purl));
    // A package that names no source is its own.
    let any = sources.clone().flat_map(|(written, purl)| {
        let package = Parts::of(written).at("").with("").written();
        [is(Field::Source, purl.name()), is(Field::Purl, &package)]
    });
    let found = ask(request, request.matches.clone(), any.collect(), context).await?;
    for result in found {
        let means = |(_, purl): &&Listed<'_>| {
            let version = purl
                .version()
                .map(|one| longer(&is(Field::SourceVersion, one)));
            let own = result.source_version.as_deref().unwrap_or(&result.version);
            result.source.as_deref().unwrap_or(&result.name) == purl.name()
                && version.is_none_or(|version| fits(&version, own))
        };
        if let Some((written, purl)) = sources.clone().find(means) {
            let what = format!("no artifact is the source package `{written}` itself");
            return Err(CliError::not_found(what).hint(format!(
                "for what is built from it, write `source={}` in the list",
                purl.name()
            )));
        }
    }
    Ok(())
}

/// Versions without what stands around them.
async fn check_versions(
    request: &FindRequest,
    some: &[Listed<'_>],
    context: &Context<'_>,
) -> Result<()> {
    let versioned = some.iter().filter_map(|(written, purl)| {
        let version = is(Field::Version, purl.version()?);
        let package = Parts::of(written).at("").written();
        Some((*written, Purl::parse(&package)?, package, version))
    });
    let versioned: Vec<(&str, Purl, String, Match)> = versioned.collect();
    let versions: Vec<Match> = versioned
        .iter()
        .map(|(.., version)| version.clone())
        .collect();
    if versions.is_empty() {
        return Ok(());
    }
    let mut matches = request.matches.clone();
    matches.push(any_longer(Field::Version, &versions));
    let any = versioned
        .iter()
        .map(|(_, _, package, _)| is(Field::Purl, package));
    let found = ask(request, matches, any.collect(), context).await?;
    for result in found {
        let means = |(_, package, _, version): &&(&str, Purl, String, Match)| {
            package.means(&result) && fits(&longer(version), &result.version)
        };
        if let Some((written, _, package, _)) = versioned.iter().find(means) {
            let what = format!(
                "no exact match for `{written}`, but `{}` runs",
                result.version
            );
            let meant = Parts::of(package).at(&result.version).written();
            return Err(CliError::not_found(what).hint(format!("did you mean `{meant}`?")));
        }
    }
    Ok(())
}

async fn ask(
    request: &FindRequest,
    matches: Vec<Match>,
    any: Vec<Match>,
    context: &Context<'_>,
) -> Result<Vec<FindResult>> {
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let question = FindRequest {
        matches,
        any,
        ..FindRequest::default()
    };
    results(request, question, LOOKED_AT, context).await
}

fn is(field: Field, value: &str) -> Match {
    Match {
        field,
        op: Op::Eq,
        value: value.to_owned(),
    }
}
