//! One package URL that was typed, and that nothing fits.

use model::purl::Purl;
use proto_types::{Field, FindRequest, Match, Op};

use super::{
    super::{
        asked::{finds, results},
        line,
        swap::swapped,
        version::{as_old, longer, named, pattern as fitting, versions},
        writing::written_otherwise,
    },
    parts::Parts,
    pattern,
    qualifiers::{OF_SOURCE, that_count},
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::{suggest, terms::is_version},
};

/// So many artifacts of the same name are looked at.
const LOOKED_AT: u64 = 200;
/// So many versions are named.
const NAMED: u64 = 3;

/// A package URL, and the question that it is a term of.
struct Asked<'a> {
    request: &'a FindRequest,
    one: &'a Match,
    purl: Purl,
    parts: Parts<'a>,
}

/// Refuses a package URL that nothing fits, where something does that is meant by it for all one
/// can tell.
pub(in crate::ask::doubt) async fn check(
    request: &FindRequest,
    one: &Match,
    context: &Context<'_>,
) -> Result<()> {
    if one.op == Op::Glob {
        return pattern::check(request, one, context).await;
    }
    let Some(purl) = Purl::parse(&one.value).filter(|_| one.op == Op::Eq) else {
        return Ok(());
    };
    let asked = Asked {
        request,
        one,
        purl,
        parts: Parts::of(&one.value),
    };
    asked.check_source(context).await?;
    asked.check_rest(context).await?;
    asked.check_writing(context).await
}

impl Asked<'_> {
    /// `?arch=source`: the source package of that name.
    async fn check_source(&self, context: &Context<'_>) -> Result<()> {
        let arch = self.purl.qualifier("arch").unwrap_or_default();
        if !OF_SOURCE.contains(&arch) {
            return Ok(());
        }
        let mut other = vec![is(Field::Source, self.purl.name())];
        if let Some(version) = self.purl.version() {
            let version = is(Field::SourceVersion, version);
            other.push(longer(&version));
        }
        let matches = swapped(self.request, self.one, &other);
        if !finds(self.request, matches, context).await? {
            return Ok(());
        }
        let what = format!(
            "no artifact is the source package `{}` itself",
            self.one.value
        );
        Err(self.refused(&what, &other))
    }

    /// A version without what stands around it, and qualifiers that nothing has.
    async fn check_rest(&self, context: &Context<'_>) -> Result<()> {
        let kept = that_count(self.request, self.parts.qualifiers, context).await?;
        let parts = self.parts.with(&kept);
        let package = is(Field::Purl, &parts.at("").written());
        let version = self
            .purl
            .version()
            .map(|version| is(Field::Version, version));
        let versions_meant = match &version {
            Some(version) => vec![vec![longer(version)], as_old(version)],
            None => vec![Vec::new()],
        };
        for meant in versions_meant {
            let other = [std::slice::from_ref(&package), &meant[..]].concat();
            let matches = swapped(self.request, self.one, &other);
            let found = versions(self.request, matches, Field::Version, NAMED, context).await?;
            if found.is_empty() {
                continue;
            }
            let what = format!(
                "no exact match for `{}`, but {} runs",
                self.one.value,
                named(&found)
            );
            let instead = match &version {
                Some(version) if !found.contains(&version.value) => {
                    let typed = format!("version={}", fitting(version, &found));
                    return Err(self.refused_with(&what, &[&package.value, &typed]));
                }
                Some(_) => parts.written(),
                None => package.value.clone(),
            };
            return Err(self.refused_with(&what, &[&instead]));
        }
        let tag = self.purl.version().filter(|version| !is_version(version));
        let bare = swapped(self.request, self.one, std::slice::from_ref(&package));
        match tag {
            Some(tag) if finds(self.request, bare, context).await? => {
                let what = format!("nothing has version `{tag}`");
                Err(self.refused_with(&what, &[&package.value]))
            }
            _ => Ok(()),
        }
    }

    /// The same name in another case, or in a namespace that is one slip away.
    async fn check_writing(&self, context: &Context<'_>) -> Result<()> {
        let mut name = written_otherwise(Field::Name, self.purl.name());
        // A scope may have lost its `@`.
        name.value = name.value.replacen('^', "^@?", 1);
        let of_kind = Match {
            op: Op::Prefix,
            ..is(Field::Purl, &format!("pkg:{}/", self.purl.kind()))
        };
        let question = FindRequest {
            matches: swapped(self.request, self.one, &[name, of_kind]),
            any: self.request.any.clone(),
            ..FindRequest::default()
        };
        let found = results(self.request, question, LOOKED_AT, context).await?;
        let purls = found.into_iter().filter_map(|result| result.purl);
        for text in purls {
            let Some(other) = Purl::parse(&text) else {
                continue;
            };
            let is_near = suggest::is_slip(other.namespace(), self.purl.namespace())
                && other.namespace() != self.purl.namespace();
            if other.name() != self.purl.name() || is_near {
                let package = Parts::of(&text).with("").at(self.parts.version).written();
                let what = format!("no package is named `{}`", self.parts.package);
                return Err(self.refused_with(&what, &[&package]));
            }
        }
        Ok(())
    }

    fn refused(&self, what: &str, other: &[Match]) -> CliError {
        let words: Vec<String> = other.iter().flat_map(line::written).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.refused_with(what, &words)
    }

    fn refused_with(&self, what: &str, words: &[&str]) -> CliError {
        let line = line::with(self.request, self.one, words);
        CliError::not_found(what).hint(format!("did you mean {line}?"))
    }
}

fn is(field: Field, value: &str) -> Match {
    Match {
        field,
        op: Op::Eq,
        value: value.to_owned(),
    }
}
