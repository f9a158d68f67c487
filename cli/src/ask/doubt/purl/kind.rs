//! Package URLs of a type that there isn't.

use model::purl::Purl;
use proto_types::{Field, FindRequest, Match, Op};

use super::super::{asked::finds, line};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a package URL whose type is neither known nor found anywhere.
pub(in crate::ask::doubt) async fn check(
    request: &FindRequest,
    one: &Match,
    context: &Context<'_>,
) -> Result<()> {
    let Some(purl) = Purl::parse(&one.value).filter(|_| one.op == Op::Eq) else {
        return Ok(());
    };
    if matches!(purl.kind(), "docker" | "oci")
        && !finds(request, vec![one.clone()], context).await?
    {
        let tag = purl.version().filter(|version| !version.contains(':'));
        let tag = tag.map(|tag| format!(":{tag}")).unwrap_or_default();
        let image = format!("image={}{tag}", purl.name());
        let line = line::with(request, one, &[&image]);
        return Err(
            CliError::not_found(format!("`{}` is an image, not an artifact", one.value))
                .hint(format!("for its contents: {line}")),
        );
    }
    let Some(kind) = purl.unknown_kind() else {
        return Ok(());
    };
    let of_kind = Match {
        field: Field::Purl,
        op: Op::Prefix,
        value: format!("pkg:{kind}/"),
    };
    if finds(request, vec![of_kind], context).await? {
        return Ok(());
    }
    let error = CliError::not_found(format!("`{kind}` is not a package URL type"));
    Err(match (purl.kind_meant(), one.value.split_once('/')) {
        (Some(meant), Some((_, rest))) => {
            let line = line::with(request, one, &[&format!("pkg:{meant}/{rest}")]);
            error.hint(format!("did you mean {line}?"))
        }
        _ => error.hint("types are deb, rpm, apk, npm, pypi, maven, golang, gem, cargo, nuget, …"),
    })
}
