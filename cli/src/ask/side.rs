//! What `diff` and `sbom` are about: an image, or a host now or at a moment.

use model::side::{FORMS, Side, Typed};
use proto_types::GetDiff;

use crate::{
    ask::{context::Context, resolve},
    error::{CliError, Result},
    words::times,
};

/// Reads `sha256:…`, the first digits of a digest, `host:NAME` or `host:NAME@TIME`.
pub(crate) async fn resolve(context: &Context<'_>, typed: &str) -> Result<Side> {
    let parts =
        Typed::new(typed).map_err(|error| CliError::failed(error.to_string()).hint(FORMS))?;
    Ok(match parts {
        Typed::Image(digest) => {
            let image = resolve::image(context, digest).await;
            Side::Image(image.map_err(|error| with_host_form(error, typed))?)
        }
        Typed::Host { name, at } => Side::Host {
            name: name.to_owned(),
            at: at
                .map(|time| times::moment(time, &context.out.now))
                .transpose()?,
        },
    })
}

/// The question what two sides hold differently. A diff of one with itself says how much of it is
/// known.
pub(crate) fn difference(from: &Side, to: &Side) -> GetDiff {
    GetDiff {
        from: from.to_string(),
        to: to.to_string(),
    }
}

/// A word that can be no digest was perhaps a host's name.
fn with_host_form(error: CliError, typed: &str) -> CliError {
    let could_be_a_digest = typed
        .trim_start_matches("sha256:")
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit());
    if error.is_not_found() || could_be_a_digest {
        return error;
    }
    error.hint(format!(
        "a host is written `host:{typed}`, an image by the first few digits of its digest"
    ))
}
