//! What `diff` and `sbom` are about: an image, or a host now or at a moment.

use model::side::{FORMS, Side, Typed};
use proto_types::{GetDiff, GetHost};

use crate::{
    ask::{context::Context, resolve},
    error::{CliError, Result},
    words::{terms, times},
};

/// Reads `sha256:…`, the first digits of a digest, the name of an image, `host:NAME`,
/// `host:NAME@TIME`, and a host's name alone where no image is meant by it.
pub(crate) async fn resolve(context: &Context<'_>, typed: &str) -> Result<Side> {
    let parts =
        Typed::new(typed).map_err(|error| CliError::failed(error.to_string()).hint(FORMS))?;
    let word = match parts {
        Typed::Image(word) => word,
        Typed::Host { name, at } => return host(name, at, context),
    };
    match word.split_once('@') {
        _ if terms::digest(word).is_some() => resolve::image(context, word).await.map(Side::Image),
        Some((name, time)) => host(name, Some(time), context),
        None => by_name(word, context).await,
    }
}

fn host(name: &str, at: Option<&str>, context: &Context<'_>) -> Result<Side> {
    let at = at.map(|time| times::moment(time, &context.out.now));
    Ok(Side::Host {
        name: name.to_owned(),
        at: at.transpose()?,
    })
}

/// A word that may be a host's name, an image's, or the first digits of a digest.
async fn by_name(word: &str, context: &Context<'_>) -> Result<Side> {
    let named = GetHost {
        name: word.to_owned(),
    };
    let is_host = match context.ask(&named).await {
        Ok(_) => true,
        Err(error) if error.is_not_found() => false,
        Err(error) => return Err(error),
    };
    match (is_host, resolve::image(context, word).await) {
        (false, Ok(image)) => Ok(Side::Image(image)),
        (true, Ok(image)) => Err(
            CliError::failed(format!("`{word}` is both a host and an image"))
                .hint(format!("write `host:{word}` or `{image}`")),
        ),
        // The candidates stand as its cause where several images are meant.
        (_, Err(error)) if !error.is_not_found() || error.causes().next().is_some() => Err(error),
        (true, Err(_)) => host(word, None, context),
        _ => Err(neither(word, context).await),
    }
}

/// What is said of a word that is neither a host nor an image.
async fn neither(word: &str, context: &Context<'_>) -> CliError {
    let error = CliError::not_found(format!("there is no image or host `{word}`"));
    if let Some(hint) = resolve::container_hint(context, word).await {
        return error.hint(hint);
    }
    match resolve::nearest_host(context, word).await {
        Some(near) => error.hint(format!("did you mean `host:{near}`?")),
        None => error.hint("`assetctl images` and `assetctl hosts` list what is there"),
    }
}

/// The question what two sides hold differently. A diff of one with itself says how much of it is
/// known.
pub(crate) fn difference(from: &Side, to: &Side) -> GetDiff {
    GetDiff {
        from: from.to_string(),
        to: to.to_string(),
    }
}
