//! Qualifiers that no artifact has: OSV's `arch=source`, a distribution's codename.

use proto_types::{Field, FindRequest, Match, Op};

use super::super::asked::finds;
use crate::{ask::context::Context, error::Result, words::package_file::ARCHITECTURES};

/// What feeds of advisories write for a source package.
pub(super) const OF_SOURCE: [&str; 2] = ["source", "src"];

/// As many of some qualifiers as say something: those that some artifact has, and architectures,
/// for which an empty answer is an answer.
pub(super) async fn that_count(
    request: &FindRequest,
    qualifiers: &str,
    context: &Context<'_>,
) -> Result<String> {
    let mut kept = Vec::new();
    for pair in qualifiers.split('&').filter(|pair| !pair.is_empty()) {
        let is_arch = pair
            .strip_prefix("arch=")
            .is_some_and(|arch| ARCHITECTURES.contains(&arch) && !OF_SOURCE.contains(&arch));
        let is_epoch = pair.starts_with("epoch=");
        let held = Match {
            field: Field::Purl,
            op: Op::Contains,
            value: pair.to_owned(),
        };
        if is_arch || is_epoch || finds(request, vec![held], context).await? {
            kept.push(pair);
        }
    }
    Ok(kept.join("&"))
}
