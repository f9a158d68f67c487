//! Two things at once that one thing can't be: two images, two digests, two hosts, each of which is
//! there.

use proto_types::{Field, FindRequest, Match, Op};

use super::asked::finds;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::{shell, terms},
};

/// Fields of which a container has one value.
const OF_ONE: [Field; 4] = [
    Field::ImageName,
    Field::ImageDigest,
    Field::Host,
    Field::Container,
];

/// Refuses two terms of one field that each find something, and nothing together.
pub(super) async fn check(
    request: &FindRequest,
    terms: &[Match],
    context: &Context<'_>,
) -> Result<()> {
    for field in OF_ONE {
        let is_one =
            |one: &&Match| one.field == field && matches!(one.op, Op::Eq | Op::Glob | Op::Prefix);
        let of_field: Vec<Match> = terms.iter().filter(is_one).cloned().collect();
        let [first, second, ..] = of_field.as_slice() else {
            continue;
        };
        if finds(request, of_field.clone(), context).await? {
            continue;
        }
        let [one, other] =
            [first, second].map(|one| terms::typed(one).unwrap_or_else(|| terms::in_words(one)));
        return Err(
            CliError::not_found(format!("nothing matches both `{one}` and `{other}`")).hint(
                format!(
                    "all terms must match; search for each separately, such as `assetctl find {}`",
                    shell::quote(&one)
                ),
            ),
        );
    }
    Ok(())
}
