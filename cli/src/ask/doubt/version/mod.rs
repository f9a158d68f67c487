//! Versions that are written otherwise than those that run: `3.0.9` for `1:3.0.9-1~deb12u1`.

mod bounds;
mod exact;
mod running;

use proto_types::{Field, FindRequest, Match, Op};

pub(super) use self::{
    exact::{any_longer, as_old, longer, pattern},
    running::{named, versions},
};
use crate::{ask::context::Context, error::Result};

/// The fields that hold versions.
const FIELDS: [Field; 3] = [Field::Version, Field::SourceVersion, Field::DistroVersion];

/// Refuses versions and bounds that nothing fits, where something does once they are written as it
/// is.
pub(super) async fn check(
    request: &FindRequest,
    terms: &[Match],
    context: &Context<'_>,
) -> Result<()> {
    for field in FIELDS {
        let of_field: Vec<&Match> = terms.iter().filter(|one| one.field == field).collect();
        for &one in &of_field {
            if matches!(one.op, Op::Eq | Op::Glob) && !one.value.is_empty() {
                exact::check(request, one, context).await?;
            }
        }
        let orders = of_field.into_iter().filter(|one| one.op.is_ordering());
        let orders: Vec<Match> = orders.cloned().collect();
        if !orders.is_empty() {
            bounds::check(request, &orders, context).await?;
        }
    }
    Ok(())
}
