//! What an empty answer may owe to how it was asked. Before it may pass for a proof, what was
//! typed is held against what the server knows: a host that isn't there, a name in another case, a
//! version without its distribution's suffix. Only an empty answer pays for that.

mod asked;
mod compound;
mod container;
mod digest;
mod distro;
mod host;
mod image;
mod kind;
mod line;
mod list;
mod module;
mod name;
mod purl;
mod several;
mod source;
mod swap;
mod typed;
mod version;
mod writing;

use model::condition::GLOB_SIGNS;
use proto_types::{Field, FindRequest, FindResponse, Op};

pub(crate) use self::{
    digest::check_known as check_digest, host::check_named as check_host, name::in_other_writing,
    typed::Typed,
};
use crate::{ask::context::Context, error::Result};

/// Refuses an empty answer to a question that can't have been meant so. Where it can, but something else
/// may be meant, that is said, and the answer is no proof.
pub(crate) async fn check(
    request: &FindRequest,
    response: &FindResponse,
    typed: &Typed,
    context: &Context<'_>,
) -> Result<()> {
    if response.total > 0 || response.summary.containers > 0 {
        return Ok(());
    }
    for one in request.matches.iter().filter(|one| one.op != Op::Ne) {
        match one.field {
            Field::Host => host::check(request, one, context).await?,
            Field::ImageName => image::check(request, one, context).await?,
            Field::ImageDigest => digest::check(request, one, context).await?,
            Field::Container => container::check(request, response, one, context).await?,
            Field::Type => kind::check(request, one, context).await?,
            Field::Purl => purl::check_kind(request, one, context).await?,
            Field::Distro => distro::check(request, one, context).await?,
            _ => {}
        }
    }
    for word in &typed.names {
        match word.contains(GLOB_SIGNS) {
            true => name::check_pattern(request, word, context).await?,
            false => name::check(request, word, context).await?,
        }
    }
    for one in &typed.terms {
        match one.field {
            Field::Source => source::check(request, one, context).await?,
            Field::Purl => purl::check(request, one, context).await?,
            Field::Module => module::check(request, one, context).await?,
            Field::DistroVersion => distro::check_version(request, one, context).await?,
            _ => {}
        }
    }
    version::check(request, typed, context).await?;
    if typed.is_doubted() {
        return Ok(());
    }
    several::check(request, &typed.terms, context).await?;
    compound::check(request, &typed.terms, context).await?;
    list::check(request, context).await
}
