//! Patterns of package URLs: scanners write `@babel` as `%40babel`, and a version and qualifiers
//! stand behind.

use proto_types::{FindRequest, Match};

use super::super::{asked::finds, line, swap::swapped};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// What may stand behind the name or the version.
const BEHIND: &str = "{,[@?#]*}";

/// Refuses a pattern that nothing fits, where something does as scanners write it.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    let pattern = as_scanned(&one.value);
    let other = Match {
        value: pattern.clone(),
        ..one.clone()
    };
    let matches = swapped(request, one, &[other]);
    if one.value.contains('[') || !finds(request, matches, context).await? {
        return Ok(());
    }
    let line = line::with(request, one, &[&format!("purl={pattern}")]);
    Err(
        CliError::not_found(format!("no package URL matches `{}`", one.value))
            .hint(format!("as scanners write them: {line}")),
    )
}

fn as_scanned(pattern: &str) -> String {
    let (scheme, rest) = pattern.split_at(pattern.find(':').map_or(0, |at| at + 1));
    let mut scanned = scheme.to_owned();
    for one in rest.chars() {
        match one {
            '@' => scanned.push_str("{@,%40}"),
            '+' => scanned.push_str("{+,%2B}"),
            ':' => scanned.push_str("{:,%3A}"),
            _ => scanned.push(one),
        }
    }
    if !scanned.ends_with('*') {
        scanned.push_str(BEHIND);
    }
    scanned
}

#[cfg(test)]
mod tests {
    use super::as_scanned;

    #[test]
    fn what_scanners_encode_may_be_typed_as_it_is() {
        assert_eq!(as_scanned("pkg:npm/@babel/*"), "pkg:npm/{@,%40}babel/*");
        assert_eq!(
            as_scanned("pkg:deb/debian/{curl,wget}"),
            "pkg:deb/debian/{curl,wget}{,[@?#]*}"
        );
    }
}
